"""Close a request whose applicant let the time run out."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.actions import Action
from desktop_app.domain.commands.ending import end_at_intake
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.tracks import IntakeState


@dataclass(frozen=True, slots=True)
class Expire:
    request_id: str
    reason: str


def decide(case: Case, command: Expire, context: Context) -> Outcome:
    return end_at_intake(case, context, Action.EXPIRE, IntakeState.EXPIRED, command.reason)
