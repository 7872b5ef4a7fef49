"""The CMS container of a signature, in one encoding only: it is built again from its parts and compared.

What is signed are the signed attributes, and they hold the digest of the file and of the signer's certificate.
Everything else in the container follows from certificate, attributes and signature, so no byte of it is free.
Unsigned attributes there are none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

DIGEST = "sha512"
"""What Ed25519 is used with in CMS (RFC 8419, 3.1)."""
_DIGESTING = {"algorithm": DIGEST}
_HASHES = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}
_NAMES = ("content_type", "message_digest", "signing_certificate_v2")


class BrokenContainerError(ValueError):
    """These bytes are no signature of this file in the one form that is accepted."""


@dataclass(frozen=True, slots=True)
class Container:
    """The raw public half of the key that signed (32 bytes); the signature is good."""

    public: bytes


def build_container(certificate: bytes, attributes: bytes, signature: bytes) -> bytes:
    """DER. `attributes` is the DER of the SET that was signed."""
    from asn1crypto import cms, x509

    signer = x509.Certificate.load(certificate, strict=True)
    sid = {"issuer_and_serial_number": {"issuer": signer.issuer, "serial_number": signer.serial_number}}
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier(sid),
        "digest_algorithm": _DIGESTING,
        "signed_attrs": cms.CMSAttributes.load(attributes, strict=True),
        "signature_algorithm": {"algorithm": "ed25519"},
        "signature": signature,
    }
    signed = {
        "version": "v1",
        "digest_algorithms": [_DIGESTING],
        "encap_content_info": {"content_type": "data"},
        "certificates": [cms.CertificateChoices("certificate", signer)],
        "signer_infos": [info],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())


def open_container(padded: bytes, digest: bytes) -> Container:
    """Raises BrokenContainerError unless `padded` (the container and zeros up to its end) is a good signature of a
    file with this SHA-512 `digest`, without a byte that could be another."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        length = _length(padded)
        container, rest = padded[:length], padded[length:]
        if rest.strip(b"\0"):
            raise BrokenContainerError("bytes behind the container")
        certificate, attributes, signature, public = _parts(container, digest)
        if build_container(certificate, attributes, signature) != container:
            raise BrokenContainerError("not the one encoding of what it holds")
        Ed25519PublicKey.from_public_bytes(public).verify(signature, attributes)
    except InvalidSignature as why:
        raise BrokenContainerError("the signature is not by this key") from why
    except BrokenContainerError:
        raise
    # asn1crypto reads lazily, and answers nonsense with whatever its own code runs into.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as why:
        raise BrokenContainerError("no container") from why
    return Container(public)


def _length(padded: bytes) -> int:
    """Of the first element; of 256 to 65535 bytes, in the shortest form."""
    if padded[:2] != b"\x30\x82" or len(padded) < 4:
        raise BrokenContainerError("no container")
    inner = int.from_bytes(padded[2:4], "big")
    if inner < 256 or inner + 4 > len(padded):
        raise BrokenContainerError("no container")
    return inner + 4


def _parts(container: bytes, digest: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    # `tsp` teaches `cms` the attribute that names the signer's certificate: without it a process that reads and never
    # signs does not know it.
    from asn1crypto import cms, tsp  # noqa: F401

    opened: Any = cms.ContentInfo.load(container, strict=True)
    signed = opened["content"]
    (info,), (choice,) = signed["signer_infos"], signed["certificates"]
    certificate = choice.chosen
    told = {attribute["type"].native: attribute["values"] for attribute in info["signed_attrs"]}
    if len(info["signed_attrs"]) != len(told) or tuple(sorted(told)) != _NAMES or len(info["unsigned_attrs"] or ()):
        raise BrokenContainerError("other attributes than are written here")
    if [one.native for one in told["content_type"]] != ["data"]:
        raise BrokenContainerError("another kind of content")
    if [one.native for one in told["message_digest"]] != [digest]:
        raise BrokenContainerError("the file has another digest")
    ((reference,),) = [value["certs"] for value in told["signing_certificate_v2"]]
    algorithm = reference["hash_algorithm"]["algorithm"].native
    if reference["cert_hash"].native != _HASHES[algorithm](certificate.dump()).digest():
        raise BrokenContainerError("another certificate than was signed with")
    key = certificate["tbs_certificate"]["subject_public_key_info"]
    if key["algorithm"]["algorithm"].native != "ed25519":
        raise BrokenContainerError("a key of another kind")
    public = bytes(key["public_key"])
    attributes = bytes(info["signed_attrs"].untag().dump())
    return bytes(certificate.dump()), attributes, bytes(info["signature"].native), public
