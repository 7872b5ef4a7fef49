"""A week of visits as the calendar shows it: plain values, put together from what the replica holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.application.ports.queries import VisitRow
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.calendar import AMMAN, WorkingCalendar
from desktop_app.domain.deciding import Booking
from desktop_app.domain.reference import District, Reference, TimeWindow
from desktop_app.domain.request import Status

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
    """All that the calendar draws. `tray` are the visits that wait to be booked, oldest request first, after `chosen`
    where that one is booked anew; `elsewhere` says how many visits of other branches a slot holds; `as_of` (UTC) tells
    today and what is past."""

    days: tuple[Day, ...]
    inspectors: tuple[Actor, ...]
    windows: tuple[TimeWindow, ...]
    booked: Mapping[Slot, tuple[VisitRow, ...]]
    tray: tuple[VisitRow, ...]
    elsewhere: Mapping[Slot, int]
    districts: tuple[District, ...]
    as_of: datetime
    chosen: VisitRow | None = None

    def visits_in(self, slot: Slot) -> tuple[VisitRow, ...]:
        return self.booked.get(slot, ())

    def booked_elsewhere(self, slot: Slot) -> int:
        return self.elsewhere.get(slot, 0)

    def taken(self, slot: Slot) -> int:
        """How many visits are still to be held in the slot, whosever they are."""
        return sum(map(stands, self.visits_in(slot))) + self.booked_elsewhere(slot)

    @property
    def today(self) -> date:
        return self.as_of.astimezone(AMMAN).date()

    def past(self, day: date, window: TimeWindow) -> bool:
        """Whether this window of this day is over."""
        return day < self.today or (day == self.today and window.ends <= f"{self.as_of.astimezone(AMMAN):%H:%M}")

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

    def least_busy(self, slots: Iterable[Slot]) -> Slot:
        """Whose day holds the fewest visits; of equals the first. Raises ValueError for none."""
        windows = [window.code for window in self.windows]
        return min(slots, key=lambda one: sum(self.taken(Slot(one.inspector, one.day, code)) for code in windows))


def stands(visit: VisitRow) -> bool:
    """Whether the visit is booked and still to be held: one that was held takes no time any more."""
    return visit.status is Status.INSPECTION_SCHEDULED


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
    as_of: datetime,
    district: int | None = None,
    chosen: VisitRow | None = None,
) -> Week:
    """The week that begins on the Sunday `first`; `district` keeps only its inspectors and what waits there. What
    those inspectors do elsewhere stays: it takes their time."""
    inspectors = tuple(
        person
        for person in sorted(staff, key=lambda one: one.name_ar)
        if person.role is Role.INSPECTOR and person.active and (district is None or person.serves(district))
    )
    slots: dict[Slot, tuple[VisitRow, ...]] = {}
    seen: set[int] = set()
    for visit in booked:
        if visit.day is not None:
            slot = Slot(visit.inspector, visit.day, visit.window)
            slots[slot] = (*slots.get(slot, ()), visit)
            seen.add(visit.branch)
    waiting = tuple(visit for visit in tray if district is None or visit.branch == district)
    if chosen is not None and chosen.request_id not in {visit.request_id for visit in waiting}:
        waiting = (chosen, *waiting)
    shown = {district} if district is not None else seen | {visit.branch for visit in waiting}
    return Week(
        days_of(first, reference.calendar),
        inspectors,
        reference.windows,
        slots,
        waiting,
        Counter(Slot(one.inspector, one.day, one.window) for one in elsewhere),
        tuple(one for one in reference.districts if one.number in shown),
        as_of,
        chosen,
    )
