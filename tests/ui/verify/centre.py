"""A centre of a test's own whose certificates are checked on the screen: its sheets are drawn and signed as the real
ones, each in the state that is wanted."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image

from desktop_app.application.certificate_checking import FolderChecks
from desktop_app.application.certificate_keys import signed_keys, signed_revocations, throw_away_key
from desktop_app.application.certificate_trust import write_trust
from desktop_app.application.certificate_verifying import GreyPicture
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.papers import CertificateContent
from desktop_app.bootstrap.papers import Press, certificate_verifier
from desktop_app.cli.sample_certificates import sample_certificates
from desktop_app.documents.code_reader import find_codes
from desktop_app.domain.certificate_check import (
    CertificateKey,
    CertifiedLicence,
    Ended,
    EndedCertificate,
    KeyList,
    KeyStatus,
    RevocationList,
    Verdict,
)
from tests.domain import builders

NOW = builders.NOW
ISSUED = NOW.replace(microsecond=0) - timedelta(hours=2)


class ACentre:
    """`sheets[verdict]` is a PDF for which the screen must give that verdict."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lists_folder = folder, folder / "lists"
        self.list_key, self.key, self.strange = throw_away_key(), throw_away_key(), throw_away_key()
        self.certifier = Certifier(self.key)
        self.checks = FolderChecks(certificate_verifier(), self.lists_folder)
        # Of vocations and a district that the workplaces of the tests know.
        known, place = builders.make_reference().vocations[:2], builders.make_reference().districts[0]
        drawn = (
            replace(one, vocations=known, district=place) for one in sample_certificates(8, self.certifier, ISSUED)
        )
        self.contents = [replace(one, code=self.certifier.code(replace(self.said(one), sample=True))) for one in drawn]

    def write_lists(self, at: datetime = NOW) -> None:
        """The lists as a workstation has fetched them; two of the certificates hold no more."""
        self._write(self.lists_folder, at)

    def _write(self, folder: Path, at: datetime) -> None:
        keys = KeyList(at, (CertificateKey(self.key.kid, self.key.public, ISSUED, None, KeyStatus.CURRENT),))
        ended = (
            EndedCertificate(self.contents[2].number, ISSUED, Ended.REVOKED),
            EndedCertificate(self.contents[3].number, ISSUED, Ended.SUPERSEDED, (self.contents[0].number,)),
        )
        write_trust(
            folder,
            self.list_key.public,
            signed_keys(keys, self.list_key),
            signed_revocations(RevocationList(at, ended), self.list_key),
        )

    def draw(self, content: CertificateContent, certifier: Certifier | None = None) -> bytes:
        return Press().certificate(content, (certifier or self.certifier).seal("certificate", ISSUED))

    @cached_property
    def valid(self) -> bytes:
        """No sample: a licence, as the code says."""
        content = self.contents[0]
        return self.draw(replace(content, code=self.certifier.code(self.said(content)), sample=False))

    def said(self, content: CertificateContent) -> CertifiedLicence:
        return CertifiedLicence(
            number=content.number,
            holder=content.holder.name_ar,
            vocations=tuple(one.code for one in content.vocations),
            area=content.area,
            district=content.district.number,
            valid_until=content.valid_until,
            parent=content.parent_number,
            issued_at=ISSUED,
            sample=False,
        )

    def of(self, verdict: Verdict) -> bytes:
        match verdict:
            case Verdict.VALID:
                return self.valid
            case Verdict.ALTERED:
                return self.valid.replace(b"%%EOF", b"%%EOG", 1)
            case Verdict.UNKNOWN_KEY:
                return self.draw(self.contents[1], Certifier(self.strange))
            case Verdict.REVOKED:
                return self.draw(self.contents[2])
            case Verdict.SUPERSEDED:
                return self.draw(self.contents[3])
            case Verdict.EXPIRED:
                content = self.contents[4]
                over = (NOW - timedelta(days=2)).date()
                said = replace(self.said(content), valid_until=over)
                return self.draw(replace(content, code=self.certifier.code(said), valid_until=over))
            case Verdict.UNREADABLE:
                return b"hello"
            case Verdict.UNSIGNED:
                held = io.BytesIO()
                with pikepdf.open(io.BytesIO(self.valid)) as document:
                    del document.pages[0].Annots
                    del document.Root.AcroForm
                    document.save(held)
                return held.getvalue()

    def file(self, content: bytes, name: str = "شهادة.pdf") -> str:
        place = self.folder / name
        place.write_bytes(content)
        return str(place)

    def code(self, content: bytes | None = None) -> str:
        (found,) = find_codes(content or self.valid)
        return found.text

    def picture(self, content: bytes | None = None, kind: str = "PNG") -> bytes:
        """A photograph of a sheet."""
        return _encoded([self.page(content)], kind)

    def scan(self) -> bytes:
        """A scan of three sheets: a valid one, one that was revoked, a sample."""
        sheets = (self.valid, self.of(Verdict.REVOKED), self.draw(self.contents[5]))
        return _encoded([self.page(one) for one in sheets], "TIFF")

    def page(self, content: bytes | None = None) -> Image.Image:
        page: Image.Image = pypdfium2.PdfDocument(content or self.valid)[0].render(scale=2.5).to_pil().convert("L")
        return page

    def grey(self, content: bytes | None = None) -> GreyPicture:
        page = self.page(content)
        return GreyPicture(page.width, page.height, page.tobytes())


def _encoded(pages: list[Image.Image], kind: str) -> bytes:
    held = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(held, kind, **more)
    return held.getvalue()
