"""The supervisor approves the request and its fees (the card's seventh notice)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import message
from desktop_app.domain.money import Fils
from desktop_app.domain.notices import NoticeKind, notice
from desktop_app.domain.tracks import FeesState


@dataclass(frozen=True, slots=True)
class ApproveFees:
    """`total` is what the supervisor saw and approves, in fils."""

    request_id: str
    total: Fils


def decide(case: Case, command: ApproveFees, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    bill = request.fees.calculation
    assert bill is not None
    if bill.total != command.total:
        return refused(message("fees.total_differs", "total", seen=command.total, stands=bill.total))
    fees = replace(
        request.fees,
        state=FeesState.APPROVED,
        approved_by=context.actor.id,
        approved_at=context.now,
        version=request.fees.version + 1,
    )
    approved = replace(request, fees=fees)
    told = notice(
        approved,
        NoticeKind.FEES_DUE,
        str(fees.version),
        context.now,
        number=request.shown_number,
        total=bill.total,
    )
    return conclude(
        case,
        context,
        Action.APPROVE_FEES,
        approved,
        notices=(told,),
        summary=message("history.fees", total=bill.total),
    )
