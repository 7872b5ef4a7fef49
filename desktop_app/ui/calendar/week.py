"""A week of visits as the calendar shows it: plain values, put together from what the replica holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.application.ports.queries import VisitRow
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.deciding import Booking
from desktop_app.domain.reference import Reference, TimeWindow

_SUNDAY = 6
WORKING_DAYS = 5


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Where a visit can be booked: whose, on which local day, in which window."""

    inspector: str
    day: date
    window: str


@dataclass(frozen=True, slots=True)
class Day:
    """A column. `holiday` is its name on a day nobody works."""

    day: date
    works: bool
    holiday: str


@dataclass(frozen=True, slots=True)
class Week:
    """All that the calendar draws. `tray` are the visits that wait to be booked, oldest request first; `elsewhere`
    says how many visits of other branches a slot holds."""

    days: tuple[Day, ...]
    inspectors: tuple[Actor, ...]
    windows: tuple[TimeWindow, ...]
    booked: Mapping[Slot, tuple[VisitRow, ...]]
    tray: tuple[VisitRow, ...]
    elsewhere: Mapping[Slot, int]

    def visits_in(self, slot: Slot) -> tuple[VisitRow, ...]:
        return self.booked.get(slot, ())

    def booked_elsewhere(self, slot: Slot) -> int:
        return self.elsewhere.get(slot, 0)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot of a working day."""
        return tuple(
            Slot(person.id, day.day, window.code)
            for person in self.inspectors
            for day in self.days
            if day.works
            for window in self.windows
        )


def first_day_of(day: date) -> date:
    """The Sunday on or before `day`."""
    return day - timedelta(days=(day.weekday() - _SUNDAY) % 7)


def days_of(first: date, calendar: WorkingCalendar) -> tuple[Day, ...]:
    """Sunday to Thursday."""
    days = (first + timedelta(days=at) for at in range(WORKING_DAYS))
    return tuple(Day(day, calendar.is_working_day(day), calendar.holiday_name(day) or "") for day in days)


def make_week(
    first: date,
    reference: Reference,
    staff: Iterable[Actor],
    booked: Iterable[VisitRow],
    tray: Iterable[VisitRow],
    elsewhere: Iterable[Booking],
    district: int | None = None,
) -> Week:
    """The week that begins on the Sunday `first`; `district` keeps only its inspectors and visits."""
    inspectors = tuple(
        person
        for person in sorted(staff, key=lambda one: one.name_ar)
        if person.role is Role.INSPECTOR and person.active and (district is None or person.serves(district))
    )
    slots: dict[Slot, tuple[VisitRow, ...]] = {}
    for visit in booked:
        if visit.day is not None:
            slot = Slot(visit.inspector, visit.day, visit.window)
            slots[slot] = (*slots.get(slot, ()), visit)
    return Week(
        days_of(first, reference.calendar),
        inspectors,
        reference.windows,
        slots,
        tuple(visit for visit in tray if district is None or visit.branch == district),
        Counter(Slot(one.inspector, one.day, one.window) for one in elsewhere),
    )
