"""One slot of the calendar: its room as background, its visits as lines, whether the chosen visit fits."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.application.ports.queries import VisitRow
from desktop_app.texts import tr
from desktop_app.texts.quantities import number
from desktop_app.ui.calendar.week import Slot
from desktop_app.ui.theme import Tone, current, space

VISIT = "application/x-tajzia-visit"


class SlotCell(QWidget):
    """Takes a dropped visit; Enter or a double click books the chosen one here. `elsewhere` visits of other branches
    take room as well; of them it is only known that they are."""

    booked = Signal(str, object)
    asked = Signal(object)
    opened = Signal(str)

    def __init__(
        self, slot: Slot, hours: str, capacity: int, visits: tuple[VisitRow, ...], elsewhere: int, works: bool
    ) -> None:
        super().__init__()
        self.slot, self.hours, self.capacity, self.visits, self.works = slot, hours, capacity, visits, works
        self.elsewhere = elsewhere
        self.conflict = ""
        self.choosing = False
        self._over = False
        self._pressed: QPoint | None = None
        self.setAcceptDrops(works)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if works else Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(space(5))
        self.setObjectName(f"calendar.{slot.inspector}.{slot.day.isoformat()}.{slot.window}")
        self._describe()

    @property
    def taken(self) -> int:
        """How many visits the slot holds, whosever they are."""
        return len(self.visits) + self.elsewhere

    @property
    def lines(self) -> tuple[str, ...]:
        """What is written of each of them."""
        return (*(visit.trade_name for visit in self.visits), *(tr("Booked in another district"),) * self.elsewhere)

    def show_conflict(self, choosing: bool, conflict: str) -> None:
        self.choosing, self.conflict = choosing, conflict
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(18), space(5) + space(2.5) * max(0, self.taken - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current()
        painter = QPainter(self)
        inside = self.rect().adjusted(1, 1, -1, -1)
        painter.fillRect(inside, colours.colour(Tone.MUTED).lighter(100) if not self.works else self._ground())
        if self.works:
            self._paint_room(painter)
        pen = QPen(colours.colour(Tone.ACCENT if self.hasFocus() or self._over else Tone.MUTED))
        pen.setWidth(2 if self.hasFocus() or self._over else 1)
        if self.choosing and self.conflict:
            pen.setStyle(Qt.PenStyle.DashLine)
        faint = QColor(pen.color())
        faint.setAlpha(255 if self.hasFocus() or self._over else 60)
        pen.setColor(faint)
        painter.setPen(pen)
        painter.drawRect(inside)
        self._paint_words(painter)
        painter.end()

    def _ground(self) -> QColor:
        ground = QColor(self.palette().base().color())
        if self.choosing:
            tone = QColor(current().colour(Tone.LATE if self.conflict else Tone.DONE))
            tone.setAlpha(26)
            return tone
        return ground

    def _paint_room(self, painter: QPainter) -> None:
        """How full the window is, as a bar along the bottom."""
        share = min(1.0, self.taken / self.capacity) if self.capacity else 1.0
        wide = round((self.width() - 2) * share)
        tone = QColor(current().colour(Tone.SOON if share >= 1 else Tone.ACCENT))
        tone.setAlpha(150)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        start = self.width() - 1 - wide if rtl else 1
        painter.fillRect(start, self.height() - space(0.5), wide, space(0.375), tone)

    def _paint_words(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        line = metrics.height()
        inside = self.rect().adjusted(space(0.75), space(0.25), -space(0.75), -space(0.5))
        leading = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        trailing = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        painter.setPen(current().colour(Tone.MUTED))
        painter.drawText(inside, _aligned(self, leading), self.hours)
        if self.works:
            painter.drawText(inside, _aligned(self, trailing), f"{number(self.taken)}/{number(self.capacity)}")
        own = self.palette().text().color()
        for at, said in enumerate(self.lines):
            painter.setPen(own if at < len(self.visits) else current().colour(Tone.MUTED))
            place = inside.adjusted(0, line * (at + 1), 0, 0)
            words = metrics.elidedText(said, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, _aligned(self, leading), words)

    def _describe(self) -> None:
        visits = "، ".join(self.lines)
        said = tr("{hours}: {count} of {capacity} booked. {visits}", hours=self.hours, count=self.taken,
                  capacity=self.capacity, visits=visits)  # fmt: skip
        self.setAccessibleName(f"{said} {self.conflict}".strip())
        self.setToolTip(self.conflict or visits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self.slot)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        visit = self._visit_at(event.position().toPoint())
        if self.choosing:
            self.asked.emit(self.slot)
        elif visit is not None:
            self.opened.emit(visit.request_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = (event.position().toPoint() - self._pressed).manhattanLength()
        visit = self._visit_at(self._pressed)
        if visit is not None and moved >= QApplication.startDragDistance():
            self._pressed = None
            drag_visit(self, visit.request_id)

    def _visit_at(self, place: QPoint) -> VisitRow | None:
        line = QFontMetrics(self.font()).height()
        at = (place.y() - space(0.25)) // line - 1
        return self.visits[at] if 0 <= at < len(self.visits) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(VISIT) and not self.conflict:
            self._over = True
            event.acceptProposedAction()
            self.update()

    def dragLeaveEvent(self, event: object) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.booked.emit(bytes(event.mimeData().data(VISIT).data()).decode(), self.slot)


def drag_visit(source: QWidget, request_id: str) -> None:
    """Starts dragging a visit."""
    carried = QMimeData()
    carried.setData(VISIT, request_id.encode())
    drag = QDrag(source)
    drag.setMimeData(carried)
    drag.exec(Qt.DropAction.MoveAction)


def _aligned(widget: QWidget, alignment: int) -> int:
    """Painting knows no reading direction of its own."""
    from PySide6.QtWidgets import QStyle

    flags = Qt.AlignmentFlag(alignment)
    return int(QStyle.visualAlignment(widget.layoutDirection(), flags))
