"""When a request will be done at the usual pace, whether that keeps the promise, and when a supervisor must know.

What each of the municipality's own steps usually takes is this project's assumption, to be confirmed by it.
Nobody knows how long others take: their time is never guessed, the clock stands meanwhile. So a forecast says when the
request would be done if what it waits for came at once, and whether the municipality's own steps still fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from desktop_app.domain.calendar import AMMAN, WorkingCalendar
from desktop_app.domain.pauses import TimeSpent, time_spent
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import ApprovalState, CivilDefenceState, FeesState, PaymentState, VisitState


class OwnStep(StrEnum):
    """The municipality's own steps after acceptance, in the card's order."""

    LETTERS = "letters"
    BOOKING = "booking"
    VISIT = "visit"
    CIVIL_DEFENCE_LETTER = "civil_defence_letter"
    FEES = "fees"
    APPROVAL = "approval"


USUAL: Mapping[OwnStep, timedelta] = {
    OwnStep.LETTERS: timedelta(hours=1),
    OwnStep.BOOKING: timedelta(hours=1),
    OwnStep.VISIT: timedelta(hours=7),
    OwnStep.CIVIL_DEFENCE_LETTER: timedelta(minutes=30),
    OwnStep.FEES: timedelta(hours=1),
    OwnStep.APPROVAL: timedelta(hours=2),
}
"""Working time that a step usually takes with the waiting before it."""


def steps_left(request: Request) -> tuple[OwnStep, ...]:
    """The municipality's own steps that still lie before an accepted request as far as its tracks tell now."""
    visit, fees = request.visit, request.fees.state
    visited = visit is not None and visit.state is VisitState.COMPLIANT
    booked = visit is not None and visit.state is VisitState.SCHEDULED
    done = request.payment.state is PaymentState.PAID
    before = {
        OwnStep.LETTERS: any(one.state is ApprovalState.REQUIRED for one in request.approvals),
        OwnStep.BOOKING: not (visited or booked),
        OwnStep.VISIT: not visited,
        OwnStep.CIVIL_DEFENCE_LETTER: request.civil_defence.state is CivilDefenceState.NEEDED,
        OwnStep.FEES: fees in (FeesState.TO_ASSESS, FeesState.RETURNED),
        OwnStep.APPROVAL: fees is not FeesState.APPROVED,
    }
    return () if done else tuple(step for step, open_yet in before.items() if open_yet)


@dataclass(frozen=True, slots=True)
class Forecast:
    """`finishes` is when `steps` are done at the usual pace if nobody else is waited for (UTC, never before the moment
    of asking), `due` when the promise breaks if the clock runs from now. `spare` is the working time between the two,
    negative where the promise will not be kept; `visit_ends` that of a visit already booked for later."""

    steps: tuple[OwnStep, ...]
    needed: timedelta
    finishes: datetime
    due: datetime
    spare: timedelta
    stands: bool
    visit_ends: datetime | None = None

    @property
    def breaks(self) -> bool:
        """Whether no time is left to spare."""
        return self.spare <= timedelta()


def forecast(request: Request, calendar: WorkingCalendar, as_of: datetime) -> Forecast | None:
    """None before acceptance and once the clock has stopped."""
    clock = request.clock
    if clock.started is None or clock.stopped is not None:
        return None
    as_of = max(as_of, clock.started)
    spent = time_spent(clock, calendar, as_of)
    assert spent is not None
    steps, booked = steps_left(request), _visit_ends(request, calendar)
    later = booked if booked is not None and booked > as_of else None
    needed = _needed(steps, booked)
    finishes = calendar.after_working_time(later or as_of, needed)
    spare = (
        -calendar.working_time(spent.due, finishes)
        if finishes > spent.due
        else calendar.working_time(finishes, spent.due)
    )
    return Forecast(steps, needed, finishes, spent.due, spare, clock.waiting_for is not None, later)


class Urgency(StrEnum):
    """Why a request is before its supervisor: the promise is broken, or will be at the usual pace."""

    BROKEN = "broken"
    FORESEEN = "foreseen"


@dataclass(frozen=True, slots=True)
class Escalation:
    """Since when (UTC), and why."""

    since: datetime
    why: Urgency


def escalates_at(request: Request, calendar: WorkingCalendar) -> datetime | None:
    """From when on (UTC) a supervisor must know of the request, if nothing happens to it: once no time is left to
    spare while the municipality's clock runs, or the promise is broken. None where that cannot come by waiting: before
    acceptance, after the end, and while others are waited for. It depends on no present moment, so each occasion is one
    instant, the same on every device."""
    clock = request.clock
    if clock.started is None or clock.stopped is not None:
        return None
    turned = turned_at(request)
    spent = time_spent(clock, calendar, turned)
    assert spent is not None
    if spent.left <= timedelta():
        return spent.due
    if clock.waiting_for is not None:
        return None
    booked = _visit_ends(request, calendar)
    needed = _needed(steps_left(request), booked)
    if booked is not None and booked > turned:
        # The visit's day is fixed: what comes after it either fits still, or did not from the booking on.
        if calendar.working_time(calendar.after_working_time(booked, needed), spent.due) <= timedelta():
            return turned
    elif spent.left <= needed:
        return turned
    return calendar.after_working_time(turned, spent.left - needed)


def escalation_of(request: Request, calendar: WorkingCalendar, as_of: datetime) -> Escalation | None:
    """Whether a supervisor must know of the request as of now."""
    since = escalates_at(request, calendar)
    if since is None or since > as_of:
        return None
    spent = time_spent(request.clock, calendar, as_of)
    return Escalation(since, Urgency.BROKEN if _broken(spent) else Urgency.FORESEEN)


def turned_at(request: Request) -> datetime:
    """When the clock last began to run or to stand (UTC). Raises ValueError before acceptance."""
    clock = request.clock
    if clock.started is None:
        raise ValueError("no clock before acceptance")
    return max((clock.started, *(pause.ended or pause.begun for pause in clock.pauses)))


def _broken(spent: TimeSpent | None) -> bool:
    return spent is not None and spent.left <= timedelta()


def _needed(steps: tuple[OwnStep, ...], booked: datetime | None) -> timedelta:
    counted = (USUAL[step] for step in steps if booked is None or step is not OwnStep.VISIT)
    return sum(counted, timedelta())


def _visit_ends(request: Request, calendar: WorkingCalendar) -> datetime | None:
    """The close of the day for which the visit is booked."""
    visit = request.visit
    if visit is None or visit.state is not VisitState.SCHEDULED or visit.day is None:
        return None
    return datetime.combine(visit.day, calendar.closes, AMMAN).astimezone(UTC)
