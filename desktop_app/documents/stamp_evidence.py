"""What shows that a time-stamping authority's certificate was not revoked: its issuer's list (CRL, RFC 5280, 5).

A list is believed for what it says of this one certificate, or not at all: it is signed by the issuer, in its time,
whole, and about all certificates of the issuer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop_app.application.ports.papers import StampEvidence

_WEB = ("http://", "https://")


class BrokenEvidenceError(ValueError):
    """These bytes do not show that the certificate was not revoked; the text says why."""


def issuer_of(certificate: bytes, known: Sequence[bytes]) -> bytes | None:
    """Which of the `known` certificates (DER) issued this one. None where none did, or where it is its own issuer."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    leaf = x509.load_der_x509_certificate(certificate)
    for one in known:
        if one == certificate:
            continue
        try:
            leaf.verify_directly_issued_by(x509.load_der_x509_certificate(one))
        except (ValueError, TypeError, InvalidSignature):
            continue
        return one
    return None


def places_of_lists(certificate: bytes) -> tuple[str, ...]:
    """Where its issuer keeps the list of revocations, as the certificate says itself; of these, what HTTP reaches."""
    from cryptography import x509

    try:
        points = x509.load_der_x509_certificate(certificate).extensions.get_extension_for_class(
            x509.CRLDistributionPoints
        )
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        return ()
    names = [name for point in points.value for name in point.full_name or () if not point.reasons]
    places = [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]
    return tuple(place for place in places if place.lower().startswith(_WEB))


def read_evidence(certificate: bytes, issuer: bytes, revocations: bytes) -> StampEvidence:
    """That `certificate` was not revoked when this list was made. All in DER. Raises BrokenEvidenceError."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        leaf, over = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(issuer)
        leaf.verify_directly_issued_by(over)
        told = x509.load_der_x509_crl(revocations)
        if told.issuer != over.subject or not told.is_signature_valid(_key_for_lists(over)):
            raise BrokenEvidenceError("not a list of who issued the authority's certificate")
        _require_whole(told)
        revoked = told.get_revoked_certificate_by_serial_number(leaf.serial_number)
    except InvalidSignature as why:
        raise BrokenEvidenceError("not the issuer of the authority's certificate") from why
    except BrokenEvidenceError:
        raise
    except (
        ValueError,
        TypeError,
        UnsupportedAlgorithm,
        x509.InvalidVersion,
        x509.DuplicateExtension,
        x509.UnsupportedGeneralNameType,
    ) as why:
        raise BrokenEvidenceError("no list of revocations") from why
    if revoked is not None:
        raise BrokenEvidenceError("the authority's certificate is revoked")
    if told.next_update_utc is None:
        raise BrokenEvidenceError("a list that does not say when the next one follows")
    return StampEvidence(issuer, certificate, revocations, told.last_update_utc, told.next_update_utc)


def holds_at(evidence: StampEvidence, at: datetime) -> bool:
    """Whether the list was the newest that was due at that time (UTC)."""
    return evidence.made_at <= at <= evidence.next_at


def _key_for_lists(issuer: Any) -> Any:
    from cryptography import x509

    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return issuer.public_key()
    if not usage.crl_sign:
        raise BrokenEvidenceError("an issuer that may sign no lists of revocations")
    return issuer.public_key()


def _require_whole(told: Any) -> None:
    """Lists of a part of the certificates, of the changes since another list, or by conditions that are not known here
    say nothing of a certificate that is not on them."""
    from cryptography import x509

    for extension in told.extensions:
        if isinstance(extension.value, x509.DeltaCRLIndicator):
            raise BrokenEvidenceError("a list of changes only")
        if isinstance(extension.value, x509.IssuingDistributionPoint):
            scope = extension.value
            if scope.only_contains_ca_certs or scope.only_contains_attribute_certs or scope.indirect_crl:
                raise BrokenEvidenceError("a list of other certificates")
            if scope.only_some_reasons:
                raise BrokenEvidenceError("a list of some reasons only")
        elif extension.critical:
            raise BrokenEvidenceError("a list with conditions that are not known here")
