"""A line as filled outlines: ink that no reader takes for text, for watermarks."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from fontTools.pens.basePen import BasePen

from desktop_app.documents.text.lines import Line


@lru_cache(maxsize=64)
def outlines(line: Line, x: float, y: float, size: float) -> str:
    """The operators that fill the glyphs of `line` with the colour in use, baseline starting at (x, y)."""
    pen = _OperatorPen()
    for face, cells in line.pieces:
        scale = size / face.units_per_em
        pen.scale = scale
        for cell in cells:
            for glyph, dx, dy in cell.ink:
                pen.origin = x + dx * scale, y + dy * scale
                face.shaper.draw_glyph_with_pen(glyph, pen)
            x += cell.advance * scale
    return " ".join([*pen.operators, "f"])


@lru_cache(maxsize=64)
def path_operators(path: str, left: float, top: float, scale: float) -> str:
    """The `d` of an SVG path, filled, its origin at (left, top), y running down. Raises ValueError for what is none."""
    from fontTools.svgLib.path import parse_path

    pen = _OperatorPen()
    pen.origin, pen.scale, pen.down = (left, top), scale, -1.0
    parse_path(path, pen)
    if not pen.operators:
        raise ValueError("an empty path")
    return " ".join([*pen.operators, "f"])


class _OperatorPen(BasePen):  # type: ignore[misc]
    """Glyph outlines as operators of a page; quadratic curves are raised to cubic ones by the base class."""

    def __init__(self) -> None:
        super().__init__(None)
        self.operators: list[str] = []
        self.scale, self.down = 1.0, 1.0
        self.origin = (0.0, 0.0)

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        left, bottom = self.origin
        at = " ".join(f"{left + px * self.scale:.2f} {bottom + py * self.scale * self.down:.2f}" for px, py in points)
        self.operators.append(f"{at} {operator}" if points else operator)

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._add("l", pt)

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self._add("h")
