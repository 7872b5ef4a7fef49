"""The background runner: when it makes rounds, what it says meanwhile, and that it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from desktop_app.domain.commands.lodge import Lodge
from desktop_app.sync import runner as module
from desktop_app.sync.backing_off import LONGEST, pause_before
from desktop_app.sync.centre_link import (
    CentreLink,
    CentreUnreachableError,
    NotAdmittedError,
    Scope,
    TamperingError,
)
from desktop_app.sync.engine import Round
from desktop_app.sync.kept_link import KEPT_LONGEST_SECONDS
from desktop_app.sync.runner import SyncRunner
from desktop_app.sync.status import SyncState, SyncStatus
from desktop_app.sync.tally import Tally
from tests.domain.builders import NOW
from tests.sync.fake_centre import FakeLink
from tests.workplaces import content_for, make_workplace, sample_centre

PATIENCE = 20.0
"""Seconds after which a thread that should have done something has failed."""


class Line:
    """A centre that is there or not, and tells of news when the test says so."""

    def __init__(self) -> None:
        self.trouble: Exception | None = None
        self.done: Round | None = None
        self.rounds = 0
        self.news = threading.Event()
        self.changed = threading.Condition()
        self.states: list[SyncStatus] = []
        self.sent = 0

    def connect(self) -> CentreLink:
        if isinstance(self.trouble, CentreUnreachableError | NotAdmittedError):
            raise self.trouble
        return _Listening(self)

    def round(self, link: CentreLink) -> object:
        with self.changed:
            self.rounds += 1
            self.changed.notify_all()
        if self.trouble is not None:
            raise self.trouble
        return self.done

    def tally(self) -> Tally:
        return Tally(0, self.sent, 0, 0, NOW)

    def told(self, status: SyncStatus) -> None:
        with self.changed:
            self.states.append(status)
            self.changed.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(condition, PATIENCE)

    def wait_for_state(self, state: SyncState) -> None:
        self.wait_for(lambda: bool(self.states) and self.states[-1].state is state)


class _Listening(FakeLink):
    def __init__(self, line: Line) -> None:
        self.line = line

    def wait_for_news(self, seconds: float) -> bool:
        if not self.line.news.wait(seconds):
            return False
        self.line.news.clear()
        return True

    def close(self) -> None:
        pass


@contextmanager
def _running(line: Line, crashed: Callable[[Exception], object] | None = None) -> Iterator[SyncRunner]:
    def fail(error: Exception) -> None:
        raise error

    made = SyncRunner(line, line.connect, line.tally, lambda: NOW, Random(7), crashed or fail)
    made.listen(line.told)
    made.start()
    try:
        yield made
    finally:
        made.stop()
    assert not [one for one in threading.enumerate() if one.name.startswith("sync")]


@pytest.mark.parametrize(
    ("ahead", "trouble"),
    [(timedelta(days=400), "clock"), (timedelta(days=-400), "clock"), (timedelta(minutes=9), ""), (timedelta(), "")],
)
def test_a_clock_that_is_not_the_centres_is_told(ahead: timedelta, trouble: str) -> None:
    line = Line()
    line.done = Round(0, 0, 0, (), Scope("e", (0,), NOW - ahead))
    with _running(line):
        line.wait_for_state(SyncState.SYNCED)
        assert line.states[-1].trouble == trouble


def test_a_round_is_made_at_the_start_and_whenever_something_is_given_or_told() -> None:
    line = Line()
    with _running(line) as runner:
        line.wait_for_state(SyncState.SYNCED)
        before = line.rounds
        runner.given()
        line.wait_for(lambda: line.rounds > before)
        line.wait_for_state(SyncState.SYNCED)
        before = line.rounds
        line.news.set()
        line.wait_for(lambda: line.rounds > before)


def test_an_unreachable_centre_is_tried_again_after_a_pause_that_ends_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop_app.sync.runner.pause_before", lambda attempt, random: 10_000.0)
    line = Line()
    line.trouble = CentreUnreachableError()
    with _running(line) as runner:
        line.wait_for_state(SyncState.OFFLINE)
        assert line.states[-1].trouble == "unreachable"
        assert line.states[-1].next_try == NOW + timedelta(seconds=10_000)
        runner.given()  # does not shorten the pause
        line.trouble = None
        runner.sync_now()
        line.wait_for_state(SyncState.SYNCED)
        assert line.states[-1].next_try is None


def test_pauses_grow_to_a_limit_and_are_never_the_same_for_all() -> None:
    for attempt in range(1, 40):
        whole = min(LONGEST, 2.0 ** (attempt - 1))
        pauses = {pause_before(attempt, Random(seed)) for seed in range(20)}
        assert all(whole / 2 <= pause <= whole for pause in pauses)
        assert len(pauses) > 15
    assert pause_before(3, Random(1)) == pause_before(3, Random(1))


@pytest.mark.parametrize(("trouble", "said"), [(NotAdmittedError(), "not_admitted"), (TamperingError(), "tampering")])
def test_who_is_not_let_in_does_not_knock_again_before_being_asked_to(trouble: Exception, said: str) -> None:
    line = Line()
    line.trouble = trouble
    with _running(line) as runner:
        line.wait_for_state(SyncState.REFUSED)
        assert line.states[-1].trouble == said
        runner.given()
        line.trouble = None
        assert line.states[-1].state is SyncState.REFUSED
        runner.sync_now()
        line.wait_for_state(SyncState.SYNCED)


def test_a_listening_connection_that_breaks_is_followed_by_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.sync.runner.pause_before", lambda attempt, random: 0.0)
    line = Line()
    broken = threading.Event()
    hears = _Listening.wait_for_news

    def break_once(self: _Listening, seconds: float) -> bool:
        if line.rounds >= 2 and not broken.is_set():
            # Only once every round that was asked for has been made: the break alone must bring about the next.
            line.wait_for_state(SyncState.SYNCED)
            broken.set()
            raise CentreUnreachableError("the centre went away")
        return hears(self, seconds)

    monkeypatch.setattr(_Listening, "wait_for_news", break_once)
    with _running(line):
        line.wait_for(lambda: broken.is_set() and line.rounds > 2)
        line.wait_for_state(SyncState.SYNCED)


def test_working_offline_makes_no_round_until_it_ends() -> None:
    line = Line()
    with _running(line) as runner:
        line.wait_for_state(SyncState.SYNCED)
        runner.work_offline(True)
        assert runner.status().state is SyncState.WORKING_OFFLINE
        before = line.rounds
        assert runner.run_once().state is SyncState.WORKING_OFFLINE
        runner.sync_now()
        runner.given()
        assert line.rounds == before
        runner.work_offline(False)
        line.wait_for(lambda: line.rounds > before)


def test_a_bug_in_a_round_is_reported_and_does_not_end_the_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.sync.runner.pause_before", lambda attempt, random: 10_000.0)
    line, reported = Line(), list[Exception]()
    line.trouble = ZeroDivisionError()
    with _running(line, reported.append) as runner:
        line.wait_for(lambda: bool(reported))
        line.wait_for_state(SyncState.OFFLINE)
        assert line.states[-1].trouble == "bug"
        line.trouble = None
        runner.sync_now()
        line.wait_for_state(SyncState.SYNCED)
    assert [type(one) for one in reported] == [ZeroDivisionError]


@pytest.mark.parametrize("where", ["tally", "listener"])
def test_a_bug_in_what_is_told_is_reported_and_does_not_end_the_runner(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, reported = Line(), list[Exception]()

    def fail(*_: object) -> Tally:
        raise ZeroDivisionError

    monkeypatch.setattr(line, where if where == "tally" else "told", fail)
    with _running(line, reported.append) as runner:
        line.wait_for(lambda: line.rounds > 0)
        monkeypatch.undo()
        runner.sync_now()
        runner.listen(line.told)
        line.wait_for_state(SyncState.SYNCED)
        before = line.rounds
        runner.given()
        line.wait_for(lambda: line.rounds > before)
    assert {type(one) for one in reported} == {ZeroDivisionError}


def test_a_listener_that_has_ended_is_told_nothing_more() -> None:
    line, told = Line(), list[SyncStatus]()
    runner = SyncRunner(line, line.connect, line.tally, lambda: NOW, Random(7), lambda error: None)
    end = runner.listen(told.append)
    runner.run_once()
    assert [one.state for one in told] == [SyncState.SYNCING, SyncState.SYNCED]
    end()
    runner.run_once()
    assert len(told) == 2


def test_a_round_in_the_callers_thread_waits_a_moment_for_the_registrar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = sample_centre(each=0, spare_licences=1)
    workplace = make_workplace(tmp_path, centre=centre, online=True)
    waits: list[float] = []

    def decide_meanwhile(self: FakeLink, seconds: float) -> bool:
        waits.append(seconds)
        centre.decide_all()
        return True

    monkeypatch.setattr(FakeLink, "wait_for_news", decide_meanwhile)
    monkeypatch.setattr(workplace.link, "_decides_at_once", False)
    workplace.commands.give(Lodge(workplace.commands.new_request_id(), "K1-1", content_for(0)))
    status = workplace.sync.run_once()
    assert (status.state, status.waiting, status.sent, status.confirmed) == (SyncState.SYNCED, 0, 0, 1)
    assert waits == [module.SETTLE_SECONDS]
    workplace.close()


def test_asking_how_things_stand_reads_nothing() -> None:
    """A window asks, and must not wait for the disk."""
    line = Line()

    def unread() -> Tally:
        raise AssertionError("the store was read")

    runner = SyncRunner(line, line.connect, unread, lambda: NOW, Random(7), _unforeseen)
    told: list[SyncStatus] = []
    runner.listen(told.append)
    assert runner.status().state is SyncState.OFFLINE
    runner.work_offline(True)
    assert told[-1].state is SyncState.WORKING_OFFLINE


def test_stopping_does_not_wait_for_a_connection_that_is_being_made() -> None:
    """A network that swallows everything lets one wait ten seconds; nobody who quits does."""
    line = Line()
    asked, answers = threading.Event(), threading.Event()
    closed: list[bool] = []

    class Late(_Listening):
        def close(self) -> None:
            closed.append(True)

    def connect() -> CentreLink:
        asked.set()
        assert answers.wait(PATIENCE)
        return Late(line)

    runner = SyncRunner(line, connect, line.tally, lambda: NOW, Random(7), _unforeseen)
    runner.listen(line.told)
    runner.start()
    assert asked.wait(PATIENCE)
    threads = runner._threads
    runner.stop()
    told = len(line.states)
    answers.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert closed == [True]
    assert (line.rounds, len(line.states)) == (0, told)


def _unforeseen(error: Exception) -> None:
    raise error


class _Counted(Line):
    """Says which connection each round went over, and which were closed."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[_Listening] = []
        self.closed: list[CentreLink] = []
        self.over: list[CentreLink] = []
        self.broken: CentreLink | None = None

    def connect(self) -> CentreLink:
        made = _Closing(self)
        self.opened.append(made)
        return made

    def round(self, link: CentreLink) -> object:
        self.over.append(link)
        if link is self.broken:
            raise CentreUnreachableError("broken")
        return super().round(link)

    def another(self, runner: SyncRunner) -> None:
        before = self.rounds
        runner.given()
        self.wait_for(lambda: self.rounds > before)
        self.wait_for_state(SyncState.SYNCED)


