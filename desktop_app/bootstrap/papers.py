"""Papers: what draws them and what reads the codes on them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from desktop_app.application.certificate_verifying import CertificateVerifier
    from desktop_app.application.ports.papers import (
        CertificateContent,
        LetterContent,
        PaperRenderer,
        PaperSeal,
        ReceiptContent,
    )
    from desktop_app.application.ports.timestamps import CountingStamper


class Press:
    """`application.ports.papers.PaperRenderer`, loaded with the first paper that is drawn."""

    @cached_property
    def _renderer(self) -> PaperRenderer:
        from desktop_app.documents.renderer import ReportlabRenderer

        return ReportlabRenderer()

    def certificate(self, content: CertificateContent, seal: PaperSeal | None = None) -> bytes:
        return self._renderer.certificate(content, seal)

    def receipt(self, content: ReceiptContent, seal: PaperSeal | None = None) -> bytes:
        return self._renderer.receipt(content, seal)

    def letter(self, content: LetterContent, seal: PaperSeal | None = None) -> bytes:
        return self._renderer.letter(content, seal)


def use_municipality(file: Path) -> None:
    """Papers that this process draws are of the municipality that `file` describes. Raises ValueError, saying why."""
    from desktop_app.documents.municipality import use_municipality as use

    use(file)


def paper_stamper(
    url: str, credentials: str | None, policy: str | None, authorities: Callable[[], Sequence[bytes]]
) -> CountingStamper:
    """Asks the time-stamping authority at `url`, and believes it only where `authorities` (DER) name it. Raises
    ValueError for an address that is none."""
    from desktop_app.centre.timestamp_line import HttpRevocationLine, HttpTimestampLine
    from desktop_app.documents.evidence_keeping import EvidenceKeeper
    from desktop_app.documents.timestamping import AuthorityStamper

    keeper = EvidenceKeeper(HttpRevocationLine(), authorities)
    return AuthorityStamper(HttpTimestampLine(url, credentials), authorities, policy, keeper=keeper)


def certificate_verifier() -> CertificateVerifier:
    """Checks certificates in PDFs (their signature too), pictures and scanners' texts."""
    from desktop_app.application.certificate_verifying import CertificateVerifier
    from desktop_app.documents.code_reader import ZxingCodeFinder
    from desktop_app.documents.signature_reading import StrictSignatureReader

    return CertificateVerifier(ZxingCodeFinder(), StrictSignatureReader())
