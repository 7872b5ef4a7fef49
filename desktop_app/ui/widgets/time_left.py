"""Time left, as words and a thin bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.theme import Tone, Type, current, fonts, space


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
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(theme.metrics, Type.SMALL))
        painter.setPen(theme.colour(self.tone))
        thick = space(0.5)
        above = self.rect().adjusted(0, 0, 0, -thick)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, self.words)
        track = QRectF(0, self.height() - thick, self.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.neutral)
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        length = track.width() * self.used
        if length > 0:
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            gone = QRectF(track.right() - length if rtl else 0.0, track.top(), length, thick)
            painter.setBrush(theme.colour(self.tone))
            painter.drawRoundedRect(gone, thick / 2, thick / 2)
        painter.end()
