"""The queue on screen. Names: `queue.view.<view>` for each saved view, `queue.search`, `queue.branch`, `queue.status`,
`queue.source`, `queue.clear`, `queue.table`, `queue.preview`, `queue.open`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from desktop_app.application.ports.queue import QueueView
from desktop_app.texts import name_of, tr
from desktop_app.ui.errors import explain
from desktop_app.ui.queue.presenter import FROM_PORTAL
from desktop_app.ui.queue.preview import Preview
from desktop_app.ui.queue.table import queue_columns
from desktop_app.ui.tables.model import LazyTableModel
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import space
from desktop_app.ui.widgets.buttons import Action
from desktop_app.ui.widgets.filters import FilterStrip, ViewTabs
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import holding
from desktop_app.ui.widgets.states import Stateful, empty, loading, refused

if TYPE_CHECKING:
    from desktop_app.ui.background import Background
    from desktop_app.ui.queue.lines import QueueLine
    from desktop_app.ui.queue.presenter import Choices
    from desktop_app.ui.request.glance import Glance
    from desktop_app.ui.tables.model import FetchPage

PREVIEW_WIDTH = 32
"""Grid units."""
LOADING_AFTER_MS = 150
"""A page that comes sooner is not announced."""


@dataclass(frozen=True, slots=True)
class QueueCalls:
    """What the user did."""

    choose: Callable[[str], None] = field(compare=False)
    filter: Callable[[Mapping[str, str]], None] = field(compare=False)
    select: Callable[[str], None] = field(compare=False)
    lost: Callable[[], None] = field(compare=False)
    open: Callable[[str], None] = field(compare=False)


class QueueWidget(QWidget):
    """Tabs, filters, the table with its preview."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setObjectName("queue")
        self._calls: QueueCalls | None = None
        self.tabs = ViewTabs(*((view.value, name_of(view)) for view in QueueView))
        for name, made in self.tabs.buttons.items():
            made.setObjectName(f"queue.view.{name}")
        self.filters = FilterStrip(tr("Number, applicant, licence or trade name"))
        self.filters.search.setObjectName("queue.search")
        self.filters.clear.setObjectName("queue.clear")
        self.model: LazyTableModel[QueueLine] = LazyTableModel(queue_columns(), lambda line: line.id, background, self)
        self.table = TableView(self.model)
        self.table.setObjectName("queue.table")
        self.table.setAccessibleName(tr("Requests"))
        self.list = Stateful(self.table)
        self.preview = Preview(self._open_current)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.preview)
        self.splitter.setStretchFactor(0, 1)
        self.preview.setMinimumWidth(space(26))
        self.preview.setMaximumWidth(space(48))
        self.splitter.setSizes([space(124), space(PREVIEW_WIDTH)])
        body = row(self.splitter)
        body.setContentsMargins(space(2), 0, space(2), space(2))
        strip = row(self.filters)
        strip.setContentsMargins(space(2), space(1), space(2), 0)
        whole = column(self.tabs, strip, holding(body), gap=1)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.model.filled.connect(self._filled)
        self.model.failed.connect(self._failed)

    def attach(self, calls: QueueCalls) -> None:
        """Says whom to tell what the user did."""
        self._calls = calls
        self.tabs.chosen.connect(calls.choose)
        self.filters.changed.connect(lambda: calls.filter(self.filters.values()))
        self.table.opened.connect(lambda row_id: calls.open(str(row_id)))
        self.table.current_changed.connect(self._selected)
        # Queued: whoever else waits for the first page comes before the preview.
        self.table.rows_painted.connect(self._select_current, Qt.ConnectionType.QueuedConnection)

    # What the presenter says.

    def show_choices(self, branches: Choices, statuses: Choices) -> None:
        if "status" not in self.filters.choices:
            if len(branches) > 1:
                self.filters.add_choice("branch", tr("Every district"), branches).setObjectName("queue.branch")
            self.filters.add_choice("status", tr("Every status"), statuses).setObjectName("queue.status")
            source = ((FROM_PORTAL, tr("From the portal")),)
            self.filters.add_choice("source", tr("Every way in"), source).setObjectName("queue.source")

    def show_tabs(self, views: tuple[QueueView, ...]) -> None:
        for name, made in self.tabs.buttons.items():
            made.setVisible(name in views)

    def show_view(self, view: QueueView) -> None:
        self.tabs.buttons[view.value].setChecked(True)

    def show_counts(self, counts: Mapping[QueueView, int]) -> None:
        for view in QueueView:
            self.tabs.show_count(view.value, counts.get(view))

    def show_list(self, fetch: FetchPage[QueueLine]) -> None:
        if not self.model.settled:
            QTimer.singleShot(LOADING_AFTER_MS, self, self._say_loading)
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self.model.show(fetch)

    def _say_loading(self) -> None:
        if not self.model.settled and self.list.state is None:
            self.list.show_state(loading())

    def refresh_list(self) -> None:
        self.model.refresh()

    def show_preview(self, glance: Glance | None) -> None:
        self.preview.show_glance(glance)

    def focus_list(self) -> None:
        (self.table if self.model.rowCount() else self.filters.search).setFocus()

    def _filled(self) -> None:
        if self.model.rowCount():
            self.list.show_content()
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))
            if self.isVisible() and not self.filters.search.hasFocus():
                self.table.setFocus()
            return
        if self._calls is not None:
            self._calls.lost()
        if self.filters.values():
            again = Action("queue.clear_all", tr("Clear filters"), self.filters.reset)
            self.list.show_state(empty(tr("Nothing matches"), tr("No request of this view fits the filters."), again))
        else:
            self.list.show_state(empty(tr("Nothing waits here"), tr("New work appears by itself when it arrives.")))

    def _failed(self, error: Exception) -> None:
        told = explain(error)
        again = Action("queue.again", tr("Try again"), self.model.refresh)
        self.list.show_state(refused(told.happened, told.todo, again))

    def _selected(self, row_id: object) -> None:
        # The first preview loads the rules of requests: not before the first page is seen.
        if self._calls is not None and (self.table.has_painted_rows or not self.isVisible()):
            self._calls.select(str(row_id))

    def _select_current(self) -> None:
        current = self.table.find_current()
        if current is not None:
            self._selected(current)

    def _open_current(self) -> None:
        current = self.table.find_current()
        if current is not None and self._calls is not None:
            self._calls.open(str(current))
