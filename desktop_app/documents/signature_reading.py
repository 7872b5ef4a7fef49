"""Reading the centre's signature off a file, strictly: see `signature_form.py` and `signature_container.py`."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_app.application.certificate_verifying import BrokenSignatureError, PaperSignature
from desktop_app.documents.code_reader import is_pdf
from desktop_app.documents.signature_container import BrokenContainerError, open_container
from desktop_app.documents.signature_form import find_form

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
        taken, kind, before, behind, rest, container = form.groups()
        begins, ends = form.start(6) - 1, form.end(6) + 1
        if (int(before), int(behind), int(rest)) != (begins, ends, len(content) - ends) or len(container) % 2:
            raise BrokenSignatureError("the signature does not cover the file")
        try:
            opened = open_container(
                bytes.fromhex(container.decode("ascii")), lambda scheme: scheme.hash(content[:begins], content[ends:])
            )
            at = datetime.strptime(taken.decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except (BrokenContainerError, ValueError) as why:
            raise BrokenSignatureError(str(why)) from why
        return PaperSignature(opened.public, at, kind.decode("ascii"))
