"""A timestamp (RFC 3161) as a paper's signature carries it, in one encoding only: `timestamp_form.py` builds it again
from its parts, and it is compared.

What the authority signs are the signed attributes: they hold the digest of what it says (TSTInfo) and that of its own
certificate. Everything else, which nobody signs, is left out when the token is taken over, or follows from the rest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop_app.documents.timestamp_form import (
    Authority,
    BrokenTimestampError,
    TokenParts,
    build_token,
    hashed,
)

IMPRINT = "sha256"
"""What the signature is hashed with before it is shown to an authority."""
STAMPED_WITHIN = timedelta(minutes=5)
"""How far a timestamp may lie from the time that the signature gives itself: the centre's clock against the
authority's. Within it, one timestamp of the authority could stand for another."""
_READ_ERRORS = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What a good token says: when (UTC), by whose certificate (DER; whose that is, nobody has said yet), under which
    policy, and the nonce that was asked with."""

    at: datetime
    certificate: bytes
    policy: str
    nonce: int | None


def imprint_of(signature: bytes) -> bytes:
    """Of the octets of a signature, as CMS holds them."""
    return hashed(IMPRINT, signature)


def authority_name(certificate: bytes) -> str:
    """Who it says it is: the common name, else all of its name; of a name that cannot be read the certificate's
    SHA-256. Nobody vouches for a name here, so none holds up a paper, or the check of one."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        subject = x509.load_der_x509_certificate(certificate).subject
    except ValueError:
        return hashlib.sha256(certificate).hexdigest()
    names = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else subject.rfc4514_string()


def normal_token(received: bytes) -> bytes:
    """The one form of a token as an authority sent it. Raises BrokenTimestampError for what has none."""
    try:
        return build_token(_parts(received))
    except _READ_ERRORS as why:
        raise _broken(why) from why


def open_token(token: bytes, imprint: bytes) -> Timestamp:
    """Raises BrokenTimestampError unless `token` is a good timestamp of this imprint, without a byte that could be
    another."""
    try:
        parts = _parts(token)
        opened = _opened(parts, imprint)
        if build_token(parts) != token:
            raise BrokenTimestampError("not the one encoding of what it holds")
        return opened
    except _READ_ERRORS as why:
        raise _broken(why) from why


def _broken(why: Exception) -> BrokenTimestampError:
    return why if isinstance(why, BrokenTimestampError) else BrokenTimestampError(f"no timestamp: {type(why).__name__}")


def _parts(token: bytes) -> TokenParts:
    from asn1crypto import cms

    opened: Any = cms.ContentInfo.load(token, strict=True)
    signed = opened["content"]
    (info,) = signed["signer_infos"]
    certificate = _signer_of(info, [one.chosen for one in signed["certificates"]])
    return TokenParts(
        statement=bytes(signed["encap_content_info"]["content"]),
        certificate=bytes(certificate.dump()),
        digest=info["digest_algorithm"]["algorithm"].native,
        attributes=bytes(info["signed_attrs"].untag().dump()),
        signature=bytes(info["signature"].native),
    )


def _signer_of(info: Any, certificates: list[Any]) -> Any:
    sid = info["sid"]
    for one in certificates:
        if sid.name == "issuer_and_serial_number":
            if (one.issuer, one.serial_number) == (sid.chosen["issuer"], sid.chosen["serial_number"].native):
                return one
        elif one.key_identifier == sid.chosen.native:
            return one
    raise BrokenTimestampError("without the certificate of its authority")


def _opened(parts: TokenParts, imprint: bytes) -> Timestamp:
    from asn1crypto import cms, tsp

    told: dict[str, Any] = {}
    for attribute in cms.CMSAttributes.load(parts.attributes, strict=True):
        if attribute["type"].native in told or len(attribute["values"]) != 1:
            raise BrokenTimestampError("an attribute that stands twice")
        told[attribute["type"].native] = attribute["values"][0]
    if told["content_type"].native != "tst_info":
        raise BrokenTimestampError("another kind of content")
    if told["message_digest"].native != hashed(parts.digest, parts.statement):
        raise BrokenTimestampError("another statement than was signed")
    reference = told["signing_certificate_v2"]["certs"][0]
    if reference["cert_hash"].native != hashed(reference["hash_algorithm"]["algorithm"].native, parts.certificate):
        raise BrokenTimestampError("another certificate than was signed with")
    authority = Authority.load(parts.certificate)
    authority.check_signature(parts)
    statement: Any = tsp.TSTInfo.load(parts.statement, strict=True)
    shown = statement["message_imprint"]
    if (shown["hash_algorithm"]["algorithm"].native, shown["hashed_message"].native) != (IMPRINT, imprint):
        raise BrokenTimestampError("of something else")
    at = statement["gen_time"].native.astimezone(UTC)
    authority.check_use(at)
    return Timestamp(at, parts.certificate, statement["policy"].native, statement["nonce"].native)
