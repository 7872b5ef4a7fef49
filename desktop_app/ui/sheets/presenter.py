"""What the ledger of sheets knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desktop_app.application.ports.sheets import SheetFilter, SheetSums
from desktop_app.application.workplace import Workplace
from desktop_app.domain.sheet_serials import serial_as_kept
from desktop_app.texts import strip_marks
from desktop_app.ui.background import Background, Task
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.sheets.shown import SheetLine, line_of
from desktop_app.ui.tables.model import FetchPage, Page

FINE, SPOILT = "fine", "spoilt"


@dataclass(frozen=True, slots=True)
class Covered:
    """The branches that this person may choose among: pairs of number and name."""

    branches: tuple[tuple[str, str], ...]


class LedgerDisplay(Protocol):
    def show_covered(self, covered: Covered) -> None: ...

    def show_list(self, fetch: FetchPage[SheetLine]) -> None: ...

    def refresh_list(self) -> None: ...

    def show_sums(self, sums: SheetSums) -> None: ...


class LedgerPresenter:
    """Day, state, branch and words in; pages and sums out; from a sheet to its request."""

    def __init__(
        self, display: LedgerDisplay, workplace: Workplace, background: Background, go: Callable[[Route], bool]
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._go = go
        self._wanted = SheetFilter()
        self._begun = False
        self._summing: Task | None = None

    def activate(self) -> None:
        if self._begun:
            self._display.refresh_list()
        else:
            self._begun = True
            self._background.read(self._read_covered, self._display.show_covered)
            self._display.show_list(self._fetcher())
        self._sum()

    def filter(self, values: Mapping[str, str], day: date | None) -> None:
        state, branch = values.get("state", ""), values.get("branch", "")
        wanted = SheetFilter(
            branch=int(branch) if branch else None,
            day=day,
            fine=state == FINE if state else None,
            text=serial_as_kept(strip_marks(values.get("text", ""))),
        )
        if wanted != self._wanted:
            self._wanted = wanted
            self._display.show_list(self._fetcher())
            self._sum()

    def open(self, line: SheetLine) -> None:
        self._go(Route("request", {"id": line.request_id}))

    def _sum(self) -> None:
        if self._summing is not None:
            self._summing.cancel()
        wanted, queries = self._wanted, self._workplace.queries
        self._summing = self._background.read(lambda: queries.sheet_sums(wanted), self._display.show_sums)

    def _read_covered(self) -> Covered:
        actor, queries = self._workplace.session.actor, self._workplace.queries
        naming = Naming(queries.reference())
        served = [one.number for one in naming.reference.districts if actor.serves(one.number)]
        return Covered(tuple((str(one), naming.district(one)) for one in served))

    def _fetcher(self) -> FetchPage[SheetLine]:
        wanted, queries = self._wanted, self._workplace.queries

        def fetch(after: object | None, limit: int) -> Page[SheetLine]:
            page = queries.sheet_page(wanted, after if isinstance(after, str) else None, limit)
            names = {one.id: one.name_ar for one in queries.staff()}
            rows = tuple(line_of(row, lambda login: names.get(login, login)) for row in page.rows)
            return Page(rows, page.next)

        return fetch
