"""Remind the Civil Defence of a letter that has had no answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, PaperOrder
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY
from desktop_app.domain.messages import message
from desktop_app.domain.reminding import check_reminder, reminder_of


@dataclass(frozen=True, slots=True)
class RemindCivilDefence:
    request_id: str
    letter_number: str
    letter_date: date


def decide(case: Case, command: RemindCivilDefence, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    findings = check_reminder(request, CIVIL_DEFENCE_BODY, command.letter_number, command.letter_date, context)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    asked = request.civil_defence
    reminder = reminder_of(command.letter_number, command.letter_date, context)
    reminded = replace(asked, reminders=(*asked.reminders, reminder), version=asked.version + 1)
    return conclude(
        case,
        context,
        Action.REMIND_CIVIL_DEFENCE,
        replace(request, civil_defence=reminded),
        papers=(PaperOrder("reminder", reminder.number, request.id, CIVIL_DEFENCE_BODY),),
        summary=message(
            "history.reminder", body=CIVIL_DEFENCE_BODY, number=reminder.number, letter=asked.letter_number
        ),
    )
