"""Whether the authority of a timestamp is one that the centre has named."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.application.ports.papers import PaperStamp


def read_authority(content: bytes) -> bytes:
    """The DER of a certificate from PEM or DER. Raises ValueError."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    begins = content.lstrip()[:11] == b"-----BEGIN "
    certificate = x509.load_pem_x509_certificate(content) if begins else x509.load_der_x509_certificate(content)
    return certificate.public_bytes(Encoding.DER)


def is_believed(stamp: PaperStamp, authorities: Iterable[bytes]) -> bool:
    """Whether the stamp is by one of these certificates (DER), or by one that one of them issued and that was good to
    issue at that time. Longer chains are not built: name the authority itself, or who issued its certificate."""
    return any(one == stamp.certificate or _issued(one, stamp) for one in authorities)


def _issued(authority: bytes, stamp: PaperStamp) -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    try:
        issuer, leaf = x509.load_der_x509_certificate(authority), x509.load_der_x509_certificate(stamp.certificate)
        leaf.verify_directly_issued_by(issuer)
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound, x509.DuplicateExtension):
        return False
    return constraints.ca and issuer.not_valid_before_utc <= stamp.at <= issuer.not_valid_after_utc
