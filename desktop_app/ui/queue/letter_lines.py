"""A line of the queue of letters: whose answer is awaited, for how long, and whether it is time to remind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.calendar import AMMAN
from desktop_app.ui.letters.shown import waiting_words
from desktop_app.ui.promise import Promise
from desktop_app.ui.queue.lines import QueueLine
from desktop_app.ui.request.naming import Naming, listed


def letter_line(line: QueueLine, naming: Naming, actor: Actor, now: datetime) -> QueueLine:
    """The line with the oldest letter's waiting in the place of the clock, which stands still meanwhile. An officer
    reads of their own body's letter alone."""
    letters = line.row.letters
    if actor.role is Role.BODY_OFFICER:
        letters = tuple(one for one in letters if one.body == actor.body)
    if not letters:
        return line
    words, tone = waiting_words(letters[0], naming, now.astimezone(AMMAN).date())
    bodies = listed(tuple(naming.body(one.body) for one in letters))
    return replace(line, waits_for=bodies, promise=Promise(words, None, tone))
