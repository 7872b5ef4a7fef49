"""Letters that go out to outside bodies and to the Civil Defence, how long they wait, and when one is reminded of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.dated_rows import Period
from desktop_app.domain.dated_tables import period_on
from desktop_app.domain.messages import Findings, message
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Approval, ApprovalState, CivilDefence, CivilDefenceState, Reminder

CIVIL_DEFENCE_BODY = "civil_defence"
"""By this code the Civil Defence is known among the outside bodies."""
_AWAITING = (Status.AWAITING_APPROVALS, Status.AWAITING_CIVIL_DEFENCE)
_NUMBER = re.compile(r"[0-9A-Za-z\u0621-\u064a\u0660-\u0669 /\\.:()_-]{1,40}")


@dataclass(frozen=True, slots=True)
class AwaitedLetter:
    """A letter whose answer is awaited. `since` is the day its waiting counts from: its own date, but not before the
    request was accepted, whatever was typed."""

    body: str
    number: str
    dated: date
    since: date
    reminders: tuple[Reminder, ...] = ()


def awaited_letters(request: Request) -> tuple[AwaitedLetter, ...]:
    """The letters of a request that wait for an answer, those that have waited longest first."""
    accepted = request.intake.accepted_at
    if accepted is None or status_of(request) not in _AWAITING:
        return ()
    earliest = accepted.astimezone(AMMAN).date()
    asked: list[tuple[str, Approval | CivilDefence]] = [
        (one.body, one) for one in request.approvals if one.state is ApprovalState.REQUESTED
    ]
    if request.civil_defence.state is CivilDefenceState.REQUESTED:
        asked.append((CIVIL_DEFENCE_BODY, request.civil_defence))
    letters = [
        AwaitedLetter(body, one.letter_number, one.letter_date, max(one.letter_date, earliest), one.reminders)
        for body, one in asked
        if one.letter_date is not None
    ]
    return tuple(sorted(letters, key=lambda one: (one.since, one.body)))


def find_awaited(request: Request, body: str) -> AwaitedLetter | None:
    return next((one for one in awaited_letters(request) if one.body == body), None)


def days_waited(letter: AwaitedLetter, reference: Reference, today: date) -> int:
    """Working days since the letter's day, that day not counted."""
    return reference.calendar.count_working_days(letter.since, today)


def remind_from(letter: AwaitedLetter, reference: Reference) -> date:
    """The first day on which a reminder may go out: so many working days after the letter, or the last reminder."""
    last = max((letter.since, *(one.at.astimezone(AMMAN).date() for one in letter.reminders)))
    return reference.calendar.add_working_days(last, period_on(reference, Period.REMINDER, last))


def check_letter(number: str, dated: date, today: date, about: str) -> Findings:
    """A letter needs a number that can be printed and a date that has come. `about` is the field's prefix."""
    refusals = []
    if not number.strip():
        refusals.append(message("letter.number_missing", f"{about}_number"))
    elif not _NUMBER.fullmatch(number.strip()):
        refusals.append(message("letter.number_form", f"{about}_number"))
    if dated > today:
        refusals.append(message("letter.date_in_future", f"{about}_date", date=dated))
    return Findings(tuple(refusals))


def check_reason(reason: str) -> Findings:
    """A refusal says why."""
    return Findings(() if reason.strip() else (message("reason.missing", "reason"),))
