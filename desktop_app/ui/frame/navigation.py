"""The navigation at the leading side: screens with what waits in each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy

from desktop_app.texts.quantities import number
from desktop_app.ui import icons
from desktop_app.ui.frame.routes import ScreenEntry
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, current, fonts, space
from desktop_app.ui.widgets.layouts import column

WIDTH = 24
"""Grid units."""


class NavigationItem(QAbstractButton):
    def __init__(self, title: str, icon: Icon) -> None:
        super().__init__()
        self.setText(title)
        self._glyph = icon
        self.count = 0
        self.count_tone = Tone.PLAIN
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, tone: Tone) -> None:
        self.count, self.count_tone = count, tone
        self.setAccessibleDescription(number(count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(WIDTH), space(4.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.fillRect(self.rect(), theme.soft(Tone.ACCENT) if chosen else theme.neutral)
        if chosen:
            edge = space(0.5)
            painter.fillRect(
                QRect(self.width() - edge if rtl else 0, 0, edge, self.height()), theme.colour(Tone.ACCENT)
            )
        ink = theme.colour(Tone.ACCENT if chosen else Tone.PLAIN)
        inner = self.rect().adjusted(space(2), 0, -space(2), 0)
        side = theme.metrics.icon + space(0.25)
        glyph = QRect(inner.right() - side + 1 if rtl else inner.left(), inner.center().y() - side // 2, side, side)
        icons.paint(painter, glyph, self._glyph, ink)
        gap = side + space(1.25)
        words = inner.adjusted(*((0, 0, -gap, 0) if rtl else (gap, 0, 0, 0)))
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        painter.setFont(fonts.font(theme.metrics, Type.BODY, weight))
        painter.setPen(ink)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.count:
            self._paint_count(painter, words)
        if self.hasFocus():
            painter.setPen(theme.colour(Tone.ACCENT))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _paint_count(self, painter: QPainter, within: QRect) -> None:
        theme = current()
        font = fonts.font(theme.metrics, Type.SMALL, QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(theme.colour(self.count_tone if self.count_tone is not Tone.PLAIN else Tone.MUTED))
        said = number(self.count)
        if self.count_tone in (Tone.LATE, Tone.SOON):
            width = max(QFontMetrics(font).horizontalAdvance(said) + space(1.25), space(2.5))
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            pill = QRect(within.left() if rtl else within.right() - width + 1, 0, width, space(2.5))
            pill.moveCenter(type(pill.center())(pill.center().x(), within.center().y()))
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.soft(self.count_tone))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.restore()
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, said)
        else:
            painter.drawText(within, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, said)


class Navigation(QFrame):
    """``chosen`` tells the screen's name. Arrows move within it."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[ScreenEntry]) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setFixedWidth(space(WIDTH))
        self._group = QButtonGroup(self)
        self.items: dict[str, NavigationItem] = {}
        for entry in entries:
            if entry.navigated:
                item = NavigationItem(entry.title, entry.icon)
                item.setObjectName(f"nav.{entry.name}")
                item.setToolTip(entry.shortcut)
                item.clicked.connect(lambda _=False, name=entry.name: self.chosen.emit(name))
                self._group.addButton(item)
                self.items[entry.name] = item
        box = column(*self.items.values(), 1, gap=0)
        box.setContentsMargins(0, space(1), 0, space(1))
        self.setLayout(box)

    def show_current(self, name: str) -> None:
        if name in self.items:
            self.items[name].setChecked(True)

    def show_count(self, name: str, count: int, tone: Tone = Tone.PLAIN) -> None:
        """What waits in a screen; an unknown name is a screen this person has not got."""
        if name in self.items:
            self.items[name].show_count(count, tone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        items = list(self.items.values())
        at = next((n for n, item in enumerate(items) if item.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        items[(at + step) % len(items)].setFocus(Qt.FocusReason.OtherFocusReason)
