"""A token in this process: keys of P-256, which sign anew each time, as in a token of PKCS #11; it can be away."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop_app.application.certificate_keys import TokenSigningKey
from desktop_app.application.ports.key_token import SigningUnavailableError, TokenKey, TokenPlace
from desktop_app.wire.raw_signature import KeyKind, lowered


class SoftwareToken:
    """`application.ports.key_token.KeyToken`."""

    place = TokenPlace("software", "in this process", "1")

    def __init__(self) -> None:
        self.away = False
        self._keys: dict[bytes, ec.EllipticCurvePrivateKey] = {}

    def make_key(self, label: str, kind: KeyKind | None = None) -> TokenKey:
        self._be_there()
        name, key = os.urandom(16), ec.generate_private_key(ec.SECP256R1())
        self._keys[name] = key
        return TokenKey(key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint), name)

    def sign(self, key: TokenKey, data: bytes) -> bytes:
        self._be_there()
        r, s = decode_dss_signature(self._keys[key.name].sign(data, ec.ECDSA(hashes.SHA256())))
        return lowered(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def _be_there(self) -> None:
        if self.away:
            raise SigningUnavailableError("there is no token in this process")


def es256_key() -> TokenSigningKey:
    """A key of its own, that signs ES256."""
    token = SoftwareToken()
    return TokenSigningKey(token, token.make_key("of a test"))
