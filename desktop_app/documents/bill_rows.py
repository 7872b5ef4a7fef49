"""The rows of a receipt's bill: what was paid for at the right, the amount at the left, figures under figures."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.fields import PAD, Fitted, draw_label, fit
from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.text.lines import Line, set_line
from desktop_app.documents.wording import Label

AMOUNT_WIDTH = 84.0


@dataclass(frozen=True, slots=True)
class BillRow:
    """One line of the bill; `notes` are set small below its label, each on lines of its own."""

    label_ar: str
    label_en: str
    notes: tuple[str, ...]
    amount: str

    def set(self, width: float, scale: float) -> SetBillRow:
        """Raises ValueError for a character without a glyph."""
        room = width - AMOUNT_WIDTH - 2 * PAD
        figure = set_line(self.amount, faces_of(Typeface.BODY_MEDIUM))
        return SetBillRow(
            width,
            scale,
            fit(self.label_ar, Typeface.BODY_MEDIUM, 10 * scale, room),
            tuple(fit(note, Typeface.BODY, 7.8 * scale, room) for note in self.notes if note),
            fit(self.label_en, Typeface.BODY, 7.4 * scale, room),
            figure,
        )


@dataclass(frozen=True, slots=True)
class SetBillRow:
    """A bill row whose height is known."""

    width: float
    scale: float
    arabic: Fitted
    notes: tuple[Fitted, ...]
    english: Fitted
    amount: Line

    @property
    def height(self) -> float:
        return self.arabic.height + self.english.height + sum(note.height for note in self.notes) + 6 * self.scale

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        left = right - self.width
        y = top - 2 * self.scale
        parts = ((self.arabic, "ink"), (self.english, "muted"), *((note, "muted") for note in self.notes))
        for part, colour in parts:
            sheet.ink(colour)
            for line in part.lines:
                y -= part.size * 1.5
                sheet.line(line, right - PAD, y + part.size * 0.42, part.size)
        size = 11 * self.scale
        sheet.ink("ink")
        sheet.line(self.amount, left + AMOUNT_WIDTH - PAD, top - self.height / 2 - size * 0.36, size)
        sheet.rule(left, top - self.height, right, top - self.height, width=0.5)


@dataclass(frozen=True, slots=True)
class TotalRow:
    """The sum, on a tinted band."""

    label: Label
    amount: str

    def set(self, width: float, scale: float) -> SetTotalRow:
        return SetTotalRow(self.label, set_line(self.amount, faces_of(Typeface.BODY_BOLD)), width, scale)


@dataclass(frozen=True, slots=True)
class SetTotalRow:
    """A total whose height is known."""

    label: Label
    amount: Line
    width: float
    scale: float

    @property
    def height(self) -> float:
        return 30 * self.scale

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        left = right - self.width
        sheet.box(left, top - self.height, self.width, self.height, "tint")
        size = 14 * self.scale
        sheet.ink("accent")
        # The figure ends where the column's figures end, so that decimals stand under decimals.
        sheet.line(self.amount, left + AMOUNT_WIDTH - PAD, top - self.height / 2 - size * 0.36, size)
        label_left = left + AMOUNT_WIDTH + PAD
        draw_label(sheet, self.label, label_left, right - PAD, top - self.height / 2 - 3, 9 * self.scale)
