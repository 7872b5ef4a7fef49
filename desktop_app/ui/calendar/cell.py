"""One cell of the calendar: its room as words and a bar, its visits as lines, whether the chosen visit fits."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from desktop_app.application.ports.queries import VisitRow
from desktop_app.texts import ntr, tr
from desktop_app.ui.calendar.rows import Box
from desktop_app.ui.calendar.week import Slot
from desktop_app.ui.theme import Tone, Type, current, fonts, space
from desktop_app.ui.widgets.tool_tip import plain_tool_tip

VISIT = "application/x-tajzia-visit"
LINES = 4
"""Visits that are written out; of more only their count."""

_STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class SlotCell(QWidget):
    """Takes a dropped visit; Enter or a double click asks for what can be done here."""

    booked = Signal(str, object)
    """A visit was dropped here: the request's id and the box."""
    asked = Signal(object)
    lifted = Signal(str)
    """A visit is being dragged away: its request's id."""
    let_go = Signal()
    walked = Signal(object, int, int)
    """An arrow key: the cell, lines down, days forward."""

    def __init__(self, box: Box, hours: str, name: str, *, movable: bool) -> None:
        super().__init__()
        self.box, self.hours, self._movable = box, hours, movable
        self.conflict = ""
        self.choosing = False
        self._over = False
        self._pressed: QPoint | None = None
        self.setAcceptDrops(box.works)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if box.works else Qt.FocusPolicy.NoFocus)
        self.setObjectName(name)
        self._describe()

    @property
    def slot(self) -> Slot:
        """Where a booking here goes when nobody is less busy."""
        return self.box.slots[0]

    @property
    def works(self) -> bool:
        return self.box.works

    @property
    def visits(self) -> tuple[VisitRow, ...]:
        return self.box.visits

    @property
    def taken(self) -> int:
        return self.box.taken

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said of each visit."""
        return self.box.lines

    @property
    def room(self) -> str:
        """How much room there is, or why there is none, in a word or two."""
        if not self.works:
            return ""
        if self.choosing and self.conflict:
            return tr("Not possible")
        if self.box.past:
            return tr("Over")
        if not self.box.room:
            return tr("Full")
        return ntr("{n} free", "{n} free", self.box.room)

    def show_conflict(self, choosing: bool, conflict: str) -> None:
        self.choosing, self.conflict = choosing, conflict
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(18), self._head() + self._line() * self._written() + space(1.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(space(12), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inside = self.rect().adjusted(0, 0, -1, -1)
        painter.fillRect(inside, self._ground())
        if self.works:
            self._paint_room(painter)
        painter.setPen(self._pen())
        painter.drawRect(inside.adjusted(1, 1, -1, -1) if self._marked else inside)
        self._paint_words(painter)
        painter.end()

    @property
    def _marked(self) -> bool:
        return self.hasFocus() or self._over

    def _pen(self) -> QPen:
        theme = current()
        pen = QPen(QColor(theme.colours.line), theme.metrics.hairline)
        if self._marked:
            pen = QPen(theme.colour(Tone.ACCENT), 2 * theme.metrics.hairline)
        if self.choosing and self.conflict:
            pen.setStyle(Qt.PenStyle.DashLine)
        return pen

    def _ground(self) -> QColor:
        theme = current()
        if not self.works:
            return theme.neutral
        if self.choosing:
            return theme.soft(Tone.LATE if self.conflict else Tone.DONE)
        return QColor(theme.colours.surface if self.box.past else theme.colours.raised)

    def _paint_room(self, painter: QPainter) -> None:
        """How full the window is, as a bar along the bottom."""
        share = min(1.0, self.taken / self.box.capacity) if self.box.capacity else 0.0
        wide = round((self.width() - 2) * share)
        tone = Tone.MUTED if self.box.past else Tone.SOON if not self.box.room else Tone.ACCENT
        start = self.width() - 1 - wide if self._rtl else 1
        painter.fillRect(start, self.height() - space(0.5), wide, space(0.375), current().colour(tone))

    def _paint_words(self, painter: QPainter) -> None:
        inside = self.rect().adjusted(space(0.75), space(0.5), -space(0.75), -space(0.5))
        head, line = self._head(), self._line()
        painter.setFont(self._small())
        tone = Tone.LATE if self.choosing and self.conflict else Tone.DONE if self.choosing else Tone.MUTED
        painter.setPen(current().colour(tone))
        painter.drawText(inside, self._leading(), self.room)
        painter.setFont(self.font())
        metrics = QFontMetrics(self.font())
        for at, said in enumerate(self._written_lines()):
            own = at < self.box.standing and not self.box.past
            painter.setPen(current().colour(Tone.PLAIN if own else Tone.MUTED))
            place = QRect(inside.left(), inside.top() + head + line * at, inside.width(), line)
            words = metrics.elidedText(said, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, self._leading(), words)

    def _written_lines(self) -> tuple[str, ...]:
        if len(self.lines) <= LINES:
            return self.lines
        more = len(self.lines) - LINES + 1
        return (*self.lines[: LINES - 1], ntr("and {n} more", "and {n} more", more))

    def _written(self) -> int:
        return min(LINES, len(self.lines))

    def _describe(self) -> None:
        visits = "\n".join(self.box.details)
        said = tr("{hours}: {count} of {capacity} booked. {visits}", hours=self.hours, count=self.taken,
                  capacity=self.box.capacity, visits="، ".join(self.lines))  # fmt: skip
        self.setAccessibleName(f"{said} {self.conflict}".strip())
        self.setToolTip(plain_tool_tip("\n".join(filter(None, (self.conflict, visits)))))

    @property
    def _rtl(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _leading(self) -> int:
        """Painting knows no reading direction of its own."""
        wanted = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
        return int(QStyle.visualAlignment(self.layoutDirection(), wanted))

    @staticmethod
    def _small() -> QFont:
        return fonts.font(current().metrics, Type.SMALL)

    def _head(self) -> int:
        return QFontMetrics(self._small()).height()

    def _line(self) -> int:
        return QFontMetrics(self.font()).height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self.box)
        elif key in _STEPS:
            down, across = _STEPS[key]
            self.walked.emit(self, down, -across if self._rtl else across)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.asked.emit(self.box)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        visit = self._visit_at(self._pressed)
        if self._movable and visit is not None and moved >= QApplication.startDragDistance():
            self._pressed = None
            self.lifted.emit(visit.request_id)
            drag_visit(self, visit.request_id)
            self.let_go.emit()

    def _visit_at(self, place: QPoint) -> VisitRow | None:
        """The visit written there, if it is still to be held."""
        at = (place.y() - space(0.5) - self._head()) // self._line()
        shown = LINES if len(self.lines) <= LINES else LINES - 1
        return self.visits[at] if 0 <= at < min(shown, self.box.standing) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._hover(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        # The rules may answer while the visit is already held above: each move asks again.
        self._hover(event)

    def _hover(self, event: QDragMoveEvent) -> None:
        self._over = event.mimeData().hasFormat(VISIT) and not self.conflict
        if self._over:
            event.acceptProposedAction()
        else:
            event.ignore()
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.booked.emit(bytes(event.mimeData().data(VISIT).data()).decode(), self.box)


def visit_mime(request_id: str) -> QMimeData:
    """What a dragged visit carries."""
    carried = QMimeData()
    carried.setData(VISIT, request_id.encode())
    return carried


def drag_visit(source: QWidget, request_id: str) -> None:
    """Drags a visit until it is let go."""
    drag = QDrag(source)
    drag.setMimeData(visit_mime(request_id))
    drag.exec(Qt.DropAction.MoveAction)
