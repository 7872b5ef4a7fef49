"""Lines onto a reportlab canvas."""

from __future__ import annotations

from typing import Any

from desktop_app.documents.text.face import Face
from desktop_app.documents.text.lines import Line
from desktop_app.documents.text.reading import RIGHT
from desktop_app.documents.text.shaping import cell
from desktop_app.documents.text.type0 import DocumentFont


class TextPainter:
    """Draws shaped lines on one reportlab canvas and puts the fonts they use into its document.

    reportlab's own text operators know single-byte fonts only, so the operators are appended to the canvas'
    code directly; colours and the graphics state stay the canvas' business.
    """

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._fonts: dict[Face, DocumentFont] = {}
        self._shown: dict[tuple[Line, float], str] = {}
        self._balance = 0
        self._marked: Face | None = None

    def draw(self, line: Line, x: float, y: float, size: float) -> None:
        """`line` with the left end of its baseline at (x, y), in points."""
        operators = self.operators(line, x, y, size)
        if operators:
            self._canvas._code.append(operators)

    def operators(self, line: Line, x: float, y: float, size: float) -> str:
        """What draws it so, for whoever appends it together with more; nothing for an empty line."""
        self._balance += line.balance
        if line.marked:
            self._marked = line.pieces[0][0]
        shown = self._shown.get((line, size))
        if shown is None:
            shown = self._shown[line, size] = " ".join(
                [
                    f"/{font.resource} {size:.6g} Tf <{font.encode(cells)}> Tj"
                    for font, cells in [(self._font(face), cells) for face, cells in line.pieces if cells]
                ]
            )
        return f"BT {x:.2f} {y:.2f} Td {shown} ET" if shown else ""

    def finish_page(self, x: float, y: float) -> None:
        """Before the canvas' `showPage`: see to it that a page with mixed lines counts as one from right to left.

        Where letters of the other direction prevail on it, as many marks are put on a line that begins at (x, y),
        drawn as nothing, half a point apart: poppler takes what lies in one place for one character.
        """
        if self._marked and self._balance <= 0:
            apart = cell(RIGHT, (), self._marked.units_per_em // 2)
            self.draw(Line("", ((self._marked, (apart,) * (1 - self._balance)),), 0, 0, False), x, y, 1)
        self._balance, self._marked = 0, None

    def _font(self, face: Face) -> DocumentFont:
        font = self._fonts.get(face)
        if font is None:
            font = self._fonts[face] = DocumentFont(face, f"T{len(self._fonts) + 1}")
            document = self._canvas._doc
            document.fontMapping[font.resource] = font.resource
            document.delayedFonts.append(font)
        return font
