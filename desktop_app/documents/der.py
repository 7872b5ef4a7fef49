"""Elements of DER (ITU-T X.690, 10) put together from encoded parts.

asn1crypto encodes parts here, and reads everything. Whole containers are not left to it: where the length of an element
happens to end in 0x80, it takes that for BER's sign of an open length and encodes all that is within anew, twice at
each level. A timestamp within a signature took 5 s then, one within that would not have ended (1.5.1, `Sequence.dump`).
"""

from __future__ import annotations

_INTEGER, _OCTETS, _SEQUENCE, _SET = 0x02, 0x04, 0x30, 0x31
_CONTEXT = 0xA0


def element(tag: int, content: bytes) -> bytes:
    """`content` under a tag of one byte, its length in the shortest form."""
    length = len(content)
    if length < 0x80:
        return bytes((tag, length)) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(digits))) + digits + content


def sequence(*parts: bytes) -> bytes:
    return element(_SEQUENCE, b"".join(parts))


def set_of_one(part: bytes) -> bytes:
    """A set of more would have to be sorted."""
    return element(_SET, part)


def context(number: int, content: bytes) -> bytes:
    """Around a whole element it is an explicit tag, around the content of one an implicit one."""
    return element(_CONTEXT | number, content)


def retagged(number: int, whole: bytes) -> bytes:
    """A set or a sequence under an implicit tag instead of its own."""
    return bytes((_CONTEXT | number,)) + whole[1:]


def integer(value: int) -> bytes:
    """In as few bytes as hold it with its sign."""
    bits = (value if value >= 0 else ~value).bit_length()
    return element(_INTEGER, value.to_bytes(bits // 8 + 1, "big", signed=True))


def octets(content: bytes) -> bytes:
    return element(_OCTETS, content)
