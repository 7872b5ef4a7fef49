"""A counter that leads to its list: a large figure over what it counts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop_app.texts.quantities import number
from desktop_app.ui.theme import Tone, Type, current, fonts, space


class Counter(QAbstractButton):
    """Nought is muted; a tone is shown only while there is something to see to."""

    def __init__(self, name: str, title: str, tone: Tone = Tone.ACCENT) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(title)
        self._tone = tone
        self.count: int | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        self.count = count
        self.setAccessibleName(f"{self.text()}: {number(count)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(22), space(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.colours.accent if self.hasFocus() else theme.colours.line
        painter.setPen(QPen(QColor(edge), theme.metrics.hairline))
        painter.setBrush(theme.neutral if self.underMouse() else self.palette().base())
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.metrics.radius, theme.metrics.radius)
        inner = self.rect().adjusted(space(2), space(1.5), -space(2), -space(1.5))
        painter.setPen(theme.colour(self._tone if self.count else Tone.MUTED))
        large = fonts.font(theme.metrics, Type.TITLE, QFont.Weight.DemiBold)
        painter.setFont(large)
        leading = Qt.AlignmentFlag.AlignLeading
        shown = "" if self.count is None else number(self.count)
        painter.drawText(inner, leading | Qt.AlignmentFlag.AlignTop, shown)
        small = fonts.font(theme.metrics, Type.BODY)
        painter.setFont(small)
        painter.setPen(theme.colour(Tone.PLAIN))
        said = QFontMetrics(small).elidedText(self.text(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, leading | Qt.AlignmentFlag.AlignBottom, said)
        painter.end()
