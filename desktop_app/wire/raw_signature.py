"""Raw signatures of 64 bytes, by the two kinds of keys that the centre signs with; of neither is there a second one.

Ed25519 is as RFC 8032 has it. ES256 is ECDSA over P-256 with SHA-256, r and s of 32 bytes each: of such a signature
anybody can make another one, (r, n - s), so only the one with the lower s is a signature here. A public half says by
its length of which kind it is: 32 bytes of Ed25519, or 33 of a point of P-256 (compressed, SEC 1).
"""

from __future__ import annotations

from enum import Enum

SIGNATURE_BYTES = 64
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256's group (SEC 2, 2.4.2)."""


class BadSignatureError(ValueError):
    """The signature is not by this key over these bytes."""


class KeyKind(Enum):
    """The value is the length of a public half."""

    ED25519 = 32
    ES256 = 33


def kind_of(public: bytes) -> KeyKind:
    """Raises ValueError for what is no public half."""
    kind = KeyKind(len(public))
    if kind is KeyKind.ES256 and public[0] not in (2, 3):
        raise ValueError("no compressed point")
    return kind


def has_one_form(signature: bytes, kind: KeyKind) -> bool:
    """Whether these bytes are in the form of which each signature has only one. Of Ed25519 the check itself says it."""
    if len(signature) != SIGNATURE_BYTES:
        return False
    if kind is KeyKind.ED25519:
        return True
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    return 0 < r < _ORDER and 0 < s <= _ORDER // 2


def lowered(signature: bytes) -> bytes:
    """An ES256 signature of either form, in its one form."""
    s = int.from_bytes(signature[32:], "big")
    return signature[:32] + min(s, _ORDER - s).to_bytes(32, "big")


def check_raw(public: bytes, data: bytes, signature: bytes) -> None:
    """Raises BadSignatureError unless the key with this public half made this signature of `data`, in its one form."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    try:
        kind = kind_of(public)
        if not has_one_form(signature, kind):
            raise BadSignatureError("not the one form of a signature")
        if kind is KeyKind.ED25519:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
        else:
            r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
            point.verify(encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as why:
        raise BadSignatureError("the signature is not by this key") from why
    except BadSignatureError:
        raise
    except ValueError as why:
        raise BadSignatureError("no public key") from why


def coordinates(public: bytes) -> tuple[bytes, bytes]:
    """x and y, 32 bytes each, of an ES256 public half. Raises ValueError for what is no point of the curve."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return point[1:33], point[33:]
