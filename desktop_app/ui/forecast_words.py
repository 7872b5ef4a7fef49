"""What is foreseen of a request, in sentences: for the queue's preview and the request's clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.forecast import Urgency
from desktop_app.texts import name_of, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.ui.promise import spoken_time
from desktop_app.ui.request.naming import listed

if TYPE_CHECKING:
    from desktop_app.domain.calendar import WorkingCalendar
    from desktop_app.domain.forecast import Escalation, Forecast


def foreseen_words(seen: Forecast, calendar: WorkingCalendar, *, broken: bool) -> str:
    """What is still to be done, by when that is done at the usual pace, and how that stands to the promise."""
    said = [tr("The clock stands: others are waited for. If what it waits for came now:")] if seen.stands else []
    if seen.steps:
        steps = listed(tuple(name_of(step) for step in seen.steps))
        said.append(
            tr("Still to do at the municipality: {steps}. At the usual pace that is done {moment}.",
               steps=steps, moment=date_and_time(seen.finishes))
        )  # fmt: skip
    else:
        said.append(tr("Nothing remains to be done at the municipality."))
    said.append(_against_the_promise(seen, calendar, broken=broken))
    return " ".join(said)


def _against_the_promise(seen: Forecast, calendar: WorkingCalendar, *, broken: bool) -> str:
    due = date_and_time(seen.due)
    if broken:
        return tr("The promised time ended {due}.", due=due)
    if seen.spare > timedelta():
        return tr(
            "The promised time lasts until {due}: {time} to spare.", due=due, time=spoken_time(seen.spare, calendar)
        )
    if seen.spare < timedelta():
        over = spoken_time(-seen.spare, calendar)
        return tr("The promised time lasts until {due}: it will be exceeded by {time}.", due=due, time=over)
    return tr("The promised time lasts until {due}: no time is left to spare.", due=due)


def escalation_words(escalation: Escalation) -> str:
    """Since when it is before the supervisor, and why."""
    since = date_and_time(escalation.since)
    if escalation.why is Urgency.BROKEN:
        return tr("Before the supervisor since {since}; the promised time is over by now.", since=since)
    return tr("Before the supervisor since {since}: at the usual pace it will be late.", since=since)
