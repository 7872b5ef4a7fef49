"""The lease over a real store: renewed by the centre, counted by the clock, kept across a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.application.lease_watch import LeaseWatch
from desktop_app.application.ports.store_trouble import LeaseLapsedError
from desktop_app.domain.lease import LeaseState
from desktop_app.storage.lease import StoreLease
from desktop_app.storage.store import Store
from tests.postgres_fixture import TestClock
from tests.store_key import STORE_KEY

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> TestClock:
    return TestClock(START)


def watch_over(file: Path, clock: TestClock) -> tuple[Store, LeaseWatch]:
    store = Store.open(file, STORE_KEY)
    return store, LeaseWatch(StoreLease(store), clock)


def test_it_lapses_after_the_days_the_centre_gave_and_the_centre_alone_renews_it(
    tmp_path: Path, clock: TestClock
) -> None:
    store, watch = watch_over(tmp_path / "s.db", clock)
    watch.renew(5, START)
    clock.moment = START + 4 * DAY
    watch.check()
    assert watch.look().state is LeaseState.RUNNING_OUT
    clock.moment = START + 5 * DAY
    with pytest.raises(LeaseLapsedError):
        watch.check()
    watch.renew(5, clock.moment)
    watch.check()
    store.close()


def test_what_was_used_is_kept_when_the_program_ends_and_the_clock_is_set_back(
    tmp_path: Path, clock: TestClock
) -> None:
    store, watch = watch_over(tmp_path / "s.db", clock)
    watch.renew(5, START)
    clock.moment = START + 4.5 * DAY
    watch.look()
    store.close()
    clock.moment = START
    store, watch = watch_over(tmp_path / "s.db", clock)
    assert watch.look().left == 0.5 * DAY
    clock.moment = START + 0.5 * DAY
    assert watch.look().state is LeaseState.LAPSED
    store.close()


def test_a_store_that_never_saw_the_centre_is_bound_by_none(tmp_path: Path, clock: TestClock) -> None:
    store, watch = watch_over(tmp_path / "s.db", clock)
    assert watch.look().state is LeaseState.GOOD
    store.close()


def test_a_store_from_before_there_were_leases_counts_from_its_last_contact(tmp_path: Path, clock: TestClock) -> None:
    store, watch = watch_over(tmp_path / "s.db", clock)
    with store.writing() as writing:
        writing.note_contact(START)
    clock.moment = START + 15 * DAY
    with pytest.raises(LeaseLapsedError):
        watch.check()
    store.close()


def test_rounds_one_after_the_other_ask_nothing_of_the_disk(tmp_path: Path, clock: TestClock) -> None:
    store, watch = watch_over(tmp_path / "s.db", clock)
    watch.renew(5, START)
    kept = store.find_setting("lease")
    clock.advance(minutes=5)
    watch.renew(5, clock.moment)
    assert store.find_setting("lease") == kept
    watch.renew(6, clock.moment)
    assert store.find_setting("lease") != kept
    store.close()
