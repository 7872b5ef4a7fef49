"""Refuse the request, with the legal reason."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.actions import Action
from desktop_app.domain.commands.ending import end_at_intake
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.tracks import IntakeState


@dataclass(frozen=True, slots=True)
class Refuse:
    request_id: str
    reason: str


def decide(case: Case, command: Refuse, context: Context) -> Outcome:
    return end_at_intake(case, context, Action.REFUSE, IntakeState.REFUSED, command.reason)
