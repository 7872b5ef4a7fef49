"""The register on screen. Names: `licences.search`, `licences.branch`, `licences.table`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from desktop_app.domain.licence import LicenceStatus
from desktop_app.texts import name_of, tr
from desktop_app.texts.quantities import number
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain
from desktop_app.ui.licences.presenter import LicenceLine
from desktop_app.ui.tables.columns import ChipOf, Column
from desktop_app.ui.tables.model import FetchPage, LazyTableModel
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone
from desktop_app.ui.widgets.buttons import Action
from desktop_app.ui.widgets.filters import FilterStrip
from desktop_app.ui.widgets.layouts import column
from desktop_app.ui.widgets.states import Stateful, empty, loading, refused

TONES = {LicenceStatus.ACTIVE: Tone.DONE, LicenceStatus.SUSPENDED: Tone.SOON, LicenceStatus.CLOSED: Tone.MUTED}


@dataclass(frozen=True, slots=True)
class RegisterCalls:
    filter: Callable[[Mapping[str, str]], None] = field(compare=False)
    open: Callable[[str], None] = field(compare=False)


class RegisterWidget(QWidget):
    """A search over a lazy table."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setObjectName("licences")
        self.filters = FilterStrip(tr("Number, trade name or holder"))
        self.filters.search.setObjectName("licences.search")
        self.model: LazyTableModel[LicenceLine] = LazyTableModel(_columns(), lambda line: line.id, background, self)
        self.table = TableView(self.model)
        self.table.setObjectName("licences.table")
        self.table.setAccessibleName(tr("Licences"))
        self._place = Stateful(self.table)
        whole = column(self.filters, self._place, gap=1.5, margin=2)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.model.filled.connect(self._filled)
        self.model.failed.connect(self._failed)

    def attach(self, calls: RegisterCalls) -> None:
        self.filters.changed.connect(lambda: calls.filter(self.filters.values()))
        self.table.opened.connect(lambda row_id: calls.open(str(row_id)))

    def show_branches(self, branches: tuple[tuple[str, str], ...]) -> None:
        if "branch" not in self.filters.choices and len(branches) > 1:
            self.filters.add_choice("branch", tr("Every district"), branches).setObjectName("licences.branch")

    def show_list(self, fetch: FetchPage[LicenceLine]) -> None:
        if not self.model.settled:
            self._place.show_state(loading())
        self.model.show(fetch)

    def refresh_list(self) -> None:
        self.model.refresh()

    def _filled(self) -> None:
        if self.model.rowCount():
            self._place.show_content()
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))
        elif self.filters.values():
            again = Action("licences.clear_all", tr("Clear filters"), self.filters.reset)
            self._place.show_state(empty(tr("Nothing matches"), tr("No licence fits the search."), again))
        else:
            self._place.show_state(
                empty(tr("No licences are here yet"), tr("They arrive with the first synchronisation."))
            )

    def _failed(self, error: Exception) -> None:
        told = explain(error)
        again = Action("licences.again", tr("Try again"), self.model.refresh)
        self._place.show_state(refused(told.happened, told.todo, again))


def _columns() -> tuple[Column[LicenceLine], ...]:
    return (
        Column("number", tr("Number"), lambda line: line.number, 17),
        Column("trade_name", tr("Trade name"), lambda line: line.trade_name),
        Column("holder", tr("Holder"), lambda line: line.holder, 30),
        Column("district", tr("District"), lambda line: line.district, 14),
        Column("status", tr("Status"), lambda line: name_of(line.status), 13, chip=_status),
        Column("area", tr("Area"), lambda line: line.area, 13, number=True),
        Column("parent", tr("Split from"), lambda line: line.parent, 17, tone=lambda line: Tone.MUTED),
        Column("children", tr("Gave rise to"), _children, 12, number=True),
    )


def _children(line: LicenceLine) -> str:
    return number(line.children) if line.children else ""


def _status(line: LicenceLine) -> ChipOf:
    return ChipOf(name_of(line.status), TONES[line.status])
