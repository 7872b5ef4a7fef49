"""Book the visit, or book it anew: working day, window, inspector, within capacity (the card's fourth notice).

The applicant is told of a day and a window; that another inspector comes then is nothing to be told again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import Action
from desktop_app.domain.booking import check_booking
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import message
from desktop_app.domain.notices import NoticeKind, notice
from desktop_app.domain.tracks import VisitState


@dataclass(frozen=True, slots=True)
class ScheduleInspection:
    request_id: str
    inspector: str
    day: date
    window: str


def decide(case: Case, command: ScheduleInspection, context: Context) -> Outcome:
    assert case.request is not None
    visit = case.request.visit
    assert visit is not None
    findings = check_booking(case, command.inspector, command.day, command.window, context)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    if (visit.inspector, visit.day, visit.window) == (command.inspector, command.day, command.window):
        return refused(message("booking.unchanged", "day", day=command.day))
    moved = (visit.day, visit.window) != (command.day, command.window)
    booked = replace(
        visit,
        state=VisitState.SCHEDULED,
        inspector=command.inspector,
        day=command.day,
        window=command.window,
        version=visit.version + 1,
    )
    request = replace(case.request, visits=(*case.request.visits[:-1], booked))
    window = context.reference.find_window(command.window)
    told = notice(
        request,
        NoticeKind.INSPECTION_SCHEDULED,
        f"{booked.ordinal}.{booked.version}",
        context.now,
        number=request.shown_number,
        day=command.day,
        begins=window.begins if window else "",
        ends=window.ends if window else "",
    )
    return conclude(
        case,
        context,
        Action.SCHEDULE_INSPECTION,
        request,
        notices=(told,) if moved else (),
        summary=message("history.visit", day=command.day, inspector=command.inspector),
    )
