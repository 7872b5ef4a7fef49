"""The clock of a request in words: gross and net time, whose time it was, what is foreseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.forecast import escalation_of, forecast
from desktop_app.domain.ledger import Delay, Stretch, ledger_of, time_by
from desktop_app.domain.pauses import time_spent
from desktop_app.domain.request import Request
from desktop_app.texts import name_of, tr
from desktop_app.texts.clock_words import short_moment
from desktop_app.ui.forecast_words import escalation_words, foreseen_words
from desktop_app.ui.promise import spoken_time


@dataclass(frozen=True, slots=True)
class StretchShown:
    """One line of the ledger; `others` where the municipality's clock stood."""

    whose: str
    span: str
    time: str
    others: bool


@dataclass(frozen=True, slots=True)
class ClockShown:
    """`sums` are pairs of title and time; `foreseen` and `escalated` are "" where there is nothing to say."""

    sums: tuple[tuple[str, str], ...] = ()
    stretches: tuple[StretchShown, ...] = ()
    foreseen: str = ""
    escalated: str = ""


def clock_shown(request: Request, calendar: WorkingCalendar, now: datetime) -> ClockShown:
    """Empty before acceptance."""
    spent = time_spent(request.clock, calendar, now)
    if spent is None:
        return ClockShown()
    stretches = ledger_of(request.clock, calendar, now)
    others = tuple(
        (name_of(whose), spoken_time(time, calendar))
        for whose, time in time_by(stretches)
        if whose is not Delay.MUNICIPALITY
    )
    seen, raised = forecast(request, calendar, now), escalation_of(request, calendar, now)
    return ClockShown(
        sums=(
            (tr("Since acceptance"), spoken_time(spent.gross, calendar)),
            (tr("Of that the municipality's"), spoken_time(spent.net, calendar)),
            *others,
        ),
        stretches=tuple(_line(one, calendar) for one in stretches),
        foreseen=foreseen_words(seen, calendar, broken=spent.left <= timedelta()) if seen else "",
        escalated=escalation_words(raised) if raised else "",
    )


def _line(one: Stretch, calendar: WorkingCalendar) -> StretchShown:
    begun = short_moment(one.begun)
    span = (
        tr("since {begun}", begun=begun)
        if one.ended is None
        else tr("{begun} until {ended}", begun=begun, ended=short_moment(one.ended))
    )
    return StretchShown(name_of(one.whose), span, spoken_time(one.time, calendar), one.whose is not Delay.MUNICIPALITY)
