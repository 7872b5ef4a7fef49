"""The invitation to enrol a workstation: one line of text that says where the centre is and whom to believe it.

It carries the certificate of the centre's authority, so that the first connection already proves the centre; and the
one-time code, unless that is told by another way.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import zlib
from dataclasses import dataclass

from desktop_app.domain.digits import ascii_digits
from desktop_app.wire.codec import MalformedError, decode, encode

_MARK = "TAJZIA1-"
_LONGEST = 16_384
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's letters: none of them is taken for another when it is read aloud or copied by hand."""
CODE_LETTERS, _GROUP = 25, 5
_MISREAD = str.maketrans("OIL", "011")


class BadInvitationError(ValueError):
    """The text is no invitation, or not the whole of one."""


class BadCodeError(ValueError):
    """The text is no code: it has 25 letters and digits."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a workstation must know to ask for its certificate. `authority` is the certificate (PEM) that vouches for
    the centre; `password` is that of the login `tajzia_enrol`; `code` is empty where it is told by another way.
    `again`: the device is known, and its store must be on this computer."""

    device: str
    host: str
    port: int
    database: str
    authority: str
    password: str
    code: str = ""
    again: bool = False


def write_invitation(invitation: Invitation) -> str:
    """One line that can be copied, mailed or put into a file."""
    body = zlib.compress(encode(invitation), 9)
    return _MARK + base64.urlsafe_b64encode(_print_of(body) + body).decode("ascii").rstrip("=")


def read_invitation(text: str) -> Invitation:
    """Reads it back, line breaks and blanks of a mail passed over. Raises BadInvitationError."""
    plain = "".join(text.split())
    if not plain.startswith(_MARK) or len(plain) > _LONGEST:
        raise BadInvitationError("this is no invitation")
    told = plain.removeprefix(_MARK)
    try:
        data = base64.b64decode(told + "=" * (-len(told) % 4), altchars=b"-_", validate=True)
        mark, body = data[:4], data[4:]
        if mark != _print_of(body):
            raise BadInvitationError("this is not the whole invitation")
        return decode(zlib.decompressobj().decompress(body, _LONGEST), Invitation)
    except (binascii.Error, zlib.error, MalformedError) as why:
        raise BadInvitationError("this is not the whole invitation") from why


def new_code() -> str:
    """A fresh code of 125 random bits, in groups."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
    return "-".join(letters[at : at + _GROUP] for at in range(0, CODE_LETTERS, _GROUP))


def clean_code(typed: str) -> str:
    """The code's letters as it was meant, however it was typed. Raises BadCodeError."""
    letters = "".join(one for one in ascii_digits(typed).upper() if one.isalnum()).translate(_MISREAD)
    if len(letters) != CODE_LETTERS or any(one not in ALPHABET for one in letters):
        raise BadCodeError("a code has 25 letters and digits")
    return letters


def digest_of(code: str) -> bytes:
    """What the centre keeps of a code. Raises BadCodeError."""
    return hashlib.sha256(clean_code(code).encode("ascii")).digest()


def _print_of(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:4]
