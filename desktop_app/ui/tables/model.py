"""A lazy table: ids in order, rows cached by id, pages fetched by key in the background."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_app.ui.background import Background, Task
from desktop_app.ui.tables.columns import Column
from desktop_app.ui.theme import current
from desktop_app.ui.widgets.tool_tip import plain_tool_tip

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
PAGE = 100
CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
BAR_ROLE = Qt.ItemDataRole.UserRole + 2
MARK_ROLE = Qt.ItemDataRole.UserRole + 3
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows and the key after which the next page begins (None: there is no more)."""

    rows: tuple[Row, ...]
    next: object | None = None


FetchPage = Callable[[object | None, int], Page[Row]]
"""Given the key to begin after (None: the beginning) and how many; runs off the UI thread."""


class LazyTableModel(QAbstractTableModel, Generic[Row]):
    """Rows must be immutable: a change is a new row under the same id."""

    filled = Signal()
    """A page has arrived, or it turned out that there is nothing."""
    failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        row_id: Callable[[Row], Hashable],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._row_id = row_id
        self._background = background
        self._ids: list[Hashable] = []
        self._rows: dict[Hashable, Row] = {}
        self._fetch: FetchPage[Row] | None = None
        self._next: object | None = None
        self._task: Task | None = None
        self.settled = False

    def show(self, fetch: FetchPage[Row]) -> None:
        """Show another list from its beginning."""
        self._fetch = fetch
        self._ask(None, PAGE, self._replace)

    def refresh(self) -> None:
        """Read again as many rows as are shown. Rows that stay keep their place, so a selection survives."""
        if self._fetch is not None:
            self._ask(None, max(PAGE, len(self._ids)), self._replace)

    def row_at(self, position: int) -> Row:
        return self._rows[self._ids[position]]

    def id_at(self, position: int) -> Hashable:
        return self._ids[position]

    def find_position(self, row_id: Hashable) -> int | None:
        return self._ids.index(row_id) if row_id in self._rows else None

    def column_named(self, name: str) -> int:
        return next(at for at, column in enumerate(self.columns) if column.name == name)

    # Qt asks these.

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next is not None and self._task is None

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(self._next, PAGE, self._append)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.row_at(index.row()), self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(column.tooltip(row) if column.tooltip else column.text(row))
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            return current().colour(column.tone(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == CHIP_ROLE and column.chip is not None:
            return column.chip(row)
        if role == BAR_ROLE and column.bar is not None:
            return column.bar(row)
        if role == MARK_ROLE and column.mark is not None:
            return column.mark(row)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def _ask(self, after: object | None, count: int, put: Callable[[Page[Row]], None]) -> None:
        fetch = self._fetch
        if fetch is None:
            return
        if self._task is not None:
            self._task.cancel()
        asked: list[Task] = []

        def done(page: Page[Row]) -> None:
            self._task = None
            asked.append(_ANSWERED)
            put(page)

        def failed(error: Exception) -> None:
            self._task = None
            asked.append(_ANSWERED)
            self.failed.emit(error)

        task = self._background.read(lambda: fetch(after, count), done, failed, owner=self)
        # An immediate runner has answered already.
        if not asked:
            self._task = task

    def _replace(self, page: Page[Row]) -> None:
        ids = [self._row_id(row) for row in page.rows]
        rows = dict(zip(ids, page.rows, strict=True))
        self._next = page.next
        self.settled = True
        if ids == self._ids:
            changed = [at for at, row_id in enumerate(ids) if rows[row_id] != self._rows[row_id]]
            self._rows = rows
            for at in changed:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
        else:
            self.beginResetModel()
            self._ids, self._rows = ids, rows
            self.endResetModel()
        self.filled.emit()

    def _append(self, page: Page[Row]) -> None:
        fresh = [row for row in page.rows if self._row_id(row) not in self._rows]
        self._next = page.next
        if fresh:
            first = len(self._ids)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            for row in fresh:
                self._ids.append(self._row_id(row))
                self._rows[self._row_id(row)] = row
            self.endInsertRows()
        self.filled.emit()


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    """Figures run from left to right in either direction, so their units stand under each other at the right."""
    if column.number:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class _Answered:
    def cancel(self) -> None:
        return


_ANSWERED: Task = _Answered()
