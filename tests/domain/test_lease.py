"""The lease only ever grows shorter, whatever is done to the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.lease import LeaseState, grant, lease_stands, observe

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
spans = st.timedeltas(min_value=timedelta(0), max_value=3 * DAY)
turns = st.timedeltas(min_value=-400 * DAY, max_value=400 * DAY)


def test_it_ends_after_its_days_and_warns_before() -> None:
    lease = grant(14, START, START)
    assert lease_stands(lease, START + 10 * DAY).state is LeaseState.GOOD
    assert lease_stands(lease, START + 11 * DAY).state is LeaseState.RUNNING_OUT
    assert lease_stands(lease, START + 13.5 * DAY).left == 0.5 * DAY
    assert lease_stands(lease, START + 14 * DAY).state is LeaseState.LAPSED


def test_a_clock_that_is_set_back_gives_nothing_back() -> None:
    lease = observe(grant(14, START, START), START + 13 * DAY)
    back = observe(lease, START)
    assert lease_stands(back, START).left == DAY
    assert lease_stands(back, START + DAY).state is LeaseState.LAPSED


def test_a_clock_that_is_set_right_again_is_not_counted_twice() -> None:
    """An empty battery: the clock begins in 1970, and the network sets it right."""
    lease = observe(grant(14, START, START), START + DAY)
    awake = observe(lease, datetime(1970, 1, 1, tzinfo=UTC))
    right = observe(awake, START + 2 * DAY)
    assert right.used == 2 * DAY


@given(st.lists(turns, max_size=30), st.integers(min_value=1, max_value=365))
def test_what_is_used_never_shrinks_and_lapsed_stays_lapsed(clock: list[timedelta], days: int) -> None:
    lease = grant(days, START, START)
    for turn in clock:
        after = observe(lease, START + turn)
        assert after.used >= lease.used
        assert after.used >= after.furthest - START
        if lease_stands(lease, lease.last).state is LeaseState.LAPSED:
            assert lease_stands(after, START + turn).state is LeaseState.LAPSED
        lease = after


@given(st.lists(st.tuples(spans, turns), max_size=30))
def test_whatever_the_clock_is_set_to_time_that_it_was_seen_to_pass_through_is_used(
    moves: list[tuple[timedelta, timedelta]],
) -> None:
    """Between two settings of the clock the program looks at it once before and once after the time has passed."""
    lease, now, passed = grant(14, START, START), START, timedelta(0)
    for span, setting in moves:
        now += setting
        before = lease = observe(lease, now)
        now += span
        lease = observe(lease, now)
        if now <= before.furthest or before.last == before.furthest:
            assert lease.used - before.used == span
        passed += span if before.last == before.furthest else timedelta(0)
    assert lease.used >= passed


@given(st.integers())
def test_days_out_of_bounds_neither_lock_nor_unlock_for_ever(days: int) -> None:
    assert 1 <= grant(days, START, START).days <= 365
