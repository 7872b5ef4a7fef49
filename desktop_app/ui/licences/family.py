"""A family of licences as a tree: each below the one it came from, lines between them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from desktop_app.texts import name_of
from desktop_app.ui.licences.licence_shown import KinShown
from desktop_app.ui.theme import Tone, Type, current, fonts, space

ROW, INDENT = 6, 4
"""Grid units."""


class FamilyTree(QWidget):
    """`opened` tells the number of the licence that was chosen, by click or by Enter. Arrows move."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("licence.family")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.kin: tuple[KinShown, ...] = ()
        self.at = 0

    def show_family(self, kin: tuple[KinShown, ...]) -> None:
        self.kin = kin
        self.at = next((place for place, one in enumerate(kin) if one.own), 0)
        self.setAccessibleName("\n".join(f"{one.shown} {one.trade_name}" for one in kin))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(60), space(ROW) * max(1, len(self.kin)))

    def minimumSizeHint(self) -> QSize:
        return QSize(space(40), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.at = min(max(self.at + step, 0), len(self.kin) - 1)
                self.update()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.kin:
                self.opened.emit(self.kin[self.at].number)
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y()) // space(ROW)
        if 0 <= place < len(self.kin):
            self.at = place
            self.update()
            if not self.kin[place].own:
                self.opened.emit(self.kin[place].number)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, one in enumerate(self.kin):
            self._paint_lines(painter, place, one)
            self._paint_kin(painter, place, one)
        painter.end()

    def _box(self, place: int, one: KinShown) -> QRect:
        """The box of a licence, indented from the side where reading begins."""
        inset = one.depth * space(INDENT)
        top, height = place * space(ROW) + space(0.5), space(ROW - 1)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return QRect(0, top, self.width() - inset - 1, height)
        return QRect(inset, top, self.width() - inset - 1, height)

    def _paint_lines(self, painter: QPainter, place: int, one: KinShown) -> None:
        """From the box up to the one it came from."""
        above = next((at for at in range(place - 1, -1, -1) if self.kin[at].depth == one.depth - 1), None)
        if above is None:
            return
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        box, parent = self._box(place, one), self._box(above, self.kin[above])
        x = box.right() + space(INDENT) // 2 if rtl else box.left() - space(INDENT) // 2
        painter.setPen(QPen(QColor(current().colours.field_line), current().metrics.hairline))
        painter.drawLine(x, parent.bottom(), x, box.center().y())
        painter.drawLine(x, box.center().y(), box.right() if rtl else box.left(), box.center().y())

    def _paint_kin(self, painter: QPainter, place: int, one: KinShown) -> None:
        theme = current()
        box = self._box(place, one)
        edge = Tone.ACCENT if one.own or (self.hasFocus() and place == self.at) else Tone.MUTED
        colour = theme.colour(edge) if edge is Tone.ACCENT else QColor(theme.colours.line)
        painter.setPen(QPen(colour, theme.metrics.hairline * (2 if one.own else 1)))
        painter.setBrush(theme.soft(Tone.ACCENT) if one.own else QColor(theme.colours.raised))
        painter.drawRoundedRect(box, theme.metrics.radius, theme.metrics.radius)
        inner = box.adjusted(space(1.5), space(0.5), -space(1.5), -space(0.5))
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = QRect(inner.left(), upper.bottom(), inner.width(), inner.height() // 2)
        body = fonts.font(theme.metrics, Type.BODY, QFont.Weight.DemiBold if one.own else QFont.Weight.Normal)
        small = fonts.font(theme.metrics, Type.SMALL)
        self._say(painter, upper, body, one.trade_name, Tone.PLAIN, trailing=False)
        self._say(painter, upper, body, one.shown, Tone.PLAIN, trailing=True)
        self._say(painter, lower, small, one.holder, Tone.MUTED, trailing=False)
        self._say(painter, lower, small, f"{name_of(one.status)} · {one.area}", Tone.MUTED, trailing=True)

    def _say(self, painter: QPainter, rect: QRect, font: QFont, text: str, tone: Tone, *, trailing: bool) -> None:
        painter.setFont(font)
        painter.setPen(current().colour(tone))
        wanted = Qt.AlignmentFlag.AlignTrailing if trailing else Qt.AlignmentFlag.AlignLeading
        side = QStyle.visualAlignment(self.layoutDirection(), wanted)
        room = rect.width() * 6 // 10
        said = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, said)
