"""COSE_Sign1 (RFC 9052) with Ed25519, in one form only: what decodes is compared with itself encoded again.

Ed25519 and not ES256: of an ECDSA signature (r, s) anybody can make a second one, (r, n - s), which is as good. Here
no byte can change without the signature, or its form, being refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KID_BYTES = 8
_EDDSA = -8
_ALG, _KID = 1, 4


class NotCanonicalError(ValueError):
    """These bytes are no COSE_Sign1 in the one form that is accepted."""


class BadSignatureError(ValueError):
    """The signature is not by this key over these bytes."""


@dataclass(frozen=True, slots=True)
class Sign1:
    """A container whose form is right; whether its signature is good, `check` says."""

    kid: bytes
    payload: bytes
    container: bytes

    def check(self, public: bytes) -> None:
        """Raises BadSignatureError unless the key with this public half (32 bytes) made the signature."""
        from cwt import COSE
        from cwt.exceptions import CWTError

        try:
            COSE.new(verify_kid=True).decode(self.container, keys=[_cose_key(self.kid, public)])
        except (CWTError, ValueError) as why:
            raise BadSignatureError("the signature is not by this key") from why


def sign1(payload: bytes, kid: bytes, public: bytes, private: bytes) -> bytes:
    """The container of `payload`; keys are raw Ed25519 halves of 32 bytes."""
    from cwt import COSE

    made: Any = COSE.new(deterministic_header=True).encode_and_sign(
        payload, _cose_key(kid, public, private), protected={_ALG: _EDDSA, _KID: kid}, unprotected={}
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
    if (
        not isinstance(kid, bytes)
        or len(kid) != KID_BYTES
        or protected != {_ALG: _EDDSA, _KID: kid}
        or len(signature) != 64
    ):
        raise NotCanonicalError("not the algorithm, key name and signature that are written here")
    return Sign1(kid, payload, container)


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


def _cose_key(kid: bytes, public: bytes, private: bytes | None = None) -> Any:
    from cwt import COSEKey

    okp = {1: 1, -1: 6, 2: kid, 3: _EDDSA, -2: public}
    if private is not None:
        okp[-4] = private
    return COSEKey.new(okp)
