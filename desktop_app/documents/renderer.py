"""The papers' port, answered with reportlab."""

from __future__ import annotations

from desktop_app.application.ports.papers import CertificateContent, LetterContent, PaperSeal, ReceiptContent
from desktop_app.documents.certificate import draw_certificate
from desktop_app.documents.letter import draw_letter
from desktop_app.documents.receipt import draw_receipt


class ReportlabRenderer:
    """`application.ports.papers.PaperRenderer`: equal content gives equal bytes; nothing is looked up."""

    def certificate(self, content: CertificateContent, seal: PaperSeal | None = None) -> bytes:
        """Raises ValueError for what cannot be set in the fonts there are, or does not fit on one sheet."""
        return draw_certificate(content, seal)

    def receipt(self, content: ReceiptContent, seal: PaperSeal | None = None) -> bytes:
        """Raises ValueError for what cannot be set in the fonts there are, or does not fit on one sheet."""
        return draw_receipt(content, seal)

    def letter(self, content: LetterContent, seal: PaperSeal | None = None) -> bytes:
        """On as many sheets as it takes. Raises ValueError for what cannot be set in the fonts there are."""
        return draw_letter(content, seal)
