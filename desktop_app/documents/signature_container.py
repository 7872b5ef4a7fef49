"""The CMS container of a signature, in one encoding only: it is built again from its parts and compared.

What is signed are the signed attributes, and they hold the digest of the file and of the signer's certificate.
Everything else in the container follows from certificate, attributes and signature, so no byte of it is free. The one
unsigned attribute that there may be is a timestamp of the signature, in a form of its own (`timestamp_token.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop_app.documents import der
from desktop_app.documents.signature_scheme import HASHES, SCHEMES, Scheme
from desktop_app.documents.timestamp_form import BrokenTimestampError
from desktop_app.documents.timestamp_token import Timestamp, imprint_of, open_token
from desktop_app.wire.raw_signature import BadSignatureError, KeyKind, check_raw

_NAMES = ("content_type", "message_digest", "signing_certificate_v2")


class BrokenContainerError(ValueError):
    """These bytes are no signature of this file in the one form that is accepted."""


@dataclass(frozen=True, slots=True)
class Container:
    """The public half of the key that signed (`raw_signature.py`); the signature is good, and so is its timestamp."""

    public: bytes
    stamp: Timestamp | None


def build_container(
    certificate: bytes, attributes: bytes, raw: bytes, scheme: Scheme, token: bytes | None = None
) -> bytes:
    """DER. `attributes` is the DER of the SET that was signed, `raw` the signature of it, `token` the DER of its
    timestamp."""
    from asn1crypto import algos, cms, x509

    signer = x509.Certificate.load(certificate, strict=True)
    digesting = algos.DigestAlgorithm({"algorithm": scheme.digest}).dump()
    unsigned = b""
    if token is not None:
        kind = cms.CMSAttributeType("signature_time_stamp_token").dump()
        unsigned = der.context(1, der.sequence(kind, der.set_of_one(token)))
    info = der.sequence(
        der.integer(1),
        der.sequence(signer.issuer.dump(), der.integer(signer.serial_number)),
        digesting,
        der.retagged(0, attributes),
        algos.SignedDigestAlgorithm({"algorithm": scheme.algorithm}).dump(),
        der.octets(scheme.encoded(raw)),
        unsigned,
    )
    signed = der.sequence(
        der.integer(1),
        der.set_of_one(digesting),
        der.sequence(cms.ContentType("data").dump()),
        der.context(0, certificate),
        der.set_of_one(info),
    )
    return der.sequence(cms.ContentType("signed_data").dump(), der.context(0, signed))


def open_container(padded: bytes, digest_by: Callable[[Scheme], bytes]) -> Container:
    """Raises BrokenContainerError unless `padded` (the container and zeros up to its end) is a good signature of the
    file that has this digest, without a byte that could be another."""
    try:
        length = _length(padded)
        container, rest = padded[:length], padded[length:]
        if rest.strip(b"\0"):
            raise BrokenContainerError("bytes behind the container")
        parts = _parts(container, digest_by)
        if build_container(parts.certificate, parts.attributes, parts.raw, parts.scheme, parts.token) != container:
            raise BrokenContainerError("not the one encoding of what it holds")
        check_raw(parts.public, parts.attributes, parts.raw)
        stamp = open_token(parts.token, imprint_of(parts.scheme.encoded(parts.raw))) if parts.token else None
    except BadSignatureError as why:
        raise BrokenContainerError("the signature is not by this key") from why
    except BrokenTimestampError as why:
        raise BrokenContainerError(f"the timestamp: {why}") from why
    except BrokenContainerError:
        raise
    # asn1crypto reads lazily, and answers nonsense with whatever its own code runs into.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as why:
        raise BrokenContainerError("no container") from why
    return Container(parts.public, stamp)


@dataclass(frozen=True, slots=True)
class _Parts:
    certificate: bytes
    attributes: bytes
    raw: bytes
    scheme: Scheme
    public: bytes
    token: bytes | None


def _length(padded: bytes) -> int:
    """Of the first element; of 256 to 65535 bytes, in the shortest form."""
    if padded[:2] != b"\x30\x82" or len(padded) < 4:
        raise BrokenContainerError("no container")
    inner = int.from_bytes(padded[2:4], "big")
    if inner < 256 or inner + 4 > len(padded):
        raise BrokenContainerError("no container")
    return inner + 4


def _parts(container: bytes, digest_by: Callable[[Scheme], bytes]) -> _Parts:
    # `tsp` teaches `cms` the attribute that names the signer's certificate: without it a process that reads and never
    # signs does not know it.
    from asn1crypto import cms, tsp  # noqa: F401

    opened: Any = cms.ContentInfo.load(container, strict=True)
    signed = opened["content"]
    (info,), (choice,) = signed["signer_infos"], signed["certificates"]
    certificate = choice.chosen
    scheme, public = _key_of(certificate)
    told = {attribute["type"].native: attribute["values"] for attribute in info["signed_attrs"]}
    if len(info["signed_attrs"]) != len(told) or tuple(sorted(told)) != _NAMES:
        raise BrokenContainerError("other attributes than are written here")
    if [one.native for one in told["content_type"]] != ["data"]:
        raise BrokenContainerError("another kind of content")
    if [one.native for one in told["message_digest"]] != [digest_by(scheme)]:
        raise BrokenContainerError("the file has another digest")
    ((reference,),) = [value["certs"] for value in told["signing_certificate_v2"]]
    algorithm = reference["hash_algorithm"]["algorithm"].native
    if reference["cert_hash"].native != HASHES[algorithm](certificate.dump()).digest():
        raise BrokenContainerError("another certificate than was signed with")
    attributes = bytes(info["signed_attrs"].untag().dump())
    raw = scheme.raw(bytes(info["signature"].native))
    return _Parts(bytes(certificate.dump()), attributes, raw, scheme, public, _token_in(info))


def _token_in(info: Any) -> bytes | None:
    unsigned = list(info["unsigned_attrs"] or ())
    if not unsigned:
        return None
    (attribute,) = unsigned
    if attribute["type"].native != "signature_time_stamp_token":
        raise BrokenContainerError("other attributes than are written here")
    (token,) = attribute["values"]
    return bytes(token.dump())


def _key_of(certificate: Any) -> tuple[Scheme, bytes]:
    key = certificate["tbs_certificate"]["subject_public_key_info"]
    match key["algorithm"]["algorithm"].native:
        case "ed25519":
            return SCHEMES[KeyKind.ED25519], bytes(key["public_key"])
        case "ec" if key["algorithm"]["parameters"].native == "secp256r1":
            point = bytes(key["public_key"])
            if len(point) != 65 or point[0] != 4:
                raise BrokenContainerError("a point in another form")
            return SCHEMES[KeyKind.ES256], bytes([2 + point[64] % 2]) + point[1:33]
        case _:
            raise BrokenContainerError("a key of another kind")
