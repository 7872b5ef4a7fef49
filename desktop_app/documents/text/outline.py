"""A line as filled outlines: ink that no reader takes for text, for watermarks."""

from __future__ import annotations

from typing import Any

from fontTools.pens.basePen import BasePen

from desktop_app.documents.text.lines import Line


def draw_outlines(canvas: Any, line: Line, x: float, y: float, size: float) -> None:
    """Fill the glyphs of `line` with the canvas' fill colour, baseline starting at (x, y)."""
    path = canvas.beginPath()
    pen_x = x
    for face, cells in line.pieces:
        scale = size / face.units_per_em
        for cell in cells:
            for glyph, dx, dy in cell.ink:
                face.shaper.draw_glyph_with_pen(glyph, _PathPen(path, pen_x + dx * scale, y + dy * scale, scale))
            pen_x += cell.advance * scale
    canvas.drawPath(path, stroke=0, fill=1, fillMode=1)


class _PathPen(BasePen):  # type: ignore[misc]
    """Glyph outlines onto a reportlab path; quadratic curves are raised to cubic ones by the base class."""

    def __init__(self, path: Any, x: float, y: float, scale: float) -> None:
        super().__init__(None)
        self._path, self._x, self._y, self._scale = path, x, y, scale

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self._x + point[0] * self._scale, self._y + point[1] * self._scale

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._path.moveTo(*self._at(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._path.lineTo(*self._at(pt))

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:
        self._path.curveTo(*self._at(pt1), *self._at(pt2), *self._at(pt3))

    def _closePath(self) -> None:
        self._path.close()
