"""What an administrator edits of the tables, without any widget. Reading and saving need the centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from desktop_app.application.workplace import Workplace
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.dated_rows import DatedRow, RowChange, TableKind
from desktop_app.domain.dated_tables import check_new_row
from desktop_app.domain.messages import Message, message
from desktop_app.domain.reference import Reference
from desktop_app.texts import tr
from desktop_app.ui.administration.centre_away import tell_refused, why_away
from desktop_app.ui.background import Background
from desktop_app.ui.dated_tables.lines import TableLine, change_event, table_lines
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.widgets.timeline import Event

FORM = "dated_tables"
CHANGES = 20_000
"""All of them in practice."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What stands in the form; `valid_from` is None where no day can be read."""

    value: str
    valid_from: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """`key` is "" for a day that is to be added; `open_place` is the newest change that nobody confirmed, None where
    there is none."""

    table: TableKind
    key: str
    title: str
    value: str
    history: tuple[Event, ...]
    open_place: int | None


class TablesDisplay(Protocol):
    def show_loading(self) -> None: ...

    def show_offline(self, sentence: str) -> None: ...

    def show_lines(self, lines: tuple[TableLine, ...], bodies: tuple[tuple[str, str], ...]) -> None: ...

    def show_chosen(self, chosen: Chosen, today: date) -> None: ...

    def show_typed(self, fields: dict[str, str]) -> None:
        """What was typed before and not saved."""

    def show_findings(self, findings: tuple[Message, ...]) -> None: ...


class TablesPresenter:
    def __init__(
        self, display: TablesDisplay, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._display, self._workplace = display, workplace
        self._background, self._messages = background, messages
        self._kept = KeptForm(FORM, workplace, background)
        self._changes: tuple[RowChange, ...] | None = None
        self._people: dict[str, str] = {}
        self._reference = Reference()
        self._table, self._key = TableKind.CERTIFICATE, ""
        self._saving = False

    @property
    def today(self) -> date:
        return self._workplace.clock.now().astimezone(AMMAN).date()

    def look(self) -> None:
        """Asks the centre what stands."""
        if self._changes is None:
            self._display.show_loading()
        self._background.read(self._read, self._show, self._unreachable)

    def choose_table(self, table: TableKind) -> None:
        self._table, self._key = table, ""
        self._show_lines()

    def choose(self, identity: str) -> None:
        """A line of the table; "" for a holiday that is to be added."""
        key = identity.partition(" ")[2]
        if key and key == self._key:
            return
        self._key = key
        self._open()

    def keep(self, fields: dict[str, str]) -> None:
        """Typing rests."""
        self._kept.keep(self._identity(), fields)

    def save(self, typed: TypedRow) -> None:
        """Writes a row, which counts from its day on."""
        if self._saving:
            return
        if typed.valid_from is None:
            self._display.show_findings((message("dated.day_missing", "valid_from"),))
            return
        key = typed.valid_from.isoformat() if self._table is TableKind.HOLIDAY else self._key
        row = DatedRow(self._table, key, typed.value.strip(), typed.valid_from)
        if wrong := check_new_row(row, typed.reason, self._reference, self.today):
            self._display.show_findings(wrong)
            return
        centre = self._workplace.administration
        self._do(lambda: centre.set_dated_row(row, typed.reason.strip()), tr("It counts from its day on."))

    def confirm(self, place: int, source: str) -> None:
        """Marks a change as confirmed, by what is named."""
        if not source.strip():
            self._display.show_findings((message("dated.source_missing", "source"),))
            return
        centre = self._workplace.administration
        self._do(lambda: centre.confirm_dated_row(place, source.strip()), tr("It is marked as confirmed."))

    def _do(self, work: Callable[[], object], done: str) -> None:
        self._saving = True
        identity = self._identity()

        def all_of_it() -> object:
            work()
            self._kept.discard(identity)
            return self._read()

        def then(read: object) -> None:
            self._saving = False
            self._show(read)
            if self._identity() == identity:
                self._open()
            self._messages.done(done)

        self._background.write(all_of_it, then, self._refused, busy=tr("Asking the centre…"))

    def _read(self) -> tuple[tuple[RowChange, ...], dict[str, str], Reference]:
        centre = self._workplace.administration
        changes = centre.dated_rows(CHANGES)
        people = {one.actor.id: one.actor.name_ar for one in centre.staff()}
        rows = tuple(one.row for one in reversed(changes))
        # What was written just now has not come back with the feed yet.
        return changes, people, _with_rows(self._workplace.queries.reference(), rows)

    def _show(self, read: object) -> None:
        self._changes, self._people, self._reference = read  # type: ignore[misc]
        self._show_lines()

    def _show_lines(self) -> None:
        if self._changes is None:
            return
        naming = Naming(self._reference)
        bodies = tuple((one.code, naming.body(one.code)) for one in self._reference.bodies)
        self._display.show_lines(table_lines(self._reference, self._table, self.today), bodies)

    def _open(self) -> None:
        lines = {one.id: one for one in table_lines(self._reference, self._table, self.today)}
        line = lines.get(self._identity())
        of_it = [one for one in self._changes or () if (one.row.table, one.row.key) == (self._table, self._key)]
        naming = Naming(self._reference)
        chosen = Chosen(
            self._table,
            self._key,
            line.title if line else tr("Another day off"),
            line.raw if line else "",
            tuple(change_event(one, naming, self._people) for one in of_it),
            next((one.place for one in of_it if not one.row.confirmed), None),
        )
        self._display.show_chosen(chosen, self.today)
        identity = self._identity()
        self._kept.restore(identity, lambda fields: self._found(identity, fields))

    def _found(self, identity: str, fields: dict[str, str]) -> None:
        if fields and identity == self._identity():
            self._display.show_typed(fields)

    def _identity(self) -> str:
        return f"{self._table.value} {self._key}"

    def _unreachable(self, error: Exception) -> None:
        self._display.show_offline(
            why_away(error, tr("The tables are edited at the centre, which cannot be reached now."))
        )

    def _refused(self, error: Exception) -> None:
        self._saving = False
        tell_refused(error, self._messages)


def _with_rows(reference: Reference, rows: tuple[DatedRow, ...]) -> Reference:
    from desktop_app.domain.dated_tables import calendar_with

    return replace(reference, changes=rows, calendar=calendar_with(reference.calendar, rows))
