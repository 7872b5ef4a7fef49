"""The applicant says that conditions were put right: the next visit can be booked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.tracks import Visit, VisitState


@dataclass(frozen=True, slots=True)
class ConfirmRectification:
    request_id: str


def decide(case: Case, command: ConfirmRectification, context: Context) -> Outcome:
    assert case.request is not None
    visit = case.request.visit
    assert visit is not None
    done = replace(visit, state=VisitState.RECTIFIED, version=visit.version + 1)
    following = Visit(ordinal=visit.ordinal + 1)
    visits = (*case.request.visits[:-1], done, following)
    return conclude(case, context, Action.CONFIRM_RECTIFICATION, replace(case.request, visits=visits))
