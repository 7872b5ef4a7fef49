"""Fields and rows: a label in both languages, and below it, on lines of its own, the value.

A value never shares a line with text of another script: readers that guess at directions then have nothing to guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol
from unicodedata import bidirectional

from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.plain import plain, require_glyphs
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.tagging import LEAF
from desktop_app.documents.text.lines import Line, break_lines, set_line
from desktop_app.documents.wording import Label

PAD = 7.0
_LABEL_SIZE = 7.4
_SMALLEST_LABEL = 6.2
_SMALLEST_SCALE = 0.5
_SMALLEST = 0.72
_MOST_LINES = 3


class Field(NamedTuple):
    """A value under its label; `beneath` is set small on lines of its own."""

    label: Label | None
    value: str
    beneath: str = ""
    size: float = 11.5
    typeface: Typeface = Typeface.BODY_MEDIUM
    share: float = 1.0
    colour: str = "ink"


class Fitted(NamedTuple):
    """Lines of one text that fit its width, and the size they fit at."""

    lines: tuple[Line, ...]
    size: float
    text: str = ""

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * 1.5 if self.lines else 0.0


_NOTHING = Fitted((), 0.0)


@lru_cache(maxsize=16384)
def fit(text: str, typeface: Typeface, size: float, width: float) -> Fitted:
    """Text with Arabic in it runs from right to left, as the paper does, whatever it begins with.

    It is set at `size` if it goes on a line, a little smaller if that helps, otherwise on several lines.

    Raises ValueError for a character without a glyph.
    """
    shown = plain(text)
    if not shown:
        return Fitted((), size)
    require_glyphs(shown, typeface)
    faces = faces_of(typeface)
    base = int(not shown.isascii() and any(bidirectional(char) in ("R", "AL") for char in shown))
    whole = set_line(shown, faces, base)
    if whole.width * size <= width:
        return Fitted((whole,), size, shown)
    if whole.width * size * 0.86 <= width:
        return Fitted((whole,), width / whole.width, shown)
    smaller = size
    lines = break_lines(shown, faces, smaller, width, base)
    while len(lines) > _MOST_LINES and smaller > size * _SMALLEST:
        smaller *= 0.94
        lines = break_lines(shown, faces, smaller, width, base)
    return Fitted(tuple(lines), smaller, shown)


class SetField(NamedTuple):
    """A field fitted into its width, ready to be drawn."""

    field: Field
    width: float
    scale: float
    value: Fitted
    beneath: Fitted
    label_size: float
    height: float

    @classmethod
    def of(cls, field: Field, width: float, scale: float) -> SetField:
        """Raises ValueError for a character without a glyph."""
        value = fit(field.value, field.typeface, field.size * scale, width - 2 * PAD)
        beneath = _NOTHING
        if field.beneath:
            beneath = fit(field.beneath, Typeface.BODY, field.size * scale * 0.74, width - 2 * PAD)
        label_size = max(_LABEL_SIZE * scale, _SMALLEST_LABEL * min(1.0, scale / _SMALLEST_SCALE))
        label = label_size * 1.75 if field.label else 2.0 * scale
        height = label + 6.5 * scale + value.height + beneath.height
        return cls(field, width, scale, value, beneath, label_size, height)

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        """Within `width` to the left of `right` and `height` below `top`."""
        inner_right, inner_left = right - PAD, right - self.width + PAD
        y = top - 3 * self.scale
        if self.field.label:
            size = self.label_size
            draw_label(sheet, self.field.label, inner_left, inner_right, y - size * 1.15, size)
            y -= size * 1.75
        sheet.ink(self.field.colour)
        y = _draw_lines(sheet, self.value, inner_right, y, 0.42)
        if self.beneath.lines:
            sheet.ink("muted")
            _draw_lines(sheet, self.beneath, inner_right, y, 0.45)


def _draw_lines(sheet: Sheet, fitted: Fitted, right: float, y: float, rise: float) -> float:
    """Each line `rise` of its size above its foot; answers where the last one ends."""
    lines, size = fitted.lines, fitted.size
    if len(lines) == 1:  # an element of its own anyway
        y -= size * 1.5
        sheet.line(lines[0], right, y + size * rise, size)
        return y
    with sheet.element(LEAF, fitted.text):
        for line in lines:
            y -= size * 1.5
            sheet.line(line, right, y + size * rise, size)
    return y


def draw_label(sheet: Sheet, label: Label, left: float, right: float, y: float, size: float) -> None:
    """Arabic at the right, English at the left, both smaller if they would meet."""
    arabic, english, smaller = _label_lines(label, right - left, size)
    sheet.ink("muted")
    sheet.line(arabic, right, y, smaller)
    sheet.line(english, left, y, smaller * 0.92, "left")


@lru_cache(maxsize=4096)
def _label_lines(label: Label, width: float, size: float) -> tuple[Line, Line, float]:
    """Both lines, and the size at which they do not meet."""
    faces = faces_of(Typeface.BODY)
    arabic, english = set_line(label.ar, faces), set_line(label.en, faces)
    wanted = (arabic.width + english.width * 0.92) * size + 6
    return arabic, english, size * min(1.0, width / wanted)


class TooLongError(ValueError):
    """The content does not fit on the sheet at any size that can still be read."""


class SetBlock(Protocol):
    """A part of a page whose height is known."""

    @property
    def height(self) -> float: ...

    def draw(self, sheet: Sheet, right: float, top: float) -> None: ...


class Block(Protocol):
    """A part of a page that can be fitted into a width, everything in it `scale` times its usual size."""

    def set(self, width: float, scale: float) -> SetBlock: ...


class Row(NamedTuple):
    """Fields side by side, the first at the right, with a hairline below and between them."""

    fields: tuple[Field, ...]
    tint: bool = False

    def set(self, width: float, scale: float) -> SetRow:
        """Raises ValueError for a character without a glyph."""
        return _set_row(self, width, scale)


@lru_cache(maxsize=4096)
def _set_row(row: Row, width: float, scale: float) -> SetRow:
    """Sheets of one batch say much alike: the licences of one split lie in the same premises."""
    shares = sum([field.share for field in row.fields])
    cells = [SetField.of(field, width * field.share / shares, scale) for field in row.fields]
    return SetRow(tuple(cells), row.tint, max([cell.height for cell in cells]))


class SetRow(NamedTuple):
    """A row whose height is known."""

    cells: tuple[SetField, ...]
    tint: bool
    height: float

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        width = sum([cell.width for cell in self.cells])
        bottom = top - self.height
        if self.tint:
            sheet.box(right - width, bottom, width, self.height, "tint")
        x = right
        for index, cell in enumerate(self.cells):
            cell.draw(sheet, x, top)
            if index and (cell.field.label or cell.field.value):
                sheet.rule(x, bottom + 5, x, top - 5, width=0.5)
            x -= cell.width
        sheet.rule(right - width, bottom, right, bottom, width=0.5)


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a group of rows."""

    label: Label
    size: float = 10.5

    def set(self, width: float, scale: float) -> SetHeading:
        return SetHeading(self.label, width, self.size * scale)


