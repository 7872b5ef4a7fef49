"""Lines: broken in logical order, each ordered on its own from left to right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.documents.text.bidi import embedding_levels, first_strong_level, line_levels, visual_order
from desktop_app.documents.text.face import Face
from desktop_app.documents.text.reading import balance, reading_marks
from desktop_app.documents.text.runs import Run, split_runs
from desktop_app.documents.text.shaping import Cell, cell, shape

_CONTEXT = 3
_LONG_WORD = 120
"""Characters. Of a longer word so many are tried, then twice as many, before all of it."""
_BREAK_AFTER = frozenset(" \u200b-/\u2013\u2014\u060c\u061b")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Pieces from left to right, each with its face. `width` is for a size of 1 point.

    `balance` counts right-to-left letters less left-to-right ones; `marked` tells of direction marks among the cells.
    """

    text: str
    pieces: tuple[tuple[Face, tuple[Cell, ...]], ...]
    width: float
    balance: int
    marked: bool


def set_line(text: str, faces: tuple[Face, ...], base: int | None = None) -> Line:
    """`text` on one line. Without `base` the first strong letter decides the direction (right to left if none)."""
    return _set_span(text, 0, len(text), faces, first_strong_level(text) if base is None else base)


@lru_cache(maxsize=16384)
def _set_span(text: str, start: int, end: int, faces: tuple[Face, ...], base: int) -> Line:
    span = text[start:end]
    levels = line_levels(span, embedding_levels(text, base)[start:end], base)
    runs = split_runs(span, levels, faces)
    marks = reading_marks(span, levels, base)
    pieces = []
    width = 0.0
    for position in visual_order([run.level for run in runs]):
        run = runs[position]
        inside = span[run.start : run.end]
        before, after = span[: run.start][-_CONTEXT:], span[run.end :][:_CONTEXT]
        cells = shape(run.face, before, inside, after, run.level, run.script)
        if marks:
            cells = _with_marks(cells, run, marks)
        pieces.append((run.face, cells))
        width += sum(one.advance for one in cells) / run.face.units_per_em
    return Line(span, tuple(pieces), width, balance(span), bool(marks))


def _with_marks(cells: tuple[Cell, ...], run: Run, marks: dict[int, tuple[str, str]]) -> tuple[Cell, ...]:
    """`cells` with the marks of its characters to their left and right; one cell is one character."""
    result: list[Cell] = []
    for index, one in enumerate(cells):
        at = run.end - 1 - index if run.level % 2 else run.start + index
        left, right = marks.get(at, ("", ""))
        result += [cell(mark, (), 0) for mark in left]
        result.append(one)
        result += [cell(mark, (), 0) for mark in right]
    return tuple(result)


def break_lines(text: str, faces: tuple[Face, ...], size: float, width: float, base: int | None = None) -> list[Line]:
    """`text` at `size` in lines no wider than `width` points, as few words moved down as possible.

    A word wider than the line is cut between letters; nothing is left out but the spaces at breaks.
    """
    direction = first_strong_level(text) if base is None else base
    limit = width / size
    lines: list[Line] = []
    start = 0
    ends = _break_points(text)
    while start < len(text):
        coming = bisect_right(ends, start)
        near = start + _LONG_WORD
        while near < ends[coming] and _set_span(text, start, near, faces, direction).width <= limit:
            near += near - start
        best = None
        if near >= ends[coming]:
            best, near = _furthest(text, start, ends, coming, faces, direction, limit), ends[coming]
        if best is None:
            cuts = [end for end in range(start + 1, near + 1) if not _inside_cluster(text, end)] or [near]
            best = _furthest(text, start, cuts, 0, faces, direction, limit) or cuts[0]
        stop = _without_spaces(text, start, best)
        if stop > start:
            lines.append(_set_span(text, start, stop, faces, direction))
        start = best
    return lines or [_set_span("", 0, 0, faces, direction)]


def _furthest(
    text: str, start: int, ends: Sequence[int], first: int, faces: tuple[Face, ...], base: int, limit: float
) -> int | None:
    """The last of `ends`, from the one at `first` on, up to which the text goes on one line.

    Looked for in steps that double, then by halves: so no span is set that is much longer than a line, however long
    the text.
    """

    def fits(at: int) -> bool:
        return _set_span(text, start, _without_spaces(text, start, ends[at]), faces, base).width <= limit

    good, step = first - 1, 1
    while good + step < len(ends) and fits(good + step):
        good += step
        step *= 2
    bad = min(good + step, len(ends))
    while bad - good > 1:
        middle = (good + bad) // 2
        if fits(middle):
            good = middle
        else:
            bad = middle
    return ends[good] if good >= first else None


def _without_spaces(text: str, start: int, stop: int) -> int:
    while stop > start and text[stop - 1] == " ":
        stop -= 1
    return stop


def _break_points(text: str) -> list[int]:
    ends = [
        index + 1
        for index, char in enumerate(text)
        if char in _BREAK_AFTER
        and index + 1 < len(text)
        and text[index + 1] != " "
        and not (char in "-/" and text[index + 1].isdigit())
    ]
    return [*ends, len(text)]


def _inside_cluster(text: str, index: int) -> bool:
    from unicodedata import combining

    return index < len(text) and (combining(text[index]) != 0 or text[index] in "\u200c\u200d")
