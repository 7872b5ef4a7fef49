"""When a request is late: said once, for every store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.application.ports.queue import Escalated
from desktop_app.domain.forecast import escalation_of, forecast, turned_at
from desktop_app.domain.pauses import time_spent

if TYPE_CHECKING:
    from desktop_app.domain.calendar import WorkingCalendar
    from desktop_app.domain.request import Request


@dataclass(frozen=True, slots=True)
class Due:
    """`at` is when the promise breaks or broke (UTC, None before acceptance). `paused`: the clock stands now.
    `counts`: once `at` has passed the request is late; a clock that stands or stopped in time makes none late."""

    at: datetime | None
    paused: bool
    counts: bool


def due_of(request: Request, calendar: WorkingCalendar) -> Due:
    """When `request` is due, without asking what time it is: while the clock runs this does not move."""
    clock = request.clock
    if clock.started is None:
        return Due(None, paused=False, counts=False)
    known = clock.stopped or turned_at(request)
    spent = time_spent(clock, calendar, known)
    assert spent is not None
    broken, paused = spent.due <= known, clock.waiting_for is not None
    if clock.stopped:
        return Due(spent.due, paused=False, counts=False)
    return Due(spent.due, paused=paused, counts=not paused or broken)


def escalated_of(request: Request, calendar: WorkingCalendar, as_of: datetime) -> Escalated | None:
    """Why a supervisor must know of `request` as of now, with what is foreseen; None where they need not."""
    escalation, foreseen = escalation_of(request, calendar, as_of), forecast(request, calendar, as_of)
    return Escalated(escalation, foreseen) if escalation is not None and foreseen is not None else None
