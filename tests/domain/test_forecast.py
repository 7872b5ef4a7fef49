"""The three working days foreseen: whose time went where, when a request will be done, when a supervisor must know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.forecast import (
    USUAL,
    OwnStep,
    Urgency,
    escalates_at,
    escalation_of,
    forecast,
    steps_left,
)
from desktop_app.domain.ledger import Delay, ledger_of, time_by
from desktop_app.domain.pauses import Clock, WaitingFor, time_spent
from desktop_app.domain.request import Status
from tests.domain.builders import NOW, make_reference
from tests.domain.journey import journey
from tests.domain.strategies import spans

CALENDAR = make_reference().calendar
HOUR, NONE = timedelta(hours=1), timedelta()
WITH_CLOCK = (
    Status.AWAITING_APPROVALS,
    Status.TO_SCHEDULE,
    Status.INSPECTION_SCHEDULED,
    Status.RECTIFICATION,
    Status.AWAITING_CIVIL_DEFENCE,
    Status.FEES_TO_ASSESS,
    Status.FEES_TO_APPROVE,
    Status.AWAITING_PAYMENT,
)
walks = st.lists(st.tuples(st.sampled_from([*WaitingFor, None]), st.integers(-50, 100)), max_size=8)


def walked_clock(changes: list[tuple[WaitingFor | None, int]]) -> tuple[Clock, datetime]:
    clock, at = Clock().start(NOW), NOW
    for waiting, hours in changes:
        at += hours * HOUR
        clock = clock.pause(waiting, at) if waiting else clock.resume(at)
    return clock, at


@settings(max_examples=150)
@given(walks, spans, st.booleans())
def test_what_each_took_sums_to_the_gross_time_without_gaps(
    changes: list[tuple[WaitingFor | None, int]], later: timedelta, stops: bool
) -> None:
    clock, at = walked_clock(changes)
    if stops:
        clock = clock.stop(at)
    as_of = max(at, NOW) + later
    stretches, spent = ledger_of(clock, CALENDAR, as_of), time_spent(clock, CALENDAR, as_of)
    assert spent is not None
    assert sum((one.time for one in stretches), NONE) == spent.gross
    assert dict(time_by(stretches)).get(Delay.MUNICIPALITY, NONE) == spent.net
    assert all(one.time >= NONE for one in stretches)
    assert all(before.ended == after.begun for before, after in pairwise(stretches))
    assert [one.ended is None for one in stretches].count(True) == (not stops and bool(stretches))


def test_the_ledger_names_who_kept_it_waiting() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.write_letters()
    walked.pass_days(2)
    walked.answer_letters()
    stretches = ledger_of(walked.request.clock, CALENDAR, walked.centre.now + HOUR)
    assert [one.whose for one in stretches] == [Delay.OUTSIDE_BODY, Delay.MUNICIPALITY]
    assert [one.time for one in stretches] == [14 * HOUR, HOUR]
    assert stretches[-1].ended is None


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (Status.AWAITING_APPROVALS, tuple(OwnStep)),
        (Status.TO_SCHEDULE, tuple(OwnStep)[1:]),
        (Status.INSPECTION_SCHEDULED, tuple(OwnStep)[2:]),
        (Status.RECTIFICATION, tuple(OwnStep)[1:]),
        (Status.AWAITING_CIVIL_DEFENCE, tuple(OwnStep)[3:]),
        (Status.FEES_TO_ASSESS, (OwnStep.FEES, OwnStep.APPROVAL)),
        (Status.FEES_TO_APPROVE, (OwnStep.APPROVAL,)),
        (Status.AWAITING_PAYMENT, ()),
    ],
)
def test_the_municipalitys_own_steps_that_remain(status: Status, steps: tuple[OwnStep, ...]) -> None:
    assert steps_left(journey(status).request) == steps


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WITH_CLOCK), spans)
def test_a_forecast_is_never_before_now_and_counts_every_step(status: Status, later: timedelta) -> None:
    walked = journey(status)
    as_of = walked.centre.now + later
    seen = forecast(walked.request, CALENDAR, as_of)
    assert seen is not None
    assert seen.finishes >= as_of
    assert CALENDAR.working_time(as_of, seen.finishes) >= seen.needed
    assert seen.stands == (walked.request.clock.waiting_for is not None)
    spent = time_spent(walked.request.clock, CALENDAR, as_of)
    assert spent is not None
    if seen.visit_ends is None and spent.left >= seen.needed:
        assert seen.spare == spent.left - seen.needed


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(WITH_CLOCK), spans)
def test_what_waits_for_the_municipality_is_escalated_exactly_when_no_time_is_left_to_spare(
    status: Status, later: timedelta
) -> None:
    walked = journey(status)
    as_of = walked.centre.now + later
    request = walked.request
    seen, spent = forecast(request, CALENDAR, as_of), time_spent(request.clock, CALENDAR, as_of)
    assert seen is not None
    assert spent is not None
    raised = escalation_of(request, CALENDAR, as_of)
    if request.clock.waiting_for is None:
        assert (raised is not None) == seen.breaks
        assert raised is None or (raised.why is Urgency.BROKEN) == (spent.left <= NONE)
        assert raised is None or raised.since <= as_of
    else:
        assert (raised is not None) == (spent.left <= NONE)


def test_an_occasion_is_one_instant_whenever_it_is_asked() -> None:
    walked = journey(Status.FEES_TO_APPROVE)
    since = escalates_at(walked.request, CALENDAR)
    spent = time_spent(walked.request.clock, CALENDAR, walked.centre.now)
    assert since is not None
    assert spent is not None
    assert since == CALENDAR.after_working_time(walked.centre.now, spent.left - USUAL[OwnStep.APPROVAL])
    for later in (NONE, HOUR, timedelta(days=30)):
        raised = escalation_of(walked.request, CALENDAR, since + later)
        assert raised is not None
        assert raised.since == since
    assert escalation_of(walked.request, CALENDAR, since - timedelta(seconds=1)) is None


def test_a_visit_booked_too_late_is_escalated_from_its_booking_on() -> None:
    walked = journey(Status.TO_SCHEDULE)
    assert escalation_of(walked.request, CALENDAR, walked.centre.now) is None
    far = CALENDAR.add_working_days(walked.centre.now.date(), 4)
    walked.book(far)
    raised = escalation_of(walked.request, CALENDAR, walked.centre.now)
    assert raised is not None
    assert (raised.since, raised.why) == (walked.centre.now, Urgency.FORESEEN)
    seen = forecast(walked.request, CALENDAR, walked.centre.now)
    assert seen is not None
    assert seen.visit_ends == datetime(far.year, far.month, far.day, 12, tzinfo=UTC)  # three o'clock in Amman
    assert seen.breaks


@pytest.mark.parametrize("status", [Status.LODGED, Status.ISSUED, Status.DELIVERED, Status.REFUSED])
def test_nothing_is_foreseen_before_acceptance_or_after_the_end(status: Status) -> None:
    request = journey(status).request
    late = NOW + timedelta(days=400)
    assert forecast(request, CALENDAR, late) is None
    assert escalates_at(request, CALENDAR) is None


def test_others_time_is_nobodys_escalation_until_the_promise_was_broken_before() -> None:
    walked = journey(Status.AWAITING_PAYMENT)
    assert escalation_of(walked.request, CALENDAR, walked.centre.now + timedelta(days=90)) is None
    slow = journey(Status.FEES_TO_APPROVE)
    slow.pass_days(9)
    slow.approve()
    raised = escalation_of(slow.request, CALENDAR, slow.centre.now)
    assert raised is not None
    assert raised.why is Urgency.BROKEN
