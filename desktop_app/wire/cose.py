"""COSE_Sign1 (RFC 9052) with Ed25519, or with ES256, in one form only: what decodes is compared with itself encoded
again.

No byte can change without the signature, or its form, being refused: `raw_signature.py` says how that holds for ES256.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop_app.wire.raw_signature import BadSignatureError, KeyKind, coordinates, has_one_form, kind_of

KID_BYTES = 8
_ALG, _KID = 1, 4
_ALGORITHMS = {KeyKind.ED25519: -8, KeyKind.ES256: -7}
_KINDS = {algorithm: kind for kind, algorithm in _ALGORITHMS.items()}


class NotCanonicalError(ValueError):
    """These bytes are no COSE_Sign1 in the one form that is accepted."""


@dataclass(frozen=True, slots=True)
class Sign1:
    """A container whose form is right; whether its signature is good, `check` says."""

    kid: bytes
    kind: KeyKind
    payload: bytes
    container: bytes

    def check(self, public: bytes) -> None:
        """Raises BadSignatureError unless the key with this public half made the signature."""
        from cwt import COSE
        from cwt.exceptions import CWTError

        try:
            if kind_of(public) is not self.kind:
                raise BadSignatureError("the signature is by a key of another kind")
            COSE.new(verify_kid=True).decode(self.container, keys=[_cose_key(self.kid, public)])
        except BadSignatureError:
            raise
        except (CWTError, ValueError) as why:
            raise BadSignatureError("the signature is not by this key") from why


def sign1(payload: bytes, kid: bytes, public: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The container of `payload`; `sign` makes raw signatures (`raw_signature.py`) by the other half of `public`."""
    from cwt import COSE
    from cwt.cose_key_interface import COSEKeyInterface

    class HeldKey(COSEKeyInterface):
        def sign(self, msg: bytes) -> bytes:
            return sign(msg)

    algorithm = _ALGORITHMS[kind_of(public)]
    key = HeldKey({1: 1 if algorithm == _ALGORITHMS[KeyKind.ED25519] else 2, 2: kid, 3: algorithm})
    made: Any = COSE.new(deterministic_header=True).encode_and_sign(
        payload, key, protected={_ALG: algorithm, _KID: kid}, unprotected={}
    )
    return bytes(made)


def open_sign1(container: bytes) -> Sign1:
    """Raises NotCanonicalError for anything but what `sign1` writes."""
    tag = canonical(container)
    match getattr(tag, "tag", None), getattr(tag, "value", None):
        case 18, [bytes(head), dict(unprotected), bytes(payload), bytes(signature)] if not unprotected:
            protected = canonical(head)
        case _:
            raise NotCanonicalError("no COSE_Sign1")
    kid = protected.get(_KID) if isinstance(protected, dict) else None
    if not isinstance(kid, bytes) or len(kid) != KID_BYTES or set(protected) != {_ALG, _KID}:
        raise NotCanonicalError("not the header that is written here")
    algorithm = protected[_ALG]
    kind = _KINDS.get(algorithm) if type(algorithm) is int else None
    if kind is None or not has_one_form(signature, kind):
        raise NotCanonicalError("not an algorithm and a signature that are written here")
    return Sign1(kid, kind, payload, container)


def canonical(data: bytes) -> Any:
    """What deterministically encoded CBOR holds. Raises NotCanonicalError for any other encoding."""
    import cbor2

    try:
        value = cbor2.loads(data)
        again = to_cbor(value)
    except (cbor2.CBORError, ValueError, TypeError, RecursionError, OverflowError) as why:
        raise NotCanonicalError("no CBOR") from why
    if again != data:
        raise NotCanonicalError("not the one encoding of what it holds")
    return value


def to_cbor(value: object) -> bytes:
    """Deterministic CBOR (RFC 8949, 4.2; integers as keys sort alike by either of its orders)."""
    import cbor2

    return bytes(cbor2.dumps(value, canonical=True))


def _cose_key(kid: bytes, public: bytes) -> Any:
    from cwt import COSEKey

    kind = kind_of(public)
    named = {2: kid, 3: _ALGORITHMS[kind]}
    if kind is KeyKind.ED25519:
        return COSEKey.new({1: 1, -1: 6, -2: public, **named})
    x, y = coordinates(public)
    return COSEKey.new({1: 2, -1: 1, -2: x, -3: y, **named})
