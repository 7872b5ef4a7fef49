"""Whose time a request took: the clock's running and standing stretches in one list, each with its working time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.pauses import Clock, WaitingFor


class Delay(StrEnum):
    """Whose turn it was."""

    MUNICIPALITY = "municipality"
    APPLICANT = "applicant"
    OUTSIDE_BODY = "outside_body"
    CIVIL_DEFENCE = "civil_defence"


_WHOSE = {
    WaitingFor.APPLICANT: Delay.APPLICANT,
    WaitingFor.OUTSIDE_BODY: Delay.OUTSIDE_BODY,
    WaitingFor.CIVIL_DEFENCE: Delay.CIVIL_DEFENCE,
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `begun` until `ended` (UTC; None: still goes on) it was one's turn, for so much working time."""

    whose: Delay
    begun: datetime
    ended: datetime | None
    time: timedelta


def ledger_of(clock: Clock, calendar: WorkingCalendar, as_of: datetime) -> tuple[Stretch, ...]:
    """All stretches since acceptance in their order, without gaps: their times sum to the gross time of
    `pauses.time_spent`, those of the municipality to its net time. Empty before acceptance."""
    if clock.started is None or as_of < clock.started:
        return ()
    until = min(clock.stopped or as_of, as_of)
    last = clock.stopped if clock.stopped is not None and clock.stopped <= as_of else None
    found: list[Stretch] = []

    def add(whose: Delay, begun: datetime, ended: datetime | None) -> None:
        if ended is None or ended > begun:
            found.append(Stretch(whose, begun, ended, calendar.working_time(begun, ended or until)))

    cursor = clock.started
    for pause in clock.pauses:
        begun = max(pause.begun, cursor)
        if begun > until:
            break
        add(Delay.MUNICIPALITY, cursor, begun)
        ended = pause.ended if pause.ended is not None and pause.ended <= until else last
        add(_WHOSE[pause.waiting_for], begun, ended)
        if ended is None:
            return tuple(found)
        cursor = max(cursor, ended)
    add(Delay.MUNICIPALITY, cursor, last)
    return tuple(found)


def time_by(stretches: tuple[Stretch, ...]) -> tuple[tuple[Delay, timedelta], ...]:
    """How much working time each took, in the order of `Delay`; who took none is left out."""
    sums = ((whose, sum((one.time for one in stretches if one.whose is whose), timedelta())) for whose in Delay)
    return tuple((whose, time) for whose, time in sums if time)
