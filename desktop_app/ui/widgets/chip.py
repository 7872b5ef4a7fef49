"""Small words with an icon on a ground: a request's status, a vocation, a mark."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui import icons
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, current, fonts, space
from desktop_app.ui.widgets.tool_tip import plain_tool_tip

ICONS = {Tone.LATE: Icon.LATE, Tone.SOON: Icon.SOON, Tone.DONE: Icon.DONE, Tone.BLOCKED: Icon.BLOCKED}


def chip_metrics() -> QFontMetrics:
    return QFontMetrics(fonts.font(current().metrics, Type.SMALL))


def chip_size(text: str, icon: Icon | None) -> QSize:
    """What a chip needs; delegates ask it for their columns."""
    metrics = chip_metrics()
    icon_width = metrics.height() + space(0.5) if icon else 0
    return QSize(metrics.horizontalAdvance(text) + icon_width + space(2), metrics.height() + space(0.5))


def paint_chip(painter: QPainter, rect: QRect, text: str, tone: Tone, icon: Icon | None, *, rtl: bool) -> None:
    """Draw a chip at the leading end of ``rect``; shared by the widget and the table's delegate."""
    theme = current()
    size = chip_size(text, icon)
    width = min(size.width(), rect.width())
    x = rect.right() - width + 1 if rtl else rect.left()
    box = QRect(x, rect.center().y() - size.height() // 2, width, size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = theme.colour(tone)
    painter.setPen(QPen(ink, theme.metrics.hairline) if _outlined() else Qt.PenStyle.NoPen)
    ground = theme.soft(tone) if tone not in (Tone.PLAIN, Tone.MUTED) else theme.neutral
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
    inner = box.adjusted(space(1), 0, -space(1), 0)
    if icon is not None:
        side = chip_metrics().height() - space(0.25)
        where = QRect(inner.right() - side + 1 if rtl else inner.left(), box.center().y() - side // 2, side, side)
        icons.paint(painter, where, icon, ink)
        inner.adjust(*((0, 0, -side - space(0.5), 0) if rtl else (side + space(0.5), 0, 0, 0)))
    painter.setFont(fonts.font(theme.metrics, Type.SMALL))
    painter.setPen(ink)
    said = chip_metrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, said)
    painter.restore()


def _outlined() -> bool:
    from desktop_app.ui.theme import Scheme

    return current().scheme is Scheme.HIGH_CONTRAST


class Chip(QWidget):
    """A word with a tone. The word always stands; colour and icon only help it."""

    def __init__(self, text: str = "", tone: Tone = Tone.PLAIN, icon: Icon | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_status(text, tone, icon)

    def show_status(self, text: str, tone: Tone, icon: Icon | None = None) -> None:
        self.text, self.tone = text, tone
        self.icon = icon if icon is not None else ICONS.get(tone)
        self.setAccessibleName(text)
        self.setToolTip(plain_tool_tip(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self.text, self.icon)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), space(8)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self.text, self.tone, self.icon, rtl=rtl)
        painter.end()
