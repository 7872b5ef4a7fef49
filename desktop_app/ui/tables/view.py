"""The table's view: keyboard first, the selection follows the row and not its place."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
)

from desktop_app.ui import icons
from desktop_app.ui.tables.columns import BarOf, ChipOf, MarkOf
from desktop_app.ui.tables.model import BAR_ROLE, CHIP_ROLE, MARK_ROLE, LazyTableModel
from desktop_app.ui.theme import current, space
from desktop_app.ui.widgets.chip import chip_size, paint_chip
from desktop_app.ui.widgets.time_left import paint_time_left

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem


class CellDelegate(QStyledItemDelegate):
    """Draws chips, time left and a line under each row; the rest is the style's."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        chip, bar = index.data(CHIP_ROLE), index.data(BAR_ROLE)
        cell: Any = option
        rect: QRect = cell.rect
        rtl = cell.direction == Qt.LayoutDirection.RightToLeft
        # The view is asked, not the style's flags: that class takes 4 ms to load, before the first row is painted.
        if (chip or bar) and self._table.selectionModel().isSelected(index):
            painter.fillRect(rect, current().colours.accent_soft)
        if isinstance(chip, ChipOf):
            paint_chip(painter, rect.adjusted(space(1), 0, -space(1), 0), chip.text, chip.tone, chip.icon, rtl=rtl)
        elif isinstance(bar, BarOf):
            inner = rect.adjusted(space(1), space(0.5), -space(1), -space(0.5))
            paint_time_left(painter, inner, bar.words, bar.used, bar.tone, rtl=rtl)
        else:
            super().paint(painter, option, index)
            if isinstance(mark := index.data(MARK_ROLE), MarkOf):
                side = space(2)
                left = rect.left() + space(1) if rtl else rect.right() - space(1) - side
                where = QRect(left, rect.center().y() - side // 2, side, side)
                icons.paint(painter, where, mark.icon, current().colour(mark.tone))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), current().colours.line)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        chip = index.data(CHIP_ROLE)
        if isinstance(chip, ChipOf):
            size = chip_size(chip.text, chip.icon)
            return QSize(size.width() + space(2), current().metrics.table_row)
        return super().sizeHint(option, index)


class TableView(QTableView):
    """``opened`` (Enter or double click) and ``current_changed`` give row ids. ``rows_painted`` comes once,
    when the first rows stand on the screen and Qt is back in its loop."""

    opened = Signal(object)
    current_changed = Signal(object)
    rows_painted = Signal()

    def __init__(self, model: LazyTableModel[Any]) -> None:
        super().__init__()
        self.rows = model
        self._kept: Hashable | None = None
        self._kept_scroll = 0
        self.has_painted_rows = False
        """``rows_painted`` has come."""
        self._telling = False
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(current().metrics.table_row)
        self._size_columns()
        self.doubleClicked.connect(lambda index: self.opened.emit(model.id_at(index.row())))
        self.selectionModel().currentRowChanged.connect(self._moved)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)

    def find_current(self) -> Hashable | None:
        """The id of the row the cursor is on."""
        index = self.currentIndex()
        return self.rows.id_at(index.row()) if index.isValid() else None

    def select_id(self, row_id: Hashable) -> bool:
        """Go to a row if it is among those fetched."""
        position = self.rows.find_position(row_id)
        if position is None:
            return False
        self.setCurrentIndex(self.rows.index(position, 0))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.find_current())
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._telling and self.rows.rowCount():
            self._telling = True
            QTimer.singleShot(0, self, self._tell_painted)

    def _tell_painted(self) -> None:
        self.rows_painted.emit()
        self.has_painted_rows = True

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(space(4))
        for at, column in enumerate(self.rows.columns):
            if column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(at, space(column.width))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.current_changed.emit(self.rows.id_at(now.row()))

    def _keep(self) -> None:
        self._kept = self.find_current()
        self._kept_scroll = self.verticalScrollBar().value()

    def _restore(self) -> None:
        if self._kept is not None and self.select_id(self._kept):
            self.verticalScrollBar().setValue(self._kept_scroll)
