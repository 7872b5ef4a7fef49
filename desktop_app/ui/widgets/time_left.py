"""Time left, as words and a thin bar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.theme import Tone, Type, current, fonts, space


def paint_time_left(painter: QPainter, rect: QRect, words: str, used: float | None, tone: Tone, *, rtl: bool) -> None:
    """Draw words over a thin bar (none where ``used`` is None); shared by the widget and the table's delegate."""
    theme = current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = fonts.font(theme.metrics, Type.SMALL)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    thick = space(0.5)
    above = rect if used is None else rect.adjusted(0, 0, 0, -thick)
    said = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(above, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, said)
    if used is not None:
        track = QRectF(rect.left(), rect.bottom() + 1 - thick, rect.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.neutral)
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        length = track.width() * min(max(used, 0.0), 1.0)
        if length > 0:
            gone = QRectF(track.right() - length if rtl else track.left(), track.top(), length, thick)
            painter.setBrush(theme.colour(tone))
            painter.drawRoundedRect(gone, thick / 2, thick / 2)
    painter.restore()


class TimeLeft(QWidget):
    """``words`` come from ``texts.durations``; ``used`` is the share of the promised time gone, 0 to 1."""

    def __init__(self, words: str = "", used: float = 0.0, tone: Tone = Tone.DONE) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_time(words, used, tone)

    def show_time(self, words: str, used: float, tone: Tone) -> None:
        self.words, self.used, self.tone = words, min(max(used, 0.0), 1.0), tone
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.font(current().metrics, Type.SMALL))
        return QSize(max(metrics.horizontalAdvance(self.words) + space(0.5), space(12)), metrics.height() + space(1))

    def paintEvent(self, event: QPaintEvent) -> None:
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        paint_time_left(painter, self.rect(), self.words, self.used, self.tone, rtl=rtl)
        painter.end()
