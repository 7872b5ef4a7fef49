"""The rows of the edited tables in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.dated_rows import DatedRow, Period, RowChange, TableKind
from desktop_app.domain.dated_tables import find_row, period_on, rules_on
from desktop_app.domain.reference import Reference
from desktop_app.texts import name_of, ntr, tr
from desktop_app.texts.clock_words import date_and_time, day_and_date, long_date
from desktop_app.texts.quantities import code
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.theme import Tone
from desktop_app.ui.widgets.timeline import Event


@dataclass(frozen=True, slots=True)
class TableLine:
    """One thing of a table as of today. `raw` is its value as a row holds it; `state` names whose word it is; `coming`
    is what counts from a later day on."""

    table: TableKind
    id: str
    title: str
    raw: str
    value: str
    state: str
    tone: Tone
    coming: str


def table_lines(reference: Reference, table: TableKind, today: date) -> tuple[TableLine, ...]:
    """All of one table, in its own order."""
    naming = Naming(reference)
    match table:
        case TableKind.CERTIFICATE | TableKind.BODIES | TableKind.CIVIL_DEFENCE:
            keys = [(one.code, f"{code(one.code)}  {naming.vocation(one.code)}") for one in reference.vocations]
        case TableKind.HOLIDAY:
            days = {day for day, _ in reference.calendar.holidays if day.year >= today.year}
            days |= {row.valid_from for row in reference.changes if row.table is table}
            keys = [(day.isoformat(), day_and_date(day)) for day in sorted(days)]
        case TableKind.PERIOD:
            keys = [(one.value, name_of(one)) for one in Period]
    return tuple(_line(reference, naming, table, key, title, today) for key, title in keys)


def standing(reference: Reference, table: TableKind, key: str, day: date) -> str:
    """The value that counts on `day`, as a row holds it."""
    match table:
        case TableKind.CERTIFICATE:
            found = rules_on(reference, day).find_vocation(key)
            return "yes" if found is not None and found.needs_construction_certificate else "no"
        case TableKind.CIVIL_DEFENCE:
            found = rules_on(reference, day).find_vocation(key)
            return "yes" if found is not None and found.needs_civil_defence else "no"
        case TableKind.BODIES:
            return " ".join(rules_on(reference, day).bodies_for((key,)))
        case TableKind.HOLIDAY:
            return reference.calendar.holiday_name(date.fromisoformat(key)) or ""
        case TableKind.PERIOD:
            return str(period_on(reference, Period(key), day))


def value_words(table: TableKind, raw: str, naming: Naming) -> str:
    """A row's value in words."""
    match table:
        case TableKind.CERTIFICATE | TableKind.CIVIL_DEFENCE:
            return tr("needs it") if raw == "yes" else tr("does not need it")
        case TableKind.BODIES:
            return "، ".join(naming.body(one) for one in raw.split()) or tr("nobody's approval")
        case TableKind.HOLIDAY:
            return raw or tr("a working day")
        case TableKind.PERIOD:
            return ntr("{n} working day", "{n} working days", int(raw))


def change_event(change: RowChange, naming: Naming, people: dict[str, str]) -> Event:
    row = change.row
    what = tr("{value}, from {day} on", value=value_words(row.table, row.value, naming), day=long_date(row.valid_from))
    detail = change.reason
    if row.confirmed and change.confirmed_at is not None:
        confirmed = tr(
            "Confirmed by {name} on {when}: {source}",
            name=people.get(change.confirmed_by, change.confirmed_by),
            when=date_and_time(change.confirmed_at),
            source=row.source,
        )
        detail = f"{detail}\n{confirmed}"
    return Event(
        what,
        date_and_time(change.at),
        people.get(change.by, change.by),
        detail,
        Tone.DONE if row.confirmed else Tone.SOON,
        "" if row.confirmed else tr("not confirmed"),
    )


def _line(reference: Reference, naming: Naming, table: TableKind, key: str, title: str, today: date) -> TableLine:
    day = date.fromisoformat(key) if table is TableKind.HOLIDAY else today
    row = find_row(reference, table, key, day)
    raw = standing(reference, table, key, day)
    state, tone = _state(reference, row)
    return TableLine(
        table=table,
        id=f"{table.value} {key}",
        title=title,
        raw=raw,
        value=value_words(table, raw, naming),
        state=state,
        tone=tone,
        coming="" if table is TableKind.HOLIDAY else _coming(reference, naming, table, key, today),
    )


def _state(reference: Reference, row: DatedRow | None) -> tuple[str, Tone]:
    if row.confirmed if row is not None else reference.verified:
        return tr("confirmed"), Tone.DONE
    return tr("not confirmed"), Tone.SOON


def _coming(reference: Reference, naming: Naming, table: TableKind, key: str, today: date) -> str:
    later = {row.valid_from for row in reference.changes if (row.table, row.key) == (table, key)}
    days = sorted(day for day in later if day > today)
    if not days:
        return ""
    value = value_words(table, standing(reference, table, key, days[0]), naming)
    return tr("{value}, from {day} on", value=value, day=long_date(days[0]))
