"""Withdraw the request because the applicant no longer wants it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.actions import Action
from desktop_app.domain.commands.ending import end_at_intake
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.tracks import IntakeState


@dataclass(frozen=True, slots=True)
class Withdraw:
    request_id: str
    reason: str


def decide(case: Case, command: Withdraw, context: Context) -> Outcome:
    return end_at_intake(case, context, Action.WITHDRAW, IntakeState.WITHDRAWN, command.reason)
