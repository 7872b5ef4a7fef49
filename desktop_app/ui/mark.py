"""The product's mark, as windows and the task bar show it: one sheet that has become two."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from desktop_app.ui.theme import current

_SIDES = (16, 24, 32, 48, 64, 128, 256)


def mark() -> QIcon:
    """Drawn anew for each size that is asked for, so that it is sharp in the smallest."""
    icon = QIcon()
    for side in _SIDES:
        icon.addPixmap(_drawn(side))
    return icon


def _drawn(side: int) -> QPixmap:
    colours = current().colours
    ground, sheet = QColor(colours.accent), QColor(colours.on_accent)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / 32, side / 32)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(0, 0, 32, 32), 7, 7)
    painter.setBrush(sheet)
    painter.drawRoundedRect(QRectF(6, 7, 9, 18), 1.5, 1.5)
    painter.drawRoundedRect(QRectF(17, 7, 9, 18), 1.5, 1.5)
    pen = QPen(ground, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for start in (9.0, 20.0):
        for line in (12.0, 16.0, 20.0):
            painter.drawLine(QPointF(start, line), QPointF(start + 3, line))
    painter.end()
    return pixmap