class _Closing(_Listening):
    line: _Counted

    def close(self) -> None:
        with self.line.changed:
            self.line.closed.append(self)
            self.line.changed.notify_all()


def test_rounds_go_over_one_connection_and_over_another_once_it_broke() -> None:
    line = _Counted()
    with _running(line) as runner:
        line.wait_for_state(SyncState.SYNCED)
        for _ in range(3):
            line.another(runner)
        (first,) = set(line.over)
        line.broken = first
        line.another(runner)
        assert line.over[-1] is not first
        assert line.states[-1].trouble == "", "that an idle connection broke is not told as an absent centre"
        assert first in line.closed
    assert set(line.opened) == set(line.closed)


def test_a_connection_that_nobody_needs_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.sync.kept_link.KEPT_SECONDS", 0.01)
    line = _Counted()
    with _running(line) as runner:
        line.wait_for_state(SyncState.SYNCED)
        line.wait_for(lambda: line.over[-1] in line.closed)
        runner.work_offline(wanted=True)


def test_working_offline_holds_no_connection() -> None:
    line = _Counted()
    with _running(line) as runner:
        line.wait_for_state(SyncState.SYNCED)
        runner.work_offline(wanted=True)
        line.wait_for(lambda: line.over[-1] in line.closed)


def test_a_connection_that_has_grown_old_is_made_anew() -> None:
    """However many rounds go over it: what the centre tells it in between is read by nobody."""
    line, now = _Counted(), 0.0
    runner = SyncRunner(line, line.connect, line.tally, lambda: NOW, Random(7), _unforeseen, lambda: now)
    runner.listen(line.told)
    runner.start()
    line.wait_for_state(SyncState.SYNCED)
    line.another(runner)
    now = KEPT_LONGEST_SECONDS + 1
    line.another(runner)
    assert len(set(line.over)) == 2
    assert line.over[0] in line.closed
    runner.stop()
