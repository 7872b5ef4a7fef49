"""Remind an outside body of a letter that has had no answer: the reminder's number and date go on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, PaperOrder, refused
from desktop_app.domain.messages import message
from desktop_app.domain.reminding import check_reminder, reminder_of


@dataclass(frozen=True, slots=True)
class RemindBody:
    request_id: str
    body: str
    letter_number: str
    letter_date: date


def decide(case: Case, command: RemindBody, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    approval = request.find_approval(command.body)
    findings = check_reminder(request, command.body, command.letter_number, command.letter_date, context)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    if approval is None:
        return refused(message("approvals.not_awaited", "body", body=command.body))
    reminder = reminder_of(command.letter_number, command.letter_date, context)
    reminded = replace(approval, reminders=(*approval.reminders, reminder), version=approval.version + 1)
    approvals = tuple(reminded if one.body == reminded.body else one for one in request.approvals)
    return conclude(
        case,
        context,
        Action.REMIND_BODY,
        replace(request, approvals=approvals),
        papers=(PaperOrder("reminder", reminder.number, request.id, command.body),),
        summary=message("history.reminder", body=command.body, number=reminder.number, letter=approval.letter_number),
    )
