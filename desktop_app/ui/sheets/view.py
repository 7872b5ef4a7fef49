"""The ledger of sheets on screen. Names: `sheets.search`, `sheets.day`, `sheets.state`, `sheets.branch`,
`sheets.table`, `sheets.request`, `sheets.clear_all`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop_app.application.ports.sheets import SheetSums
from desktop_app.texts import ntr, tr
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain
from desktop_app.ui.icons import Icon
from desktop_app.ui.kept_form import Pause
from desktop_app.ui.sheets.presenter import FINE, SPOILT, Covered
from desktop_app.ui.sheets.shown import SheetLine, missing_said
from desktop_app.ui.tables.columns import ChipOf, Column
from desktop_app.ui.tables.model import FetchPage, LazyTableModel
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import Action, button
from desktop_app.ui.widgets.edits import DateEdit
from desktop_app.ui.widgets.filters import FilterStrip
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import holding
from desktop_app.ui.widgets.states import Stateful, empty, loading, refused


@dataclass(frozen=True, slots=True)
class LedgerCalls:
    filter: Callable[[Mapping[str, str], date | None], None] = field(compare=False)
    open: Callable[[SheetLine], None] = field(compare=False)


class LedgerWidget(QWidget):
    """What it covers, the sums and what is missing; filters; the list."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setObjectName("sheets")
        self._calls: LedgerCalls | None = None
        self.covers = label("", Type.SMALL, Tone.MUTED, wrap=True)
        self.sums = label("", strong=True)
        self.missing = label("", tone=Tone.LATE, wrap=True, selectable=True)
        self.missing.hide()
        self.filters = FilterStrip(tr("Serial or number of a licence"))
        self.filters.search.setObjectName("sheets.search")
        states = ((FINE, tr("Fine alone")), (SPOILT, tr("Spoilt alone")))
        self.filters.add_choice("state", tr("Fine and spoilt"), states).setObjectName("sheets.state")
        self.day = DateEdit(None, tr("A day: 22/11/2026"))
        self.day.setObjectName("sheets.day")
        self.day.setAccessibleName(tr("Day"))
        self.day.setFixedWidth(space(22))
        self._unread = label("", Type.SMALL, Tone.LATE)
        self._unread.hide()
        self._rest = Pause(self._filter, self)
        self.model: LazyTableModel[SheetLine] = LazyTableModel(_columns(), lambda line: line.id, background, self)
        self.table = TableView(self.model)
        self.table.setObjectName("sheets.table")
        self.table.setAccessibleName(tr("Ledger of sheets"))
        self.open = button(tr("Open the request"), "plain", Icon.REQUESTS, self._open_current)
        self.open.setObjectName("sheets.request")
        listed = column(self.table, row(self.open, 1), gap=1.5)
        listed.setStretch(0, 1)
        self._place = Stateful(holding(listed))
        told = column(row(self.sums, 1), self.missing, self.covers, gap=0.5)
        strip = row(self.day, self._unread, self.filters, gap=1)
        strip.setStretch(2, 1)
        whole = column(told, strip, self._place, gap=1.5, margin=2)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.table.current_changed.connect(lambda _: self._show_open())
        self.table.opened.connect(lambda _: self._open_current())
        self.model.filled.connect(self._filled)
        self.model.failed.connect(self._failed)

    def attach(self, calls: LedgerCalls) -> None:
        self._calls = calls
        self.filters.changed.connect(self._filter)
        self.day.edited.connect(self._rest.typed)
        self.day.returnPressed.connect(self._filter)
        self.filters.clear.clicked.connect(self._clear_day)

    def show_covered(self, covered: Covered) -> None:
        names = "، ".join(name for _, name in covered.branches)
        self.covers.setText(
            tr(
                "This is what the requests on this computer tell ({branches}). Pads are shared among branches: what is"
                " missing here may have been recorded elsewhere, which the centre's ledger knows.",
                branches=names if len(covered.branches) <= _MOST_NAMED else tr("every district"),
            )
        )
        if len(covered.branches) > 1 and "branch" not in self.filters.choices:
            self.filters.add_choice("branch", tr("Every district"), covered.branches).setObjectName("sheets.branch")

    def show_list(self, fetch: FetchPage[SheetLine]) -> None:
        if not self.model.settled:
            self._place.show_state(loading())
        self.model.show(fetch)

    def refresh_list(self) -> None:
        self.model.refresh()

    def show_sums(self, sums: SheetSums) -> None:
        self.sums.setText(
            tr(
                "{fine}, {spoilt}",
                fine=ntr("{n} fine sheet", "{n} fine sheets", sums.fine),
                spoilt=ntr("{n} spoilt", "{n} spoilt ones", sums.spoilt),
            )
        )
        self.missing.setText(missing_said(sums.missing))
        self.missing.setVisible(bool(sums.missing))

    def _filter(self) -> None:
        self._rest.stop()
        self._unread.setText(self.day.problem)
        self._unread.setVisible(bool(self.day.problem))
        if self._calls is not None and not self.day.problem:
            self._calls.filter(self.filters.values(), self.day.find_value())

    def _clear_day(self) -> None:
        self.day.show_value(None)
        self._filter()

    def _clear_all(self) -> None:
        self.day.show_value(None)
        self.filters.reset()

    def _current(self) -> SheetLine | None:
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _show_open(self) -> None:
        self.open.setEnabled(self._current() is not None)

    def _open_current(self) -> None:
        line = self._current()
        if line is not None and self._calls is not None:
            self._calls.open(line)

    def _filled(self) -> None:
        if self.model.rowCount():
            self._place.show_content()
            self._show_open()
        elif self.filters.values() or self.day.typed:
            again = Action("sheets.clear_all", tr("Clear filters"), self._clear_all)
            self._place.show_state(empty(tr("Nothing matches"), tr("No sheet fits what is asked for."), again))
        else:
            self._place.show_state(
                empty(
                    tr("No sheet was recorded yet"), tr("Each printed sheet that is found fine or spoilt stands here.")
                )
            )

    def _failed(self, error: Exception) -> None:
        told = explain(error)
        again = Action("sheets.again", tr("Try again"), self.model.refresh)
        self._place.show_state(refused(told.happened, told.todo, again))


_MOST_NAMED = 4
"""Branches."""


def _columns() -> tuple[Column[SheetLine], ...]:
    return (
        Column("when", tr("When"), lambda line: line.when, 19),
        Column("serial", tr("Serial of the sheet"), lambda line: line.serial, 16),
        Column("state", tr("State"), lambda line: line.state, 30, chip=_chip),
        Column("licence", tr("Licence"), lambda line: line.carries, 30),
        Column("request", tr("Request"), lambda line: line.request, 20),
        Column("who", tr("By whom"), lambda line: line.who),
    )


def _chip(line: SheetLine) -> ChipOf:
    return ChipOf(line.state, Tone.DONE if line.stands else Tone.LATE)
