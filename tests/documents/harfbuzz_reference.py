"""A line drawn straight from what HarfBuzz says: its glyphs as filled paths, no font in the file, none of our cells.

Runs and their order are the engine's (tested against `python-bidi` and by the standard's cases); what comes after them,
the places of glyphs, cells, the embedded font and its widths, is not used.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import uharfbuzz as hb
from fontTools.pens.basePen import BasePen
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.text.bidi import embedding_levels, line_levels, visual_order
from desktop_app.documents.text.face import Face
from desktop_app.documents.text.runs import split_runs


class _PathPen(BasePen):  # type: ignore[misc]
    def __init__(self, path: Any, x: float, y: float, scale: float) -> None:
        super().__init__(None)
        self.path, self.x, self.y, self.scale = path, x, y, scale

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.x + point[0] * self.scale, self.y + point[1] * self.scale

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.path.moveTo(*self._at(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.path.lineTo(*self._at(pt))

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:
        self.path.curveTo(*self._at(pt1), *self._at(pt2), *self._at(pt3))

    def _closePath(self) -> None:
        self.path.close()


def draw_reference(
    file: BytesIO, page: tuple[float, float], text: str, faces: tuple[Face, ...], x: float, y: float, size: float
) -> None:
    """`text`, set from right to left, with the left end of its baseline at (x, y), as a PDF of one page."""
    canvas = Canvas(file, pagesize=page)
    runs = split_runs(text, line_levels(text, embedding_levels(text, 1), 1), faces)
    for position in visual_order([run.level for run in runs]):
        run = runs[position]
        buffer = hb.Buffer()
        buffer.add_str(text, run.start, run.end - run.start)
        buffer.direction = "rtl" if run.level % 2 else "ltr"
        buffer.script, buffer.language = run.script, "ar" if run.script == "Arab" else "en"
        hb.shape(run.face.shaper, buffer, {"liga": False, "dlig": False, "clig": False})
        scale = size / run.face.units_per_em
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            path = canvas.beginPath()
            pen = _PathPen(path, x + place.x_offset * scale, y + place.y_offset * scale, scale)
            run.face.shaper.draw_glyph_with_pen(info.codepoint, pen)
            canvas.drawPath(path, stroke=0, fill=1, fillMode=1)
            x += place.x_advance * scale
    canvas.showPage()
    canvas.save()