@dataclass(frozen=True, slots=True)
class SetHeading:
    """A heading whose height is known."""

    label: Label
    width: float
    size: float

    @property
    def height(self) -> float:
        return self.size * 2.35

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        y = top - self.size * 1.62
        sheet.ink("accent")
        with sheet.element("H2", self.label.ar):
            sheet.text(self.label.ar, right, y, self.size, Typeface.BODY_BOLD)
        sheet.text(self.label.en, right - self.width, y, self.size * 0.84, Typeface.BODY_MEDIUM, "left")
        sheet.rule(right - self.width, top - self.height, right, top - self.height, "accent", 0.9)


def in_columns(fields: Sequence[Field], columns: int) -> list[Row]:
    """Rows of `columns` fields; the last one is filled up with empty ones, so that columns stay in line."""
    rows = []
    for start in range(0, len(fields), columns):
        group = list(fields[start : start + columns])
        group += [Field(None, "")] * (columns - len(group))
        rows.append(Row(tuple(group)))
    return rows


def fit_blocks(
    blocks: Sequence[Block], width: float, height: float, smallest: float = _SMALLEST_SCALE, largest: float = 1.0
) -> list[SetBlock]:
    """All blocks at the largest common scale at which they fit; a list of what fits is never cut short.

    Raises TooLongError if even `smallest` is too large, ValueError for a character without a glyph.
    """
    scale = largest
    while scale >= smallest:
        done = [block.set(width, scale) for block in blocks]
        if sum(block.height for block in done) <= height:
            return done
        scale -= 0.03
    raise TooLongError("the content does not fit on one sheet")
