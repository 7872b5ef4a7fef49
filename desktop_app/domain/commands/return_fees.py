"""The supervisor sends the assessment back, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import FeesState


@dataclass(frozen=True, slots=True)
class ReturnFees:
    request_id: str
    reason: str


def decide(case: Case, command: ReturnFees, context: Context) -> Outcome:
    assert case.request is not None
    if not command.reason.strip():
        return refused(message("reason.missing", "reason"))
    fees = replace(
        case.request.fees,
        state=FeesState.RETURNED,
        reason=command.reason.strip(),
        version=case.request.fees.version + 1,
    )
    return conclude(case, context, Action.RETURN_FEES, replace(case.request, fees=fees))
