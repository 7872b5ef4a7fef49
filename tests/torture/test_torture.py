"""The torture finds nothing in what is shipped, finds every planted bug, and its centre behaves as PostgreSQL does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres_fixture import SampleCentre
from tests.torture.schedules import BUGS, Result, run_all, run_schedule
from tests.torture.traces import READERS, WAITS, run_trace

USUAL, ALL = 1000, 4000
TRACES, ALL_TRACES, TRACE_STEPS = 40, 200, 40
ENOUGH_TO_FIND = 24
"""So many schedules find each of the planted bugs."""


def _failures(results: Iterator[Result]) -> list[Result]:
    found = []
    for result in results:
        assert result.steps >= 100
        if not result.well:
            found.append(result)
    return found


def test_nothing_is_lost_diverged_stuck_or_applied_twice() -> None:
    assert _failures(run_all(range(1, USUAL + 1))) == []


@pytest.mark.long
def test_nothing_is_lost_diverged_stuck_or_applied_twice_in_four_thousand_others() -> None:
    assert _failures(run_all(range(10_001, 10_001 + ALL))) == []


@pytest.mark.parametrize(
    ("planted", "shown_as"),
    [
        ("the naive feed", {"diverged"}),
        ("an acknowledgement before the commit at the centre", {"stuck"}),
        ("an acknowledgement before the answer on the workstation", {"stuck"}),
        ("a dropped refusal", {"lost"}),
        ("a cursor without its page", {"diverged"}),
        ("a command dropped when it was taken", {"lost"}),
        ("nothing sent again after a restore", {"lost"}),
        ("a decision that looks at no version", {"double_applied"}),
    ],
)
def test_each_planted_bug_is_found(planted: str, shown_as: set[str]) -> None:
    for result in run_all(range(1, ENOUGH_TO_FIND + 1), planted):
        assert not result.crash
        if shown_as <= {
            kind for kind in ("lost", "diverged", "stuck", "double_applied") if getattr(result.verdict, kind)
        }:
            return
    pytest.fail(f"{planted} was not found in {ENOUGH_TO_FIND} schedules")


def test_every_planted_bug_has_its_test() -> None:
    (mark,) = (one for one in test_each_planted_bug_is_found.pytestmark if one.name == "parametrize")  # type: ignore[attr-defined]
    assert {planted for planted, _ in mark.args[1]} == BUGS.keys()


def test_a_seed_replays_alone() -> None:
    """The same in another process, after other schedules, and by itself."""
    (alone,) = run_all([7], "a dropped refusal", processes=1)
    *_, after_others = run_all(range(4, 8), "a dropped refusal", processes=1)
    assert alone == after_others


def test_what_a_process_remembers_changes_nothing() -> None:
    """A worker keeps what follows from bytes alone; this process does not."""
    bare = [run_schedule(seed) for seed in (3, 4, 5)]
    assert list(run_all((3, 4, 5), processes=1)) == bare
    assert all(one.faults for one in bare)


def _traces(centre: SampleCentre, count: int) -> None:
    with centre.admin() as admin:
        for login in ("clerk", "clerk2"):
            admin.execute(f"alter role {login} in database {centre.database} set lock_timeout = '{WAITS}'".encode())
    links = {login: centre.connect(login, device) for login, device in READERS}
    hands = [centre.hand("clerk", "K1"), centre.hand("clerk2", "K2")]
    for seed in range(count):
        run_trace(seed, TRACE_STEPS, centre, links, hands)


def test_the_simulated_centre_shows_what_postgresql_shows(centre: SampleCentre) -> None:
    _traces(centre, TRACES)


@pytest.mark.long
def test_the_simulated_centre_shows_what_postgresql_shows_on_many_traces(centre: SampleCentre) -> None:
    _traces(centre, ALL_TRACES)
