"""The visits that wait to be booked; each can be dragged into the week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from desktop_app.application.ports.queries import VisitRow
from desktop_app.texts import tr
from desktop_app.texts.quantities import code, digits
from desktop_app.ui.calendar.cell import VISIT, visit_mime
from desktop_app.ui.theme import space

_REQUEST = int(Qt.ItemDataRole.UserRole)


class Tray(QListWidget):
    lifted = Signal()
    let_go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("calendar.tray")
        self.setAccessibleName(tr("Visits to be booked"))
        self.setDragEnabled(True)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_visits(self, visits: Iterable[VisitRow], chosen: str) -> None:
        """Replaces the list; `chosen` is selected, and nothing is said of it as a choice."""
        self.blockSignals(True)
        self.clear()
        for visit in visits:
            item = QListWidgetItem(_words(visit))
            item.setData(_REQUEST, visit.request_id)
            self.addItem(item)
            if visit.request_id == chosen:
                self.setCurrentItem(item)
        if not chosen:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        self.blockSignals(False)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Gives each visit the lines that it needs: Qt wraps without counting the stylesheet's padding."""
        bar = self.verticalScrollBar().sizeHint().width()
        wide = self.width() - bar - 2 * (self.frameWidth() + space(1.5))
        metrics, wrap = QFontMetrics(self.font()), int(Qt.TextFlag.TextWordWrap)
        for item in map(self.item, range(self.count())):
            tall = metrics.boundingRect(QRect(0, 0, wide, 0), wrap, item.text()).height()
            item.setSizeHint(QSize(0, tall + 2 * space(0.75)))

    def mimeTypes(self) -> list[str]:
        return [VISIT]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        return visit_mime(request_of(items[0]))

    def startDrag(self, actions: Qt.DropAction) -> None:
        self.lifted.emit()
        super().startDrag(actions)
        self.let_go.emit()

    @property
    def chosen(self) -> str:
        chosen = self.selectedItems()
        return request_of(chosen[0]) if chosen else ""


def request_of(item: QListWidgetItem) -> str:
    return str(item.data(_REQUEST))


def _words(visit: VisitRow) -> str:
    head = code(visit.number)
    if visit.ordinal > 1:
        head = tr("{number}, visit {ordinal}", number=head, ordinal=visit.ordinal)
    if visit.day is not None:
        head = tr("{number}, to be booked anew", number=head)
    return "\n".join((head, visit.trade_name, digits(visit.address_ar)))
