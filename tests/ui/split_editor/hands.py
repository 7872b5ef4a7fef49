"""Typing and dragging as a person does, also in Arabic, which QTest's own typing cannot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def type_text(widget: QWidget, text: str) -> None:
    for char in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, PLAIN, char))


def drag_along(widget: QWidget, start: int, end: int, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press at the x of `start`, carry to that of `end`, let go."""
    y = widget.height() // 2
    QTest.mousePress(widget, LEFT, modifier, QPoint(start, y))
    for x in ((start + end) // 2, end):
        where = QPointF(x, y)
        moved = QMouseEvent(
            QEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(where)), Qt.MouseButton.NoButton, LEFT, modifier
        )
        QApplication.sendEvent(widget, moved)
    QTest.mouseRelease(widget, LEFT, modifier, QPoint(end, y))
