"""The centre's signature on a paper (PAdES B-B; B-T with a timestamp, B-LT with evidence of its authority too).

PyHanko makes the container, and reportlab has left the room for it.

The file is signed while it is written: one revision, nothing parsed again, no update behind it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desktop_app.application.ports.papers import PaperSeal
from desktop_app.documents.evidence_form import find_evidence, put_evidence
from desktop_app.documents.signature_container import build_container
from desktop_app.documents.signature_form import (
    EMPTY_RANGE,
    FIELD,
    MARK,
    NO_STAMP,
    empty_signature,
    range_of,
    stamp_of,
)
from desktop_app.documents.signature_scheme import SCHEMES, Scheme
from desktop_app.documents.signer_certificate import make_signer_certificate
from desktop_app.wire.raw_signature import kind_of


def make_room(document: Any, seal: PaperSeal) -> Any:
    """Puts the empty signature into a reportlab document, and the evidence of whose timestamp is to follow; answers the
    reference of the field, for its first page."""
    value = document.Reference(empty_signature(seal.kind, seal.at, stamped=seal.stamper is not None), "signature")
    number = document.idToObjectNumberAndVersion[value.name][0]
    field = document.Reference(FIELD % number, "signature-field")
    document.Catalog.AcroForm = f"<</SigFlags 3/Fields[{document.idToObjectNumberAndVersion[field.name][0]} 0 R]>>"
    if seal.stamper is not None and (evidence := seal.stamper.evidence(seal.at)) is not None:
        put_evidence(document, evidence)
    return field


def fill(content: bytes, seal: PaperSeal) -> bytes:
    """The file with its signature, `content` being one with room for it; with a timestamp too, where one can be had.
    Raises what `seal.sign` raises."""
    stamper = seal.stamper
    authority = stamper.expected() if stamper is not None else None
    # What is signed says whose timestamp follows. Where the authority has got a new certificate, it is signed anew.
    for _ in range(2):
        if stamper is None or authority is None:
            break
        signed = _sign(content.replace(NO_STAMP, stamp_of(authority)), seal)
        stamp = stamper.stamp(signed.encoded, seal.at)
        if stamp is None:
            break
        if stamp[1] == authority:
            stamper.note(stamped=True, lasting=find_evidence(content, authority) is not None)
            return signed.whole(stamp[0])
        authority = stamp[1]
    whole = _sign(content, seal).whole()
    if stamper is not None:
        stamper.note(stamped=False)
    return whole


@dataclass(frozen=True, slots=True)
class _Signed:
    """A file around its container, of which `room` bytes may be used, and what belongs into that."""

    before: bytes
    behind: bytes
    room: int
    certificate: bytes
    attributes: bytes
    raw: bytes
    scheme: Scheme

    @property
    def encoded(self) -> bytes:
        return self.scheme.encoded(self.raw)

    def whole(self, token: bytes | None = None) -> bytes:
        container = build_container(self.certificate, self.attributes, self.raw, self.scheme, token)
        if len(container) > self.room:
            raise ValueError("the signature takes more room than it was left")
        return b"%b<%b>%b" % (self.before, container.ljust(self.room, b"\0").hex().encode(), self.behind)


def _sign(content: bytes, seal: PaperSeal) -> _Signed:
    begins = content.index(b"<", content.index(b"/Contents", content.index(EMPTY_RANGE, content.index(MARK))))
    ends = content.index(b">", begins) + 1
    before = content[:begins].replace(EMPTY_RANGE, range_of(begins, ends, len(content) - ends))
    behind, scheme = content[ends:], SCHEMES[kind_of(seal.public)]
    digest = scheme.hash(before, behind)
    made = asyncio.run(_signer(seal.public, seal.sign).async_sign(digest, scheme.digest, use_pades=True))
    info = made["content"]["signer_infos"][0]
    certificate, raw = make_signer_certificate(seal.public, seal.sign), scheme.raw(info["signature"].native)
    attributes = bytes(info["signed_attrs"].untag().dump())
    if build_container(certificate, attributes, raw, scheme) != made.dump():
        raise ValueError("pyHanko writes another container than is accepted here")
    return _Signed(before, behind, (ends - begins - 2) // 2, certificate, attributes, raw, scheme)


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
