"""Reading the centre's signature off a file, strictly: see `signature_form.py` and `signature_container.py`."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from desktop_app.application.certificate_verifying import BrokenSignatureError, PaperSignature
from desktop_app.application.ports.papers import PaperStamp
from desktop_app.documents.code_reader import is_pdf
from desktop_app.documents.evidence_form import find_evidence
from desktop_app.documents.signature_container import BrokenContainerError, open_container
from desktop_app.documents.signature_form import NO_STAMP_DIGITS, find_form
from desktop_app.documents.stamp_evidence import holds_at
from desktop_app.documents.timestamp_token import STAMPED_WITHIN, Timestamp, authority_name

_TRACES = (b"/ByteRange", b"ETSI.CAdES", b"adbe.pkcs7", b"/Adobe.PPK", b"/SigFlags", b"/FT/Sig", b"/Type/Sig")


class StrictSignatureReader:
    """`application.certificate_verifying.SignatureReader`."""

    def is_signable(self, content: bytes) -> bool:
        return is_pdf(content)

    def find(self, content: bytes) -> PaperSignature | None:
        """Raises BrokenSignatureError."""
        form = find_form(content)
        if form is None:
            if any(trace in content for trace in _TRACES):
                raise BrokenSignatureError("a signature that is not in the form of the centre's")
            return None
        taken, kind, stamp, before, behind, rest, container = form.groups()
        begins, ends = form.start(7) - 1, form.end(7) + 1
        if (int(before), int(behind), int(rest)) != (begins, ends, len(content) - ends) or len(container) % 2:
            raise BrokenSignatureError("the signature does not cover the file")
        try:
            opened = open_container(
                bytes.fromhex(container.decode("ascii")), lambda scheme: scheme.hash(content[:begins], content[ends:])
            )
            at = datetime.strptime(taken.decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except (BrokenContainerError, ValueError) as why:
            raise BrokenSignatureError(str(why)) from why
        return PaperSignature(opened.public, at, kind.decode("ascii"), _stamp(opened.stamp, stamp, at, content))


def _stamp(found: Timestamp | None, told: bytes | None, at: datetime, content: bytes) -> PaperStamp | None:
    """Raises BrokenSignatureError unless the timestamp is the one that the signed part of the file speaks of."""
    wanted = None if told in (None, NO_STAMP_DIGITS) else told
    if found is None or wanted is None:
        if found is not None or wanted is not None:
            raise BrokenSignatureError("a timestamp that was put in, or taken out")
        return None
    if hashlib.sha256(found.certificate).hexdigest().encode("ascii") != wanted:
        raise BrokenSignatureError("a timestamp of another authority")
    if abs(found.at - at) > STAMPED_WITHIN:
        raise BrokenSignatureError("a timestamp of another time")
    evidence = find_evidence(content, found.certificate)
    holds = evidence is not None and holds_at(evidence, found.at)
    return PaperStamp(found.at, found.certificate, authority_name(found.certificate), evidence if holds else None)
