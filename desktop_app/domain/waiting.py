"""For whom a request waits: the desk whose queue it stands in, and whether the municipality's clock runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop_app.domain.desks import Desk
from desktop_app.domain.pauses import WaitingFor
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import ApprovalState, CivilDefenceState

__all__ = ["Desk", "desk_of", "with_clock"]


_DESKS = {
    Status.DRAFT: Desk.COUNTER,
    Status.LODGED: Desk.COUNTER,
    Status.DUES_OUTSTANDING: Desk.APPLICANT,
    Status.RETURNED: Desk.APPLICANT,
    Status.AWAITING_APPROVALS: Desk.OUTSIDE_BODY,
    Status.TO_SCHEDULE: Desk.COUNTER,
    Status.INSPECTION_SCHEDULED: Desk.INSPECTION,
    Status.RECTIFICATION: Desk.APPLICANT,
    Status.AWAITING_CIVIL_DEFENCE: Desk.CIVIL_DEFENCE,
    Status.FEES_TO_ASSESS: Desk.COUNTER,
    Status.FEES_TO_APPROVE: Desk.SUPERVISOR,
    Status.AWAITING_PAYMENT: Desk.CASHIER,
    Status.TO_ISSUE: Desk.CENTRE,
    Status.ISSUED: Desk.COUNTER,
    Status.PRINTED: Desk.COUNTER,
}


def desk_of(request: Request) -> Desk:
    """The desk that has the next step. A letter that has not gone out yet is the counter's."""
    status = status_of(request)
    if status is Status.AWAITING_APPROVALS and any(
        approval.state is ApprovalState.REQUIRED for approval in request.approvals
    ):
        return Desk.COUNTER
    if status is Status.AWAITING_CIVIL_DEFENCE and request.civil_defence.state is CivilDefenceState.NEEDED:
        return Desk.COUNTER
    return _DESKS.get(status, Desk.NOBODY)


_PAUSES = {
    Desk.OUTSIDE_BODY: WaitingFor.OUTSIDE_BODY,
    Desk.CIVIL_DEFENCE: WaitingFor.CIVIL_DEFENCE,
    Desk.APPLICANT: WaitingFor.APPLICANT,
    Desk.CASHIER: WaitingFor.APPLICANT,
}
_CLOCK_STOPS = ENDED | {Status.ISSUED, Status.PRINTED}


def with_clock(request: Request, at: datetime) -> Request:
    """`request` with its clock paused, running or stopped as its status says, as of `at` (UTC)."""
    clock = request.clock
    if clock.started is None:
        return request
    if status_of(request) in _CLOCK_STOPS:
        return request if clock.stopped else replace(request, clock=clock.stop(at))
    clock = clock.reopen(WaitingFor.APPLICANT)
    pause = _PAUSES.get(desk_of(request))
    return replace(request, clock=clock.pause(pause, at) if pause else clock.resume(at))
