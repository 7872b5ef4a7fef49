"""The one encoding of a timestamp's token, and what is asked of the certificate of the authority that signed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop_app.documents import der

DIGESTS = ("sha256", "sha384", "sha512")
_SHORTEST_RSA = 2048


class BrokenTimestampError(ValueError):
    """These bytes are no good timestamp in the one form that is accepted; the text says why."""


@dataclass(frozen=True, slots=True)
class TokenParts:
    """What a token is made of: the DER of what is stated (TSTInfo) and of the authority's certificate, the digest's
    name, the DER of the SET of signed attributes, the signature."""

    statement: bytes
    certificate: bytes
    digest: str
    attributes: bytes
    signature: bytes


def hashed(digest: str, data: bytes) -> bytes:
    """Raises BrokenTimestampError for a digest that is not believed."""
    from cryptography.hazmat.primitives import hashes

    if digest not in DIGESTS:
        raise BrokenTimestampError(f"a digest that is not believed: {digest}")
    made = hashes.Hash(getattr(hashes, digest.upper())())
    made.update(data)
    return made.finalize()


def build_token(parts: TokenParts) -> bytes:
    """DER. Chains, lists of revocations and unsigned attributes, which nobody vouches for, have no place in it."""
    from asn1crypto import algos, cms, core, x509

    signer = x509.Certificate.load(parts.certificate, strict=True)
    authority = Authority.load(parts.certificate)
    digesting = algos.DigestAlgorithm({"algorithm": parts.digest}).dump()
    if authority.is_rsa:
        signing: dict[str, object] = {"algorithm": "rsassa_pkcs1v15", "parameters": core.Null()}
    else:
        signing = {"algorithm": f"{parts.digest}_ecdsa"}
    info = der.sequence(
        der.integer(1),
        der.sequence(signer.issuer.dump(), der.integer(signer.serial_number)),
        digesting,
        der.retagged(0, parts.attributes),
        algos.SignedDigestAlgorithm(signing).dump(),
        der.octets(authority.one_form_of(parts.signature)),
    )
    signed = der.sequence(
        der.integer(3),
        der.set_of_one(digesting),
        der.sequence(cms.ContentType("tst_info").dump(), der.context(0, der.octets(parts.statement))),
        der.context(0, parts.certificate),
        der.set_of_one(info),
    )
    return der.sequence(cms.ContentType("signed_data").dump(), der.context(0, signed))


@dataclass(frozen=True, slots=True)
class Authority:
    """The certificate of a time-stamping authority: RSA with PKCS #1 v1.5, or ECDSA over a NIST curve."""

    certificate: Any
    key: Any

    @classmethod
    def load(cls, der: bytes) -> Authority:
        """Raises BrokenTimestampError for another kind of key."""
        from cryptography import x509
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric import ec, rsa

        try:
            certificate = x509.load_der_x509_certificate(der)
            key = certificate.public_key()
        except (ValueError, x509.InvalidVersion, UnsupportedAlgorithm) as why:
            raise BrokenTimestampError("no certificate") from why
        if not isinstance(key, ec.EllipticCurvePublicKey) and not (
            isinstance(key, rsa.RSAPublicKey) and key.key_size >= _SHORTEST_RSA
        ):
            raise BrokenTimestampError("a key of a kind that is not believed")
        return cls(certificate, key)

    @property
    def is_rsa(self) -> bool:
        from cryptography.hazmat.primitives.asymmetric import rsa

        return isinstance(self.key, rsa.RSAPublicKey)

    def one_form_of(self, signature: bytes) -> bytes:
        """Of an ECDSA signature anybody can make a second one; this is the one with the lower s."""
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

        if self.is_rsa:
            return signature
        r, s = decode_dss_signature(signature)
        return encode_dss_signature(r, min(s, self.key.curve.group_order - s))

    def check_signature(self, parts: TokenParts) -> None:
        """Raises BrokenTimestampError unless this key made the signature."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding

        with_hash = getattr(hashes, parts.digest.upper())()
        try:
            if self.is_rsa:
                self.key.verify(parts.signature, parts.attributes, padding.PKCS1v15(), with_hash)
            else:
                self.key.verify(parts.signature, parts.attributes, ec.ECDSA(with_hash))
        except InvalidSignature as why:
            raise BrokenTimestampError("the signature is not by this authority") from why

    def check_use(self, at: datetime) -> None:
        """Raises BrokenTimestampError unless this is a certificate for timestamps (RFC 3161, 2.3) that was good at
        `at`."""
        from cryptography import x509
        from cryptography.x509.oid import ExtendedKeyUsageOID

        try:
            usage = self.certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as why:
            raise BrokenTimestampError("a certificate that is not for timestamps") from why
        if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
            raise BrokenTimestampError("a certificate that is not for timestamps alone")
        if not self.certificate.not_valid_before_utc <= at <= self.certificate.not_valid_after_utc:
            raise BrokenTimestampError("a certificate that was not good at that time")
