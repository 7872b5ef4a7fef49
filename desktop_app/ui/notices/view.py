"""The messages on screen. Names: `notices.search`, `notices.table`, `notices.text`, `notices.request`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from desktop_app.domain.notices import NoticeState
from desktop_app.texts import name_of, tr
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain
from desktop_app.ui.icons import Icon
from desktop_app.ui.notices.presenter import NoticeLine
from desktop_app.ui.tables.columns import ChipOf, Column
from desktop_app.ui.tables.model import FetchPage, LazyTableModel
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone
from desktop_app.ui.widgets.buttons import Action, button
from desktop_app.ui.widgets.filters import FilterStrip
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import Card, holding
from desktop_app.ui.widgets.states import Stateful, empty, loading, refused


@dataclass(frozen=True, slots=True)
class NoticesCalls:
    filter: Callable[[Mapping[str, str]], None] = field(compare=False)
    open: Callable[[NoticeLine], None] = field(compare=False)


class NoticesWidget(QWidget):
    """A search, the list, and the whole text of the selected message under it."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setObjectName("notices")
        self._calls: NoticesCalls | None = None
        self.filters = FilterStrip(tr("Mobile number or words of the message"))
        self.filters.search.setObjectName("notices.search")
        self.model: LazyTableModel[NoticeLine] = LazyTableModel(_columns(), lambda line: line.id, background, self)
        self.table = TableView(self.model)
        self.table.setObjectName("notices.table")
        self.table.setAccessibleName(tr("Messages"))
        self.text = label(wrap=True, selectable=True)
        self.text.setObjectName("notices.text")
        self.open = button(tr("Open the request"), "plain", Icon.REQUESTS, self._open_current)
        self.open.setObjectName("notices.request")
        whole_text = Card(tr("The whole text"), self.text, row(self.open, 1))
        list_and_text = column(self.table, whole_text, gap=1.5)
        list_and_text.setStretch(0, 1)
        self._place = Stateful(holding(list_and_text))
        whole = column(self.filters, self._place, gap=1.5, margin=2)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.table.current_changed.connect(lambda _: self._show_text())
        self.table.opened.connect(lambda _: self._open_current())
        self.model.filled.connect(self._filled)
        self.model.failed.connect(self._failed)

    def attach(self, calls: NoticesCalls) -> None:
        self._calls = calls
        self.filters.changed.connect(lambda: calls.filter(self.filters.values()))

    def show_list(self, fetch: FetchPage[NoticeLine]) -> None:
        if not self.model.settled:
            self._place.show_state(loading())
        self.model.show(fetch)

    def refresh_list(self) -> None:
        self.model.refresh()

    def _current(self) -> NoticeLine | None:
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _show_text(self) -> None:
        line = self._current()
        self.text.setText(line.text if line else "")
        self.open.setEnabled(line is not None)

    def _open_current(self) -> None:
        line = self._current()
        if line is not None and self._calls is not None:
            self._calls.open(line)

    def _filled(self) -> None:
        if self.model.rowCount():
            self._place.show_content()
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))
            self._show_text()
        elif self.filters.values():
            again = Action("notices.clear_all", tr("Clear filters"), self.filters.reset)
            self._place.show_state(empty(tr("Nothing matches"), tr("No message fits the search."), again))
        else:
            self._place.show_state(
                empty(
                    tr("No message has been sent yet"),
                    tr("The centre tells applicants by SMS at each step of the card; every message is kept here."),
                )
            )

    def _failed(self, error: Exception) -> None:
        told = explain(error)
        again = Action("notices.again", tr("Try again"), self.model.refresh)
        self._place.show_state(refused(told.happened, told.todo, again))


def _columns() -> tuple[Column[NoticeLine], ...]:
    return (
        Column("when", tr("When"), lambda line: line.when, 18),
        Column("kind", tr("Message"), lambda line: line.kind, 20),
        Column("to", tr("To"), lambda line: line.to, 16),
        Column("request", tr("Request"), lambda line: line.request, 17),
        Column("text", tr("Text"), lambda line: line.text),
        Column("state", tr("State"), lambda line: name_of(line.state), 20, chip=_chip),
    )


_TONES = {
    NoticeState.WAITING: Tone.SOON,
    NoticeState.SENT: Tone.ACCENT,
    NoticeState.DELIVERED: Tone.DONE,
    NoticeState.FAILED: Tone.LATE,
    NoticeState.UNKNOWN: Tone.LATE,
}


def _chip(line: NoticeLine) -> ChipOf:
    return ChipOf(name_of(line.state), _TONES[line.state])
