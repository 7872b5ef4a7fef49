"""Time left in words: net time counts, pauses do not, and nobody is promised more than there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.pauses import Clock, WaitingFor
from desktop_app.ui.promise import promise_of, promise_until
from desktop_app.ui.theme import Tone

SUNDAY_EIGHT = datetime(2026, 3, 1, 5, tzinfo=UTC)  # eight in Amman
HOUR = timedelta(hours=1)
CALENDAR = WorkingCalendar()


def test_before_acceptance_nothing_is_promised() -> None:
    assert promise_of(Clock(), CALENDAR, SUNDAY_EIGHT).words == ""
    assert promise_until(None, SUNDAY_EIGHT, CALENDAR, paused=False).words == ""


def test_a_running_clock_says_how_much_is_left_and_used() -> None:
    shown = promise_of(Clock(started=SUNDAY_EIGHT), CALENDAR, SUNDAY_EIGHT + 7 * HOUR)
    assert shown.words == "بقي يوما عمل"
    assert shown.used is not None
    assert abs(shown.used - 1 / 3) < 0.001
    assert shown.tone is Tone.DONE
    assert shown.gross == shown.net == "يوم عمل واحد"


def test_less_than_a_minute_is_said_as_such() -> None:
    shown = promise_of(Clock(started=SUNDAY_EIGHT), CALENDAR, SUNDAY_EIGHT + timedelta(seconds=40))
    assert shown.gross == shown.net == "أقل من دقيقة"


def test_the_last_day_is_soon_and_after_it_late() -> None:
    clock = Clock(started=SUNDAY_EIGHT)
    assert promise_of(clock, CALENDAR, SUNDAY_EIGHT + timedelta(days=2) + HOUR).tone is Tone.SOON
    late = promise_of(clock, CALENDAR, SUNDAY_EIGHT + timedelta(days=3) + 3 * HOUR)
    assert late.tone is Tone.LATE
    assert late.words == "متأخر ٣ ساعات"
    assert late.used == 1


def test_a_pause_stops_net_time_only() -> None:
    clock = Clock(started=SUNDAY_EIGHT).pause(WaitingFor.APPLICANT, SUNDAY_EIGHT + HOUR)
    shown = promise_of(clock, CALENDAR, SUNDAY_EIGHT + 4 * HOUR)
    assert shown.tone is Tone.MUTED
    assert shown.net == "ساعة واحدة"
    assert shown.gross == "٤ ساعات"


def test_a_pause_hides_no_breach() -> None:
    late = SUNDAY_EIGHT + timedelta(days=3) + HOUR
    clock = Clock(started=SUNDAY_EIGHT).pause(WaitingFor.APPLICANT, late)
    assert promise_of(clock, CALENDAR, late + HOUR).tone is Tone.LATE


def test_a_stopped_clock_tells_whether_the_promise_was_kept() -> None:
    clock = Clock(started=SUNDAY_EIGHT)
    assert promise_of(clock.stop(SUNDAY_EIGHT + HOUR), CALENDAR, SUNDAY_EIGHT + timedelta(days=30)).tone is Tone.DONE
    assert promise_of(clock.stop(SUNDAY_EIGHT + timedelta(days=9)), CALENDAR, SUNDAY_EIGHT).tone is not Tone.SOON


def test_a_row_says_the_same_as_the_request() -> None:
    clock, now = Clock(started=SUNDAY_EIGHT), SUNDAY_EIGHT + 2 * HOUR
    due = CALENDAR.after_working_time(SUNDAY_EIGHT, CALENDAR.day_length * 3)
    row, whole = promise_until(due, now, CALENDAR, paused=False), promise_of(clock, CALENDAR, now)
    assert (row.words, row.used, row.tone) == (whole.words, whole.used, whole.tone)
    assert promise_until(due, now, CALENDAR, paused=True).used is None
