"""A line of the supervisor's queue: why it is there, in the place of the time that is left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.domain.forecast import Urgency
from desktop_app.texts import tr
from desktop_app.ui.forecast_words import escalation_words, foreseen_words
from desktop_app.ui.promise import Promise
from desktop_app.ui.queue.lines import QueueLine
from desktop_app.ui.theme import Tone

if TYPE_CHECKING:
    from desktop_app.domain.calendar import WorkingCalendar


def escalated_line(line: QueueLine, calendar: WorkingCalendar) -> QueueLine:
    """The line with its reason; that the promise is over, the time itself says already."""
    escalated = line.row.escalated
    if escalated is None:
        return line
    broken = escalated.escalation.why is Urgency.BROKEN
    reason = " ".join(
        (escalation_words(escalated.escalation), foreseen_words(escalated.foreseen, calendar, broken=broken))
    )
    foreseen = Promise(tr("will be late"), line.promise.used, Tone.SOON)
    return replace(line, reason=reason, promise=line.promise if broken else foreseen)
