"""The card: ٣ أيام عمل. Working days and hours of Amman, the promise of three days, and the ledger of pauses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.pauses import Clock, Pause, WaitingFor, time_spent
from desktop_app.domain.request import Status
from desktop_app.domain.waiting import Desk, desk_of
from tests.domain.builders import NOW, make_reference, supervisor
from tests.domain.journey import journey
from tests.domain.strategies import instants, spans

CALENDAR = make_reference().calendar
HOUR = timedelta(hours=1)


def amman(day: int, hour: int) -> datetime:
    """An hour of a day of March 2026 in Amman (UTC+3)."""
    return datetime(2026, 3, day, hour, tzinfo=UTC) - 3 * HOUR


def test_the_week_is_sunday_to_thursday_without_holidays() -> None:
    days = [date(2026, 3, day) for day in range(15, 23)]  # Sunday 15 to Sunday 22; the 19th is a holiday
    assert [CALENDAR.is_working_day(day) for day in days] == [True] * 4 + [False] * 3 + [True]
    assert CALENDAR.next_working_day(date(2026, 3, 18)) == date(2026, 3, 22)
    assert CALENDAR.holiday_name(date(2026, 3, 19)) == "عيد الفطر"


def test_only_office_hours_count() -> None:
    assert CALENDAR.working_time(amman(1, 6), amman(1, 23)) == 7 * HOUR
    assert CALENDAR.working_time(amman(1, 14), amman(2, 9)) == 2 * HOUR
    assert CALENDAR.working_time(amman(5, 14), amman(8, 9)) == 2 * HOUR  # over the weekend
    assert CALENDAR.working_time(amman(2, 9), amman(1, 14)) == timedelta()


def test_amman_kept_summer_time_until_2022() -> None:
    summer = WorkingCalendar().working_time(datetime(2021, 7, 1, 5, tzinfo=UTC), datetime(2021, 7, 1, 6, tzinfo=UTC))
    winter = WorkingCalendar().working_time(datetime(2021, 12, 1, 5, tzinfo=UTC), datetime(2021, 12, 1, 6, tzinfo=UTC))
    assert (summer, winter) == (HOUR, timedelta())  # 05:00 UTC was eight o'clock in summer, seven in winter


@given(instants, spans, spans)
def test_working_time_is_additive(start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second
    assert CALENDAR.working_time(start, middle) + CALENDAR.working_time(middle, end) == CALENDAR.working_time(
        start, end
    )


@given(instants, st.integers(0, 60 * 60 * 7 * 12).map(lambda s: timedelta(seconds=s)))
def test_the_end_of_a_span_of_working_time_is_where_it_has_passed_and_not_before(
    start: datetime, span: timedelta
) -> None:
    end = CALENDAR.after_working_time(start, span)
    assert end.tzinfo is UTC
    assert CALENDAR.working_time(start, end) == span
    if span:
        assert CALENDAR.working_time(start, end - timedelta(seconds=1)) < span


def test_three_working_days_from_acceptance() -> None:
    accepted = amman(1, 10)
    spent = time_spent(Clock(started=accepted), CALENDAR, accepted)
    assert spent is not None
    assert (spent.left, spent.due) == (21 * HOUR, amman(4, 10))


def test_time_that_others_take_is_shown_but_not_counted_as_the_municipalitys() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    waiting = [walked.request.clock.waiting_for]
    walked.write_letters()
    waiting.append(walked.request.clock.waiting_for)
    assert waiting == [None, WaitingFor.OUTSIDE_BODY]  # the letter itself is the counter's to write
    walked.pass_days(2)
    walked.answer_letters()
    spent = time_spent(walked.request.clock, CALENDAR, walked.centre.now + HOUR)
    assert spent is not None
    assert (spent.gross, spent.net) == (15 * HOUR, HOUR)


@pytest.mark.parametrize(
    ("status", "waiting"),
    [
        (Status.RECTIFICATION, WaitingFor.APPLICANT),
        (Status.AWAITING_PAYMENT, WaitingFor.APPLICANT),
        (Status.AWAITING_CIVIL_DEFENCE, None),
        (Status.FEES_TO_ASSESS, None),
        (Status.FEES_TO_APPROVE, None),
        (Status.TO_SCHEDULE, None),
    ],
)
def test_the_ledger_says_whom_a_request_waits_for(status: Status, waiting: WaitingFor | None) -> None:
    assert journey(status).request.clock.waiting_for is waiting


def test_the_civil_defences_time_is_not_the_municipalitys() -> None:
    walked = journey(Status.AWAITING_CIVIL_DEFENCE)
    walked.write_civil_defence()
    assert walked.request.clock.waiting_for is WaitingFor.CIVIL_DEFENCE
    assert desk_of(walked.request) is Desk.CIVIL_DEFENCE


@pytest.mark.parametrize("status", [Status.ISSUED, Status.PRINTED, Status.DELIVERED, Status.REFUSED, Status.REFUNDED])
def test_the_clock_stops_at_issue_and_at_every_other_end(status: Status) -> None:
    assert journey(status).request.clock.stopped is not None


def test_a_breach_keeps_the_moment_at_which_it_happened() -> None:
    started = amman(1, 8)
    clock = Clock(started).pause(WaitingFor.APPLICANT, amman(2, 8)).resume(amman(3, 8))
    spent = time_spent(clock, CALENDAR, amman(12, 8))
    assert spent is not None
    assert spent.left < timedelta()
    assert spent.due == amman(4, 15)  # Sunday, Tuesday and Wednesday were used up


def test_what_was_issued_and_taken_back_stood_still_meanwhile() -> None:
    walked = journey(Status.ISSUED)
    before = time_spent(walked.request.clock, CALENDAR, walked.centre.now)
    walked.pass_days(9)
    walked.do(supervisor(), VoidReceipt(walked.id, "خطأ"))
    after = time_spent(walked.request.clock, CALENDAR, walked.centre.now)
    assert before is not None
    assert after is not None
    assert after.net == before.net
    assert after.gross > before.gross


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from([*WaitingFor, None]), st.integers(-50, 100)), max_size=8), spans)
def test_net_never_exceeds_gross_nor_falls_below_nothing_even_if_a_clock_was_put_back(
    changes: list[tuple[WaitingFor | None, int]], later: timedelta
) -> None:
    clock, at = Clock().start(NOW), NOW
    for waiting, hours in changes:
        at += hours * HOUR
        clock = clock.pause(waiting, at) if waiting else clock.resume(at)
    spent = time_spent(clock, CALENDAR, at + later)
    assert spent is not None
    assert timedelta() <= spent.net <= spent.gross
    assert spent.left == 21 * HOUR - spent.net


def test_there_is_no_time_before_acceptance() -> None:
    assert time_spent(Clock(), CALENDAR, NOW) is None


def test_a_pause_for_the_same_reason_is_one_pause() -> None:
    once = Clock(NOW).pause(WaitingFor.APPLICANT, NOW)
    assert once.pause(WaitingFor.APPLICANT, NOW + HOUR) == once
    assert once.pauses == (Pause(WaitingFor.APPLICANT, NOW),)
