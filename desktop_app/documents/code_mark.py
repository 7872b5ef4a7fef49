"""The QR code at the foot of a certificate."""

from __future__ import annotations

from desktop_app.documents.sheet import Sheet

CODE_SIDE = 116.0
"""Points (41 mm), the quiet zone of four modules included."""
CODE_GAP = 4.0
_QUIET = 4
_LARGEST_WITH_Q = 14
"""Up to this version (73 modules) a module is at least 3 dots wide at 150 dpi."""


def draw_code(sheet: Sheet, text: str, x: float, y: float, side: float) -> None:
    """`text` as a QR code in a white square whose lower left corner is at (x, y).

    A quarter of it may be stained (level Q) unless that makes the modules small; then a seventh (level M).
    Raises ValueError for a text that no QR code holds.
    """
    import segno

    code = segno.make_qr(text, error="q", boost_error=False)
    if not isinstance(code.version, int) or code.version > _LARGEST_WITH_Q:
        code = segno.make_qr(text, error="m", boost_error=False)
    rows = [bytes(row) for row in code.matrix]
    module = side / (len(rows) + 2 * _QUIET)
    sheet.white(x, y, side, side)
    top = y + side - _QUIET * module
    bars = []
    for index, row in enumerate(rows):
        at = 0
        while (begin := row.find(1, at)) >= 0:
            at = end if (end := row.find(0, begin)) >= 0 else len(row)
            left = x + (_QUIET + begin) * module
            bars.append((left, top - (index + 1) * module, (at - begin) * module, module))
    sheet.bars(bars)
