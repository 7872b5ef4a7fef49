"""When a letter may be reminded of, and what is written down of it."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.deciding import Context
from desktop_app.domain.letters import check_letter, find_awaited, remind_from
from desktop_app.domain.messages import Findings, message
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import Reminder

MOST_REMINDERS = 20
"""Whoever does not answer so many letters is to be called upon in another way; and a request stays of a size."""


def check_reminder(request: Request, body: str, number: str, dated: date, context: Context) -> Findings:
    """A reminder is of a letter that is awaited, whose time has come, and is itself a letter."""
    letter = find_awaited(request, body)
    if letter is None:
        return Findings((message("approvals.not_awaited", "body", body=body),))
    if len(letter.reminders) >= MOST_REMINDERS:
        return Findings((message("reminder.too_many", "body", most=MOST_REMINDERS),))
    findings = check_letter(number, dated, context.today, "letter")
    first = remind_from(letter, context.reference)
    if context.today < first:
        findings += Findings((message("reminder.not_yet", "body", body=body, day=first),))
    return findings


def reminder_of(number: str, dated: date, context: Context) -> Reminder:
    return Reminder(number.strip(), dated, context.actor.id, context.now)
