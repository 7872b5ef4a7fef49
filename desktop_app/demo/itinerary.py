"""When the steps of a sample request happen: in working time, one after another, visits within capacity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from desktop_app.demo.desks import Seat
from desktop_app.demo.world import World
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands import Command
from desktop_app.domain.reference import Reference

Make = Callable[[World], Command]
Slot = tuple[str, date, str]


class NoRoomError(LookupError):
    """Every inspector is booked out on the days that were asked for."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command to be: who gives it, when (UTC), and how it is made out of what stands then."""

    at: datetime
    seat: Seat
    make: Make


@dataclass(frozen=True, slots=True)
class BookedVisit:
    """What was agreed: the inspector's seat, the local day and the window's code."""

    seat: Seat
    day: date
    window: str
    begins: str


@dataclass
class VisitBook:
    """How many visits every inspector has in every window; filled by itineraries that come about."""

    taken: dict[Slot, int] = field(default_factory=dict)

    def add(self, slots: list[Slot]) -> None:
        for slot in slots:
            self.taken[slot] = self.taken.get(slot, 0) + 1


class Itinerary:
    """The steps of one request in their order; the first is within working hours after `start` (UTC)."""

    def __init__(self, start: datetime, reference: Reference, random: Random, book: VisitBook) -> None:
        self._reference = reference
        self._random = random
        self._book = book
        self.steps: list[Step] = []
        self.slots: list[Slot] = []
        self.at = start.replace(microsecond=0)
        self.pass_minutes(1, 240)

    @property
    def day(self) -> date:
        """The local day that has been reached."""
        return self.at.astimezone(AMMAN).date()

    @property
    def tomorrow(self) -> date:
        """The next working day."""
        return self._reference.calendar.next_working_day(self.day)

    @property
    def ended(self) -> datetime:
        """When the last step happens (UTC)."""
        return self.steps[-1].at

    def working_day(self, day: date, later: int) -> date:
        """`day`, or the first working day after it; and so many working days later."""
        calendar = self._reference.calendar
        first = day if calendar.is_working_day(day) else calendar.next_working_day(day)
        return calendar.add_working_days(first, later)

    def pass_minutes(self, least: int, most: int) -> None:
        """Some working time goes by."""
        span = timedelta(minutes=self._random.randrange(least, most + 1), seconds=self._random.randrange(60))
        self.at = self._reference.calendar.after_working_time(self.at, span)

    def pass_days(self, least: int, most: int) -> None:
        """Some working days go by."""
        day = self._reference.calendar.add_working_days(self.day, self._random.randrange(least, most + 1))
        self.at = self._local(day, time(8, 10))
        self.pass_minutes(0, 300)

    def then(self, seat: Seat, make: Make) -> None:
        """This command happens now."""
        self.steps.append(Step(self.at, seat, make))

    def agree_visit(self, seats: tuple[Seat, ...], first: date, days: int) -> BookedVisit:
        """A window with room, with one of the inspectors, as early as may be on `days` working days from `first`.

        Raises NoRoomError when all of them are full.
        """
        day = self.working_day(first, 0)
        candidates = []
        for _ in range(days):
            of_day = [(seat, day, window) for seat in seats for window in self._reference.windows]
            self._random.shuffle(of_day)
            candidates += of_day
            day = self.working_day(day, 1)
        for seat, on, window in candidates:
            slot = (seat.actor.id, on, window.code)
            if slot not in self.slots and self._book.taken.get(slot, 0) < window.capacity:
                self.slots.append(slot)
                return BookedVisit(seat, on, window.code, window.begins)
        raise NoRoomError("no window has room")

    def go_to_visit(self, visit: BookedVisit) -> None:
        """The visit is being recorded: within its window."""
        self.at = self._local(visit.day, time.fromisoformat(visit.begins))
        self.at += timedelta(minutes=self._random.randrange(25, 115), seconds=self._random.randrange(60))

    def _local(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=AMMAN).astimezone(UTC)
