"""Give the request back to the applicant for completion, with what is missing and by when."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.dated_rows import Period
from desktop_app.domain.dated_tables import period_on
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import IntakeState


@dataclass(frozen=True, slots=True)
class ReturnForCompletion:
    request_id: str
    reason: str


def decide(case: Case, command: ReturnForCompletion, context: Context) -> Outcome:
    assert case.request is not None
    if not command.reason.strip():
        return refused(message("reason.missing", "reason"))
    intake = replace(
        case.request.intake,
        state=IntakeState.RETURNED,
        reason=command.reason.strip(),
        answer_by=context.reference.calendar.add_working_days(
            context.today, period_on(context.reference, Period.COMPLETION, context.today)
        ),
        version=case.request.intake.version + 1,
    )
    summary = message("history.reason", reason=intake.reason)
    return conclude(case, context, Action.RETURN, replace(case.request, intake=intake), summary=summary)
