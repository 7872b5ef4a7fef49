"""Tables and paragraphs: the blocks of a paper that may go on over the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.documents.fields import PAD, Fitted, fit
from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.plain import plain, require_glyphs
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.text.justify import stretch
from desktop_app.documents.text.lines import Line, break_lines
from desktop_app.documents.wording import Label

_ARABIC = 1
_POINT = "."


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head and its part of the width. Figures stand `at_left`, their decimal points under one another."""

    label: Label
    share: float = 1.0
    at_left: bool = False
    typeface: Typeface = Typeface.BODY


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that stands again on every page they go on to. The last row may be a `total`."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    size: float = 9.6

    def set(self, width: float, scale: float) -> SetTable:
        """Raises ValueError for a character without a glyph or a row of another length."""
        shares = sum(column.share for column in self.columns)
        widths = tuple(width * column.share / shares for column in self.columns)

        def cells(texts: Sequence[str], size: float, typeface: Typeface | None) -> tuple[Fitted, ...]:
            return tuple(
                fit(text, typeface or column.typeface, size * scale, own - PAD)
                for text, column, own in zip(texts, self.columns, widths, strict=True)
            )

        at_left = tuple(column.at_left for column in self.columns)
        head = cells([column.label.ar for column in self.columns], self.size * 0.86, Typeface.BODY_BOLD)
        filled = [(cells(texts, self.size, None), "TD") for texts in self.rows]
        if self.total is not None:
            filled.append((cells(self.total, self.size * 1.1, Typeface.BODY_BOLD), "total"))
        points = tuple(
            _point_of([of[at] for of, _ in filled], own - PAD) if figures else 0.0
            for at, (figures, own) in enumerate(zip(at_left, widths, strict=True))
        )
        return SetTable(
            SetTableRow(head, widths, at_left, (0.0,) * len(widths), scale, "TH"),
            tuple(SetTableRow(of, widths, at_left, points, scale, kind) for of, kind in filled),
        )


def _before_point(cell: Fitted) -> float:
    """How far a figure on one line reaches to the left of its decimal point; its whole width where it has none."""
    if len(cell.lines) != 1:
        return 0.0
    reach = 0.0
    for face, glyphs in cell.lines[0].pieces:
        for glyph in glyphs:
            if glyph.text == _POINT:
                return reach * cell.size
            reach += glyph.advance / face.units_per_em
    return reach * cell.size


def _point_of(cells: Sequence[Fitted], width: float) -> float:
    """How far from the column's left all decimal points stand; 0 where that leaves no room for one of the figures."""
    before = [_before_point(cell) for cell in cells]
    point = max(before, default=0.0)
    after = max((_width(cell) - own for cell, own in zip(cells, before, strict=True)), default=0.0)
    return point if point + after <= width else 0.0


def _width(cell: Fitted) -> float:
    return max((line.width for line in cell.lines), default=0.0) * cell.size


@dataclass(frozen=True, slots=True)
class SetTableRow:
    """One row whose height is known; `kind` is TH, TD or total. `points` say how far from its column's left a figure's
    decimal point stands, 0 where it stands as it falls."""

    cells: tuple[Fitted, ...]
    widths: tuple[float, ...]
    at_left: tuple[bool, ...]
    points: tuple[float, ...]
    scale: float
    kind: str

    @property
    def height(self) -> float:
        return max(cell.height for cell in self.cells) + 5 * self.scale

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        width, bottom = sum(self.widths), top - self.height
        if self.kind != "TD":
            sheet.box(right - width, bottom, width, self.height, "tint")
        x = right
        with sheet.element("TR"):
            for cell, own, at_left, point in zip(self.cells, self.widths, self.at_left, self.points, strict=True):
                sheet.ink("ink" if self.kind == "TD" else "accent")
                with sheet.element("TH" if self.kind == "TH" else "TD", cell.text):
                    y = top - 2.5 * self.scale
                    indent = max(0.0, point - _before_point(cell)) if point and len(cell.lines) == 1 else 0.0
                    for line in cell.lines:
                        y -= cell.size * 1.5
                        place, align = (x - own + PAD / 2 + indent, "left") if at_left else (x - PAD / 2, "right")
                        sheet.line(line, place, y + cell.size * 0.42, cell.size, align)
                x -= own
        strong = self.kind != "TD"
        sheet.rule(right - width, bottom, right, bottom, "accent" if strong else "line", 0.8 if strong else 0.45)


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table whose rows' heights are known; the layout takes it row by row."""

    head: SetTableRow
    rows: tuple[SetTableRow, ...]

    @property
    def height(self) -> float:
        return self.head.height + sum(row.height for row in self.rows)

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        with sheet.element("Table"):
            for row in (self.head, *self.rows):
                row.draw(sheet, right, top)
                top -= row.height


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text in Arabic, both edges straight: kashida where the typeface has it, the last line as it falls."""

    text: str
    size: float = 11.5
    typeface: Typeface = Typeface.BODY

    def set(self, width: float, scale: float) -> SetParagraph:
        """Raises ValueError for a character without a glyph."""
        shown, size, faces = plain(self.text), self.size * scale, faces_of(self.typeface)
        require_glyphs(shown, self.typeface)
        lines = break_lines(shown, faces, size, width, _ARABIC)
        even = [stretch(line, faces, _ARABIC, width / size) for line in lines[:-1]]
        return SetParagraph((*even, lines[-1]), size, shown)


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """A paragraph whose height is known."""

    lines: tuple[Line, ...]
    size: float
    text: str

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * 1.72 + self.size * 0.9

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        y = top - self.size * 0.2
        sheet.ink("ink")
        with sheet.element("P", self.text):
            for line in self.lines:
                y -= self.size * 1.72
                sheet.line(line, right, y + self.size * 0.45, self.size)
