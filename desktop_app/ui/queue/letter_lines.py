"""A line of the queue of letters: whose answer is awaited, for how long, and whether it is time to remind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.letters import days_waited
from desktop_app.texts import ntr, tr
from desktop_app.ui.letters.shown import waiting_words
from desktop_app.ui.promise import Promise
from desktop_app.ui.queue.lines import QueueLine
from desktop_app.ui.request.naming import Naming, listed
from desktop_app.ui.theme import Tone


def letter_line(line: QueueLine, naming: Naming, actor: Actor, now: datetime) -> QueueLine:
    """The line with the oldest letter's waiting in the place of the clock, which stands still meanwhile. An officer
    reads of their own body's letter alone."""
    letters = line.row.letters
    if actor.role is Role.BODY_OFFICER:
        letters = tuple(one for one in letters if one.body == actor.body)
    if not letters:
        return line
    today = now.astimezone(AMMAN).date()
    _, tone = waiting_words(letters[0], naming, today)
    words = _short(days_waited(letters[0], naming.reference, today), tone, officer=actor.role is Role.BODY_OFFICER)
    bodies = listed(tuple(naming.body(one.body) for one in letters))
    return replace(line, waits_for=bodies, promise=Promise(words, None, tone))


def _short(days: int, tone: Tone, *, officer: bool) -> str:
    """What fits into the column: the days, and whose move it is once they are too many."""
    if days == 0:
        return tr("sent today")
    said = ntr("{n} working day", "{n} working days", days)
    if tone is not Tone.LATE:
        return said
    return tr("{days}: late", days=said) if officer else tr("{days}: remind", days=said)
