"""The three promised days as a screen shows them: words, the share that is used up, and how pressing it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.calendar import PROMISED_WORKING_DAYS
from desktop_app.texts import ntr, tr
from desktop_app.texts.durations import minutes as spoken_minutes
from desktop_app.texts.durations import time_left
from desktop_app.ui.theme import Tone

if TYPE_CHECKING:
    from desktop_app.domain.calendar import WorkingCalendar
    from desktop_app.domain.pauses import Clock, WaitingFor


@dataclass(frozen=True, slots=True)
class Promise:
    """``used`` is the share of the promised net time that has gone, None where the clock says nothing."""

    words: str = ""
    used: float | None = None
    tone: Tone = Tone.MUTED
    gross: str = ""
    net: str = ""


def promise_until(due: datetime | None, now: datetime, calendar: WorkingCalendar, *, paused: bool) -> Promise:
    """Of a row that knows only when the promise breaks and whether the clock stands."""
    if due is None:
        return Promise()
    if paused:
        return Promise(tr("clock stands still"))
    late = due <= now
    span = calendar.working_time(due, now) if late else calendar.working_time(now, due)
    return _running(-span if late else span, calendar)


def promise_of(clock: Clock, calendar: WorkingCalendar, now: datetime) -> Promise:
    """Of a whole request: net and gross time in words as well."""
    # The ledger of pauses is loaded with the first request: not for the first page of a list.
    from desktop_app.domain.pauses import time_spent

    spent = time_spent(clock, calendar, now)
    if spent is None:
        return Promise()
    shown = _running(spent.left, calendar)
    gross, net = spoken_time(spent.gross, calendar), spoken_time(spent.net, calendar)
    if clock.stopped is not None:
        kept = spent.left >= timedelta()
        words = tr("ended within the promised time") if kept else tr("ended after the promised time")
        return Promise(words, shown.used, Tone.DONE if kept else Tone.LATE, gross, net)
    if clock.waiting_for is not None and spent.left > timedelta():
        return Promise(_standing(clock.waiting_for), shown.used, Tone.MUTED, gross, net)
    return Promise(shown.words, shown.used, shown.tone, gross, net)


def _running(left: timedelta, calendar: WorkingCalendar) -> Promise:
    day = calendar.day_length
    tone = Tone.LATE if left <= timedelta() else Tone.SOON if left < day else Tone.DONE
    used = 1 - left / (day * PROMISED_WORKING_DAYS)
    return Promise(time_left(_minutes(left)), min(max(used, 0.0), 1.0), tone)


def _standing(waiting_for: WaitingFor) -> str:
    from desktop_app.domain.pauses import WaitingFor

    return {
        WaitingFor.APPLICANT: tr("clock stands still: the applicant's turn"),
        WaitingFor.OUTSIDE_BODY: tr("clock stands still: an outside body's turn"),
        WaitingFor.CIVIL_DEFENCE: tr("clock stands still: the Civil Defence's turn"),
    }[waiting_for]


def _minutes(span: timedelta) -> int:
    return int(span / timedelta(minutes=1))


def spoken_time(span: timedelta, calendar: WorkingCalendar) -> str:
    """Working time in its two largest units: days of the office's hours, and hours; minutes below an hour."""
    days, rest = divmod(span, calendar.day_length)
    hours, minutes = divmod(_minutes(rest), 60)
    parts = [ntr("{n} working day", "{n} working days", days)] if days else []
    if hours:
        parts.append(ntr("{n} hour", "{n} hours", hours))
    if not parts:
        parts.append(spoken_minutes(minutes))
    return tr("{first} and {second}", first=parts[0], second=parts[1]) if len(parts) > 1 else parts[0]
