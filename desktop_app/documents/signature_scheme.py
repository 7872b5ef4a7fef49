"""How each kind of the centre's keys signs in CMS."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop_app.wire.raw_signature import SIGNATURE_BYTES, KeyKind

HASHES = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a kind of key signs in CMS: the digest of file and attributes, and the names of key and signature."""

    kind: KeyKind
    digest: str
    algorithm: str

    def hash(self, *parts: bytes) -> bytes:
        """The digest of `parts` in a row."""
        made = HASHES[self.digest]()
        for part in parts:
            made.update(part)
        return made.digest()

    def encoded(self, raw: bytes) -> bytes:
        """As CMS holds a raw signature (`raw_signature.py`)."""
        if self.kind is KeyKind.ED25519:
            return raw
        from asn1crypto.algos import DSASignature

        return bytes(DSASignature.from_p1363(raw).dump())

    def raw(self, encoded: bytes) -> bytes:
        """Raises ValueError for what is no signature."""
        if self.kind is KeyKind.ED25519:
            return encoded
        from asn1crypto.algos import DSASignature

        pair = DSASignature.load(encoded, strict=True)
        half = SIGNATURE_BYTES // 2
        try:
            return bytes(pair["r"].native.to_bytes(half, "big") + pair["s"].native.to_bytes(half, "big"))
        except OverflowError as why:
            raise ValueError("no signature") from why


SCHEMES = {
    KeyKind.ED25519: Scheme(KeyKind.ED25519, "sha512", "ed25519"),  # RFC 8419, 3.1
    KeyKind.ES256: Scheme(KeyKind.ES256, "sha256", "sha256_ecdsa"),
}
