"""Rows of the tables that an administrator edits: what counts from which day on, why, and whether it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class TableKind(StrEnum):
    """CERTIFICATE: whether a vocation (key: its code) needs the construction certificate ("yes", "no"). BODIES: which
    outside bodies' approval it needs (their codes, spaces between). CIVIL_DEFENCE: whether it needs the Civil Defence's
    word after the visit ("yes", "no"). HOLIDAY: a day (key: ISO date) with its name, ""
    for one that is worked. PERIOD: a number of working days (key: one of `Period`)."""

    CERTIFICATE = "certificate"
    BODIES = "bodies"
    CIVIL_DEFENCE = "civil_defence"
    HOLIDAY = "holiday"
    PERIOD = "period"


class Period(StrEnum):
    """The periods that the card does not fix, by their names in `Reference`."""

    RECTIFICATION = "rectification_days"
    COMPLETION = "completion_days"
    PAYMENT = "payment_days"
    REMINDER = "reminder_days"
    EXTENSION = "extension_days"


@dataclass(frozen=True, slots=True)
class DatedRow:
    """What counts for `key` from `valid_from` (local day) on. Without `source` nobody has confirmed it (غير مؤكد)."""

    table: TableKind
    key: str
    value: str
    valid_from: date
    source: str = ""

    @property
    def confirmed(self) -> bool:
        return bool(self.source)


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row with who wrote it, when and why, and who confirmed it. `place` is its place in the order of writing."""

    place: int
    row: DatedRow
    reason: str
    by: str
    at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
