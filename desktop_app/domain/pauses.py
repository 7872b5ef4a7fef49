"""The three working days of the card and the ledger of who kept the request waiting meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.calendar import PROMISED_WORKING_DAYS, WorkingCalendar


class WaitingFor(StrEnum):
    """Whose turn it is while the municipality's clock stands still."""

    APPLICANT = "applicant"
    OUTSIDE_BODY = "outside_body"
    CIVIL_DEFENCE = "civil_defence"


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood from `begun` until `ended` (None: still stands), both UTC."""

    waiting_for: WaitingFor
    begun: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """The request's clock: starts at the centre's time of acceptance, stops at issue or another end (UTC)."""

    started: datetime | None = None
    stopped: datetime | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def waiting_for(self) -> WaitingFor | None:
        """Whom the request waits for now, if the clock stands still."""
        return next((pause.waiting_for for pause in self.pauses if pause.ended is None), None)

    def start(self, at: datetime) -> Clock:
        return replace(self, started=at)

    def stop(self, at: datetime) -> Clock:
        return replace(self.resume(at), stopped=at)

    def pause(self, waiting_for: WaitingFor, at: datetime) -> Clock:
        """Stands still from `at`, but never before an earlier pause ended (a decider's clock may have been put back).
        A clock that stands still already for the same reason is left as it is."""
        if self.waiting_for is waiting_for:
            return self
        running = self.resume(at)
        begun = max((at, *(pause.ended for pause in running.pauses if pause.ended)))
        return replace(running, pauses=(*running.pauses, Pause(waiting_for, begun)))

    def reopen(self, waiting_for: WaitingFor) -> Clock:
        """A stopped clock stands still instead, since the moment it stopped: what was done is taken back."""
        if self.stopped is None:
            return self
        return replace(self, stopped=None).pause(waiting_for, self.stopped)

    def resume(self, at: datetime) -> Clock:
        return replace(
            self,
            pauses=tuple(replace(p, ended=max(at, p.begun)) if p.ended is None else p for p in self.pauses),
        )


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Working time of a request as of an instant.

    `gross` counts every working hour since acceptance, `net` only the municipality's own; `due` is when the
    promise breaks if the clock runs on from now (UTC); `left` is negative once it is broken.
    """

    gross: timedelta
    net: timedelta
    left: timedelta
    due: datetime


def time_spent(clock: Clock, calendar: WorkingCalendar, as_of: datetime) -> TimeSpent | None:
    """Net and gross working time as of `as_of`; None before acceptance."""
    if clock.started is None:
        return None
    until = min(clock.stopped or as_of, as_of)
    gross = calendar.working_time(clock.started, until)
    paused = sum(
        (
            calendar.working_time(max(pause.begun, clock.started), min(pause.ended or until, until))
            for pause in clock.pauses
        ),
        timedelta(),
    )
    net = gross - paused
    left = calendar.day_length * PROMISED_WORKING_DAYS - net
    due = calendar.after_working_time(until, left) if left > timedelta() else _moment_of_breach(clock, calendar, until)
    return TimeSpent(gross=gross, net=net, left=left, due=due)


def _moment_of_breach(clock: Clock, calendar: WorkingCalendar, until: datetime) -> datetime:
    """When the promise broke: the end of the first running stretch that used the promised time up."""
    assert clock.started is not None
    remaining = calendar.day_length * PROMISED_WORKING_DAYS
    begin = clock.started
    for pause in (*clock.pauses, Pause(WaitingFor.APPLICANT, until, until)):
        stretch = calendar.working_time(begin, min(pause.begun, until))
        if stretch >= remaining:
            return calendar.after_working_time(begin, remaining)
        remaining -= stretch
        begin = min(pause.ended or until, until)
    return until
