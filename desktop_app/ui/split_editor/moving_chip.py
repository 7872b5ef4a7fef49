"""A vocation or a sign as a chip that is moved to another unit by the mouse, by a menu, or by one key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget

from desktop_app.domain.digits import ascii_digits
from desktop_app.texts import tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, current, space
from desktop_app.ui.widgets.chip import chip_size, paint_chip
from desktop_app.ui.widgets.tool_tip import plain_tool_tip


@dataclass(frozen=True, slots=True)
class Piece:
    """What a chip stands for. ``origin`` is the child it is with, None for the parent; ``added``: new to the child."""

    kind: str
    code: str
    text: str
    origin: str | None = None
    added: bool = False
    movable: bool = True
    note: str = ""

    @property
    def icon(self) -> Icon:
        return Icon.SIGN if self.kind == "sign" else Icon.ADD if self.added else Icon.VOCATION


class Movers(Protocol):
    """Who moves pieces: the editor."""

    def places(self) -> tuple[tuple[str | None, str], ...]:
        """Where pieces can be: (child or None for the parent, title), the parent first."""
        ...

    def put(self, piece: Piece, to: str | None) -> None: ...

    def drag(self, piece: Piece, at: QPoint) -> None:
        """The mouse carries the piece over this point of the screen."""
        ...

    def drop(self, piece: Piece, at: QPoint) -> None: ...

    def give_up(self) -> None:
        """The drag ended nowhere."""
        ...


class MovingChip(QWidget):
    """Enter, Space or the menu key lists the places; a digit moves at once (0 is the parent); Delete takes away."""

    def __init__(self, piece: Piece, movers: Movers) -> None:
        super().__init__()
        self.piece, self._movers = piece, movers
        self.setObjectName(f"split.{piece.kind}.{piece.code}")
        self._pressed: QPoint | None = None
        self._dragging = False
        self.menu: QMenu | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            tr("{name} ({added})", name=piece.text, added=tr("added")) if piece.added else piece.text
        )
        self.setToolTip(plain_tool_tip("\n".join(filter(None, (piece.text, piece.note)))))
        if piece.movable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.setAccessibleDescription(tr("Enter lists where it can be moved; a digit moves it at once."))

    def sizeHint(self) -> QSize:
        return chip_size(self.piece.text, self.piece.icon) + QSize(0, space(0.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(space(8), self.sizeHint().width()), self.sizeHint().height())

    def show_menu(self, at: QPoint) -> QMenu:
        """The places this piece can go to."""
        menu = self.menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, (key, title) in enumerate(self._movers.places()):
            if key == self.piece.origin or (self.piece.added and key is None):
                continue
            said = tr("Move to: {place}", place=title)
            menu.addAction(said, partial(self._movers.put, self.piece, key)).setShortcut(str(place))
        if self.piece.added:
            menu.addAction(tr("Take it away"), lambda: self._movers.put(self.piece, None))
        menu.destroyed.connect(self._forget_menu)
        menu.popup(at)
        return menu

    def _forget_menu(self) -> None:
        self.menu = None

    # -- keyboard and mouse ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        places = self._movers.places()
        typed = ascii_digits(event.text())
        if not self.piece.movable:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Menu):
            self.show_menu(self.mapToGlobal(QPoint(0, self.height())))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._movers.put(self.piece, None)
        elif typed.isdecimal() and int(typed) < len(places):
            self._movers.put(self.piece, places[int(typed)][0])
        elif event.key() == Qt.Key.Key_Escape and self._dragging:
            self._end_drag()
            self._movers.give_up()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.piece.movable:
            self.show_menu(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.piece.movable and event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if self._pressed is None:
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()
        if self._dragging:
            self._movers.drag(self.piece, at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging = self._dragging
        self._end_drag()
        if dragging:
            self._movers.drop(self.piece, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.piece.movable:
            self.show_menu(event.globalPosition().toPoint())

    def _end_drag(self) -> None:
        self._pressed, self._dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        piece = self.piece
        tone = Tone.BLOCKED if not piece.movable and piece.note else Tone.DONE if piece.added else Tone.PLAIN
        painter.setOpacity(0.35 if self._dragging else 1.0)
        paint_chip(painter, self.rect(), piece.text, tone, piece.icon, rtl=rtl)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = 2 * current().metrics.hairline
            painter.setPen(QPen(current().colour(Tone.ACCENT), line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = self.rect().adjusted(line // 2, line // 2, -line // 2, -line // 2)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.end()
