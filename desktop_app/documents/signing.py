"""The centre's signature on a paper (PAdES B-B): pyHanko makes the container, and reportlab has left the room for it.

The file is signed while it is written: one revision, nothing parsed again, no update behind it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from desktop_app.application.ports.papers import PaperSeal
from desktop_app.documents.signature_container import build_container
from desktop_app.documents.signature_form import (
    CONTAINER_BYTES,
    EMPTY_RANGE,
    FIELD,
    MARK,
    empty_signature,
    range_of,
)
from desktop_app.documents.signature_scheme import SCHEMES
from desktop_app.documents.signer_certificate import make_signer_certificate
from desktop_app.wire.raw_signature import kind_of


def make_room(document: Any, seal: PaperSeal) -> Any:
    """Puts the empty signature into a reportlab document; answers the reference of the field, for its first page."""
    value = document.Reference(empty_signature(seal.kind, seal.at), "signature")
    number = document.idToObjectNumberAndVersion[value.name][0]
    field = document.Reference(FIELD % number, "signature-field")
    document.Catalog.AcroForm = f"<</SigFlags 3/Fields[{document.idToObjectNumberAndVersion[field.name][0]} 0 R]>>"
    return field


def fill(content: bytes, seal: PaperSeal) -> bytes:
    """The file with its signature, `content` being one with room for it. Raises what `seal.sign` raises."""
    begins = content.index(b"<", content.index(EMPTY_RANGE, content.index(MARK)))
    ends = begins + 2 * CONTAINER_BYTES + 2
    before = content[:begins].replace(EMPTY_RANGE, range_of(begins, ends, len(content) - ends))
    behind = content[ends:]
    container = _container(SCHEMES[kind_of(seal.public)].hash(before, behind), seal).ljust(CONTAINER_BYTES, b"\0")
    if len(container) != CONTAINER_BYTES:
        raise ValueError("the signature takes more room than it was left")
    return b"%b<%b>%b" % (before, container.hex().encode(), behind)


def _container(digest: bytes, seal: PaperSeal) -> bytes:
    scheme = SCHEMES[kind_of(seal.public)]
    made = asyncio.run(_signer(seal.public, seal.sign).async_sign(digest, scheme.digest, use_pades=True))
    info = made["content"]["signer_infos"][0]
    certificate = make_signer_certificate(seal.public, seal.sign)
    raw = scheme.raw(info["signature"].native)
    container = build_container(certificate, info["signed_attrs"].untag().dump(), raw, scheme)
    if container != made.dump():
        raise ValueError("pyHanko writes another container than is accepted here")
    return container


@lru_cache(maxsize=8)
def _signer(public: bytes, sign: Callable[[bytes], bytes]) -> Any:
    from asn1crypto import x509
    from asn1crypto.algos import SignedDigestAlgorithm
    from pyhanko.sign.signers.pdf_cms import Signer

    scheme = SCHEMES[kind_of(public)]

    class SealSigner(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return bytes(72) if dry_run else scheme.encoded(sign(data))

    return SealSigner(
        signing_cert=x509.Certificate.load(make_signer_certificate(public, sign)),
        signature_mechanism=SignedDigestAlgorithm({"algorithm": scheme.algorithm}),
    )
