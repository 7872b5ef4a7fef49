"""What the register of licences knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.ports.queries import LicenceRow
from desktop_app.application.workplace import Workplace
from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.licence import LicenceStatus
from desktop_app.domain.reference import Reference
from desktop_app.texts import strip_marks
from desktop_app.texts.quantities import area, code
from desktop_app.ui.background import Background
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.tables.model import FetchPage, Page


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """A row of the register in words. `id` is the licence's number."""

    id: str
    number: str
    trade_name: str
    holder: str
    district: str
    status: LicenceStatus
    area: str
    parent: str
    children: int


class RegisterDisplay(Protocol):
    def show_branches(self, branches: tuple[tuple[str, str], ...]) -> None: ...

    def show_list(self, fetch: FetchPage[LicenceLine]) -> None: ...

    def refresh_list(self) -> None: ...


class RegisterPresenter:
    """Search in, pages out."""

    def __init__(
        self, display: RegisterDisplay, workplace: Workplace, background: Background, go: Callable[[Route], bool]
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._go = go
        self._values: Mapping[str, str] = {}
        self._begun = False

    def activate(self) -> None:
        if self._begun:
            self._display.refresh_list()
            return
        self._begun = True
        self._background.read(self._workplace.queries.reference, self._begin)

    def filter(self, values: Mapping[str, str]) -> None:
        """`values` may hold "branch" and "text"."""
        if dict(values) != dict(self._values):
            self._values = dict(values)
            self._display.show_list(self._fetcher())

    def open(self, number: str) -> None:
        self._go(Route("licence", {"number": number}))

    def _begin(self, reference: Reference) -> None:
        naming, actor = Naming(reference), self._workplace.session.actor
        self._display.show_branches(
            tuple(
                (str(one.number), naming.district(one.number))
                for one in reference.districts
                if actor.serves(one.number)
            )
        )
        self._display.show_list(self._fetcher())

    def _fetcher(self) -> FetchPage[LicenceLine]:
        text = ascii_digits(strip_marks(self._values.get("text", "")))
        chosen = self._values.get("branch", "")
        branch = int(chosen) if chosen else None

        def fetch(after: object | None, limit: int) -> Page[LicenceLine]:
            queries = self._workplace.queries
            naming = Naming(queries.reference())
            page = queries.licence_page(text, branch, after if isinstance(after, str) else None, limit)
            return Page(tuple(_line(row, naming) for row in page.rows), page.next)

        return fetch


def _line(row: LicenceRow, naming: Naming) -> LicenceLine:
    return LicenceLine(
        id=row.number,
        number=code(row.number),
        trade_name=row.trade_name,
        holder=row.holder_ar,
        district=naming.district(row.district),
        status=LicenceStatus(row.status),
        area=area(Area(row.area)),
        parent=code(row.parent_number) if row.parent_number else "",
        children=row.children,
    )
