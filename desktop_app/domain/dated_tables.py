"""Which row of an edited table is in force on the day that matters, and what may stand in a row.

A row counts from its day until a later day's row of the same key; of one day the one written last counts. Before its
first row, what the reference data was published with counts. What was decided stays as it was decided.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.dated_rows import DatedRow, Period, TableKind
from desktop_app.domain.messages import Message, message
from desktop_app.domain.reference import Reference, Vocation

LONGEST_PERIOD = 250
"""Working days: about a year."""
LONGEST_NAME = 120
OF_VOCATIONS = (TableKind.CERTIFICATE, TableKind.BODIES, TableKind.CIVIL_DEFENCE)
"""The tables whose keys are vocations."""


def find_row(reference: Reference, table: TableKind, key: str, day: date) -> DatedRow | None:
    """The row in force on `day`, if one is."""
    found: DatedRow | None = None
    for row in reference.changes:  # in the order of writing
        if row.table is table and row.key == key and row.valid_from <= day:
            found = row if found is None or row.valid_from >= found.valid_from else found
    return found


def rules_on(reference: Reference, day: date) -> Reference:
    """The reference data with what its vocations need as of `day`."""
    touched = {row.key for row in reference.changes if row.table in OF_VOCATIONS}
    if not touched:
        return reference
    vocations = tuple(_on(reference, one, day) if one.code in touched else one for one in reference.vocations)
    return replace(reference, vocations=vocations)


def period_on(reference: Reference, period: Period, day: date) -> int:
    """So many working days has a period that begins on `day`."""
    row = find_row(reference, TableKind.PERIOD, period.value, day)
    return int(row.value) if row is not None else int(getattr(reference, period.value))


def calendar_with(calendar: WorkingCalendar, rows: tuple[DatedRow, ...]) -> WorkingCalendar:
    """The calendar with the holidays of these rows, in the order of writing. Doing it again changes nothing."""
    holidays = dict(calendar.holidays)
    for row in rows:
        if row.table is TableKind.HOLIDAY:
            holidays.pop(row.valid_from, None)
            if row.value:
                holidays[row.valid_from] = row.value
    return replace(calendar, holidays=tuple(sorted(holidays.items())))


def check_row(row: DatedRow, reference: Reference) -> tuple[Message, ...]:
    """What is wrong with a row, whenever it is written."""
    match row.table:
        case TableKind.CERTIFICATE | TableKind.BODIES | TableKind.CIVIL_DEFENCE:
            found = _check_vocation_row(row, reference)
        case TableKind.HOLIDAY:
            found = _check_holiday(row)
        case TableKind.PERIOD:
            found = _check_period(row)
    return found


def check_new_row(row: DatedRow, reason: str, reference: Reference, today: date) -> tuple[Message, ...]:
    """What is wrong with a row that is to be written: the past was decided by the rows that stood then."""
    why = list(check_row(row, reference))
    if row.valid_from < today:
        why.append(message("dated.day_past", "valid_from", today=today))
    if not reason.strip():
        why.append(message("reason.missing", "reason"))
    return tuple(why)


def _on(reference: Reference, vocation: Vocation, day: date) -> Vocation:
    certificate = find_row(reference, TableKind.CERTIFICATE, vocation.code, day)
    bodies = find_row(reference, TableKind.BODIES, vocation.code, day)
    civil_defence = find_row(reference, TableKind.CIVIL_DEFENCE, vocation.code, day)
    if certificate is not None:
        vocation = replace(vocation, needs_construction_certificate=certificate.value == "yes")
    if bodies is not None:
        vocation = replace(vocation, bodies=tuple(bodies.value.split()))
    if civil_defence is not None:
        vocation = replace(vocation, needs_civil_defence=civil_defence.value == "yes")
    return vocation


def _check_vocation_row(row: DatedRow, reference: Reference) -> tuple[Message, ...]:
    if reference.find_vocation(row.key) is None:
        return (message("dated.vocation_unknown", "key"),)
    if row.table is not TableKind.BODIES:
        return () if row.value in ("yes", "no") else (message("dated.yes_or_no", "value"),)
    unknown = [code for code in row.value.split() if reference.find_body(code) is None]
    return (message("dated.body_unknown", "value"),) if unknown else ()


def _check_holiday(row: DatedRow) -> tuple[Message, ...]:
    if row.key != row.valid_from.isoformat():
        return (message("dated.holiday_day", "valid_from"),)
    if len(row.value) > LONGEST_NAME or not all(sign.isprintable() for sign in row.value):
        return (message("dated.holiday_name", "value", most=LONGEST_NAME),)
    return ()


def _check_period(row: DatedRow) -> tuple[Message, ...]:
    if row.key not in set(Period):
        return (message("dated.period_unknown", "key"),)
    fits = row.value.isascii() and row.value.isdigit() and len(row.value) <= 3 and 1 <= int(row.value) <= LONGEST_PERIOD
    return () if fits else (message("dated.period_days", "value", most=LONGEST_PERIOD),)
