"""The rows of a receipt's bill: what was paid for at the right, the amount at the left, figures under figures."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.fields import PAD, Fitted, draw_label, fit
from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.tagging import LEAF
from desktop_app.documents.text.lines import Line, set_line
from desktop_app.documents.wording import Label

AMOUNT_WIDTH = 84.0


@dataclass(frozen=True, slots=True)
class BillRow:
    """One line of the bill; `note` is set small below its label."""

    label: Label
    note: str
    amount: str

    def set(self, width: float, scale: float) -> SetBillRow:
        """Raises ValueError for a character without a glyph."""
        room = width - AMOUNT_WIDTH - 2 * PAD
        return SetBillRow(
            width,
            scale,
            fit(self.label.ar, Typeface.BODY_MEDIUM, 10 * scale, room * 0.6),
            fit(self.label.en, Typeface.BODY, 7.6 * scale, room * 0.38),
            fit(self.note, Typeface.BODY, 7.6 * scale, room),
            set_line(self.amount, faces_of(Typeface.BODY_MEDIUM)),
        )


@dataclass(frozen=True, slots=True)
class SetBillRow:
    """A bill row whose height is known."""

    width: float
    scale: float
    arabic: Fitted
    english: Fitted
    note: Fitted
    amount: Line

    @property
    def height(self) -> float:
        return self._label_height + self.note.height + 5 * self.scale

    @property
    def _label_height(self) -> float:
        return max(self.arabic.height, self.english.height)

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        left = right - self.width
        below = top - 1.5 * self.scale
        self._draw_lines(sheet, self.arabic, right - PAD, below, "ink", "right")
        self._draw_lines(sheet, self.english, left + AMOUNT_WIDTH + PAD, below - 3 * self.scale, "muted", "left")
        self._draw_lines(sheet, self.note, right - PAD, below - self._label_height, "muted", "right")
        size = 11 * self.scale
        sheet.ink("ink")
        sheet.line(self.amount, left + AMOUNT_WIDTH - PAD, top - self.height / 2 - size * 0.36, size)
        sheet.rule(left, top - self.height, right, top - self.height, width=0.5)

    @staticmethod
    def _draw_lines(sheet: Sheet, part: Fitted, x: float, top: float, colour: str, align: str) -> None:
        sheet.ink(colour)
        with sheet.element(LEAF, part.text):
            for index, line in enumerate(part.lines, 1):
                sheet.line(line, x, top - part.size * (1.5 * index - 0.42), part.size, align)


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
