"""Shaping: what HarfBuzz says about a run, as cells.

A cell is one character with the ink drawn for it.  A cluster of several characters (lam-alef, a mark that
melts into its letter) becomes one cell per character: the first one drawn carries all the ink, the advance is
shared among those that are not marks.  So each code in the file stands for exactly one character, and no
reader has to take a ligature apart; poppler and pdfium do that in opposite orders.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

import uharfbuzz as hb

from desktop_app.documents.text.face import Face

Ink = tuple[tuple[int, int, int], ...]
"""(glyph, x, y) of each glyph drawn, from the cell's origin, in font units."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One character as drawn. `advance` in font units. Made by `cell`, so that equal ones are one object."""

    text: str
    ink: Ink
    advance: int


_CELLS: dict[tuple[str, Ink, int], Cell] = {}


def cell(text: str, ink: Ink, advance: int) -> Cell:
    """The one cell of that kind: documents look codes up by cell many thousand times, by identity."""
    key = (text, ink, advance)
    found = _CELLS.get(key)
    if found is None:
        found = _CELLS[key] = Cell(text, ink, advance)
    return found


@lru_cache(maxsize=65536)
def shape(
    face: Face, before: str, text: str, after: str, level: int, script: str, ligatures: bool = False
) -> tuple[Cell, ...]:
    """Cells of a run from left to right.

    `before` and `after` are the neighbouring characters in logical order, for letters that join across a
    change of face.  Optional ligatures (`liga`) are off unless asked for; those the script requires are always on.
    """
    buffer = hb.Buffer()
    buffer.add_str(before + text + after, len(before), len(text))
    buffer.direction = "rtl" if level % 2 else "ltr"
    buffer.script = script
    buffer.language = "ar" if script == "Arab" else "en"
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(face.shaper, buffer, {} if ligatures else {"liga": False, "dlig": False, "clig": False})
    return tuple(_cells(text, buffer, bool(level % 2), len(before)))


def _cells(text: str, buffer: hb.Buffer, backwards: bool, offset: int) -> list[Cell]:
    drawn_as = [
        (info.cluster, info.codepoint, place.x_offset, place.y_offset, place.x_advance)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
    if (
        drawn_as
        and len(drawn_as) == len({one[0] for one in drawn_as}) == len(text)
        and min([one[4] for one in drawn_as]) >= 0
    ):
        # A glyph for each character: nothing is to be shared out.
        return [cell(text[cluster - offset], ((code, x, y),), advance) for cluster, code, x, y, advance in drawn_as]
    glyphs: dict[int, list[tuple[int, int, int, int]]] = {}
    for cluster, *glyph in drawn_as:
        glyphs.setdefault(cluster, []).append(tuple(glyph))
    starts = sorted(glyphs)
    ends = dict(zip(starts, [*starts[1:], len(text) + offset], strict=True))
    cells: list[Cell] = []
    debt = 0
    for cluster, drawn in glyphs.items():
        ink, pen = [], 0
        for code, x, y, advance in drawn:
            ink.append((code, pen + x + debt, y))
            pen += advance
        chars = text[cluster - offset : ends[cluster] - offset]
        new = _shared(chars[::-1] if backwards else chars, tuple(ink), max(0, pen + debt))
        debt += pen - sum([one.advance for one in new])
        cells += new
    return cells


def _shared(chars: str, ink: Ink, advance: int) -> list[Cell]:
    """`chars` in drawing order with the ink on the first.

    One that has neither ink nor width would be lost by pdfium, so it gets one unit, taken from what follows.
    """
    if len(chars) == 1:
        return [cell(chars, ink, advance)]
    letters = [index for index, char in enumerate(chars) if category(char) not in ("Mn", "Me", "Cf")]
    bearers = letters or [len(chars) - 1]
    share, rest = divmod(advance, len(bearers))
    cells = []
    for index, char in enumerate(chars):
        width = share + (rest if index == bearers[-1] else 0) if index in bearers else 0
        cells.append(cell(char, ink if index == 0 else (), width or int(index > 0)))
    return cells
