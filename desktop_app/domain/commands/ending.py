"""How the commands that end a request at intake end it: with a reason that is written down."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import IntakeState


def end_at_intake(case: Case, context: Context, action: Action, state: IntakeState, reason: str) -> Outcome:
    """The request in its end state. What it held of the parent goes back (see `conclude`)."""
    assert case.request is not None
    if not reason.strip():
        return refused(message("reason.missing", "reason"))
    intake = replace(
        case.request.intake,
        state=state,
        reason=reason.strip(),
        version=case.request.intake.version + 1,
    )
    summary = message("history.reason", reason=intake.reason)
    return conclude(case, context, action, replace(case.request, intake=intake), summary=summary)
