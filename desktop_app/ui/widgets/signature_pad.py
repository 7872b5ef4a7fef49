"""A place to sign with mouse, pen or finger: what is kept are its strokes, not a picture.

Names: the pad's own, and `<name>.clear`.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.handover import INK_SIDE, MOST_INK, Strokes, ink_of, strokes_of
from desktop_app.texts import tr
from desktop_app.ui.theme import Tone, Type, current, fonts, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.layouts import column, row

_NEAR = 6
"""Points nearer to the last one than so many units are left out."""
WIDTH, HEIGHT = 56, 20
"""Grid units. One scale for both directions, so that a signature keeps its shape."""


class SignaturePad(QWidget):
    """`typed` is the signature as `domain.handover.ink_of` writes it, "" while nothing is drawn."""

    edited = Signal()

    def __init__(self, ink: str = "") -> None:
        super().__init__()
        self.paper = _Paper(_read(ink))
        self.paper.setAccessibleName(tr("Signature"))
        self.clear = button(tr("Sign again"), "quiet", None, self._clear)
        self.setFocusProxy(self.clear)
        box = column(self.paper, row(self.clear, 1), gap=0.5)
        box.setContentsMargins(0, 0, 0, 0)
        self.setLayout(box)
        self.paper.drawn.connect(self._changed)
        self.clear.setVisible(bool(self.paper.strokes))

    def setObjectName(self, name: str) -> None:
        """The parts within are named after the field."""
        super().setObjectName(name)
        self.paper.setObjectName(f"{name}.paper")
        self.clear.setObjectName(f"{name}.clear")

    @property
    def typed(self) -> str:
        return ink_of(self.paper.strokes)

    def _clear(self) -> None:
        self.paper.wipe()
        self._changed()

    def _changed(self) -> None:
        self.clear.setVisible(bool(self.paper.strokes))
        self.edited.emit()


class _Paper(QWidget):
    drawn = Signal()

    def __init__(self, strokes: Strokes) -> None:
        super().__init__()
        self.strokes: Strokes = strokes
        self._going: list[tuple[int, int]] = []
        self.setFixedSize(space(WIDTH), space(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def wipe(self) -> None:
        self.strokes, self._going = (), []
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._going = [self._at(event.position())]
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._going:
            return
        x, y = self._at(event.position())
        last_x, last_y = self._going[-1]
        if max(abs(x - last_x), abs(y - last_y)) >= _NEAR:
            self._going.append((x, y))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._going:
            return
        longer = (*self.strokes, tuple(self._going))
        self._going = []
        if len(ink_of(longer)) <= MOST_INK:
            self.strokes = longer
            self.drawn.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour(Tone.MUTED), 1))
        painter.drawRoundedRect(frame, space(0.5), space(0.5))
        line = frame.bottom() - space(4)
        painter.setPen(QPen(theme.neutral, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(space(2), line), QPointF(frame.right() - space(2), line))
        if not self.strokes and not self._going:
            painter.setFont(fonts.font(theme.metrics, Type.SMALL))
            painter.setPen(theme.colour(Tone.MUTED))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, tr("Sign here"))
        painter.setPen(
            QPen(theme.colour(Tone.PLAIN), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        for stroke in (*self.strokes, tuple(self._going)):
            painter.drawPolyline(QPolygonF([self._point(at) for at in stroke]))

    def _at(self, place: QPointF) -> tuple[int, int]:
        scale = INK_SIDE / self.width()
        x = min(max(place.x(), 0.0), float(self.width()))
        y = min(max(place.y(), 0.0), float(self.height()))
        return round(x * scale), round(y * scale)

    def _point(self, at: tuple[int, int]) -> QPointF:
        scale = self.width() / INK_SIDE
        return QPointF(at[0] * scale, at[1] * scale)


def _read(ink: str) -> Strokes:
    """What was kept of an earlier try; nothing of what is no signature."""
    try:
        return strokes_of(ink) if ink else ()
    except ValueError:
        return ()
