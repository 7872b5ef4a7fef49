"""Work off the UI thread: order, ownership, the three kinds of error, and what takes long."""

from __future__ import annotations

import errno
import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.domain.messages import InputError, message
from desktop_app.ui import background as room
from desktop_app.ui.background import ThreadedBackground
from desktop_app.ui.messages import Level
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages

Runner = ThreadedBackground


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def runner(messages: RecordedMessages, bugs: list[BaseException]) -> Iterator[Runner]:
    made = ThreadedBackground(messages, bugs.append)
    yield made
    made.close()


def _wait(qtbot: QtBot, runner: Runner) -> None:
    qtbot.waitUntil(lambda: runner.idle)


def _end(owner: QObject, qtbot: QtBot) -> None:
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()


def _buggy() -> None:
    raise KeyError("missing")


def test_work_runs_elsewhere_and_its_result_comes_home(runner: Runner, qtbot: QtBot) -> None:
    seen: list[tuple[str, object]] = []
    here = threading.get_ident()
    runner.read(threading.get_ident, lambda ran: seen.append(("home", threading.get_ident() == here and ran != here)))
    _wait(qtbot, runner)
    assert seen == [("home", True)]


class _AtOnce(ThreadPoolExecutor):
    """A thread so quick that its work is done before anybody could listen."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        future = super().submit(work, *args, **named)
        wait([future])
        return future


def test_a_result_never_comes_within_the_call(runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with _AtOnce(1) as quick:
        monkeypatch.setattr(runner, "_readers", quick)
        seen: list[int] = []
        runner.read(lambda: 7, seen.append)
        assert seen == []
        _wait(qtbot, runner)
        assert seen == [7]


def test_writes_keep_their_order_one_at_a_time(runner: Runner, qtbot: QtBot) -> None:
    running, most = [0], [0]
    order: list[int] = []
    done: list[int] = []

    def work(n: int) -> int:
        running[0] += 1
        most[0] = max(most[0], running[0])
        order.append(n)
        running[0] -= 1
        return n

    for n in range(50):
        runner.write(lambda n=n: work(n), done.append)  # type: ignore[misc]
    _wait(qtbot, runner)
    assert order == done == list(range(50))
    assert most == [1]


def test_reads_run_side_by_side(runner: Runner, qtbot: QtBot) -> None:
    meeting = threading.Barrier(2, timeout=10)
    met: list[int] = []
    for _ in range(2):
        runner.read(meeting.wait, met.append)
    _wait(qtbot, runner)
    assert sorted(met) == [0, 1]


def test_the_result_of_a_gone_owner_is_dropped_but_its_write_is_made(runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()
    made: list[str] = []
    heard: list[object] = []
    owner = QObject()
    runner.write(gate.wait, heard.append, owner=owner)
    runner.write(lambda: made.append("saved"), heard.append, owner=owner)
    _end(owner, qtbot)
    gate.set()
    _wait(qtbot, runner)
    assert made == ["saved"]
    assert heard == []


def test_a_read_of_a_gone_owner_never_begins(runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()
    begun: list[str] = []
    heard: list[object] = []
    owner = QObject()
    for _ in range(room.READERS):
        runner.read(gate.wait, lambda _: None)
    runner.read(lambda: begun.append("read"), heard.append, owner=owner)
    _end(owner, qtbot)
    gate.set()
    _wait(qtbot, runner)
    assert (begun, heard) == ([], [])


def test_a_cancelled_read_is_not_heard_of(runner: Runner, qtbot: QtBot) -> None:
    gate = threading.Event()
    heard: list[object] = []
    task = runner.read(gate.wait, heard.append)
    task.cancel()
    gate.set()
    _wait(qtbot, runner)
    assert heard == []


def test_a_long_lived_owner_gathers_nothing(runner: Runner, qtbot: QtBot) -> None:
    class Result:
        pass

    owner = QObject()
    results: list[weakref.ref[Result]] = []

    def work() -> Result:
        made = Result()
        results.append(weakref.ref(made))
        return made

    for _ in range(5):
        runner.read(work, lambda _: None, owner=owner)
    _wait(qtbot, runner)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and not any(ref() for ref in results[:-1]))


def test_an_error_of_input_goes_to_whoever_asked(runner: Runner, qtbot: QtBot, messages: RecordedMessages) -> None:
    heard: list[Exception] = []

    def refuse() -> None:
        raise InputError(message("typed.not_a_date", "date"))

    runner.write(refuse, lambda _: None, heard.append)
    _wait(qtbot, runner)
    assert isinstance(heard[0], InputError)
    assert messages.notices == []


@pytest.mark.parametrize(
    ("error", "level", "said"),
    [
        (OSError(errno.ENOSPC, "full"), Level.ERROR, "امتلأ قرص"),
        (ConnectionRefusedError(), Level.WARNING, "تعذر الاتصال بالمركز"),
        (TimeoutError(), Level.WARNING, "تعذر الاتصال بالمركز"),
        (InputError(message("typed.not_a_date")), Level.WARNING, "هذا ليس تاريخا"),
        (OSError(errno.EIO, "io"), Level.ERROR, "قراءة ملف"),
    ],
)
def test_an_error_nobody_took_is_told_with_what_was_kept(
    runner: Runner,
    qtbot: QtBot,
    messages: RecordedMessages,
    error: Exception,
    level: Level,
    said: str,
) -> None:
    def fail() -> None:
        raise error

    runner.read(fail, lambda _: None)
    _wait(qtbot, runner)
    [notice] = messages.notices
    assert notice.level is level
    assert said in notice.happened
    assert notice.kept


def test_a_bug_goes_to_the_hook_and_never_to_whoever_asked(
    runner: Runner, qtbot: QtBot, messages: RecordedMessages, bugs: list[BaseException]
) -> None:
    heard: list[Exception] = []
    runner.read(_buggy, lambda _: None, heard.append)
    _wait(qtbot, runner)
    assert [type(bug) for bug in bugs] == [KeyError]
    assert (heard, messages.notices) == ([], [])


def test_a_failed_write_of_a_gone_owner_is_still_told(runner: Runner, qtbot: QtBot, messages: RecordedMessages) -> None:
    gate = threading.Event()
    owner = QObject()
    heard: list[Exception] = []

    def fail() -> None:
        gate.wait()
        raise OSError(errno.ENOSPC, "full")

    runner.write(fail, lambda _: None, heard.append, owner=owner)
    _end(owner, qtbot)
    gate.set()
    _wait(qtbot, runner)
    assert heard == []
    assert len(messages.notices) == 1


def test_what_takes_long_is_shown_until_it_ends(runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BUSY_AFTER_MS", 0)
    gate = threading.Event()
    with qtbot.waitSignal(runner.busy_changed) as began:
        runner.write(gate.wait, lambda _: None, busy="يحفظ")
    assert began.args == [True, "يحفظ"]
    with qtbot.waitSignal(runner.busy_changed) as ended:
        gate.set()
    assert ended.args == [False, ""]


def test_closing_finishes_the_writes_that_were_asked_for(messages: RecordedMessages, bugs: list[BaseException]) -> None:
    runner = ThreadedBackground(messages, bugs.append)
    made: list[int] = []
    for n in range(20):
        runner.write(lambda n=n: made.append(n), lambda _: None)  # type: ignore[misc]
    runner.close()
    assert made == list(range(20))


@pytest.mark.parametrize("fake", [ImmediateBackground, HeldBackground])
def test_the_fakes_sort_errors_as_the_real_one(fake: type[ImmediateBackground], messages: RecordedMessages) -> None:
    runner = fake(messages)

    def full() -> None:
        raise OSError(errno.ENOSPC, "full")

    runner.read(full, lambda _: None)
    if isinstance(runner, HeldBackground):
        runner.release()
        runner.read(_buggy, lambda _: None)
        with pytest.raises(KeyError):
            runner.release()
    else:
        with pytest.raises(KeyError):
            runner.read(_buggy, lambda _: None)
    assert len(messages.notices) == 1


def test_what_is_read_after_the_end_is_dropped(messages: RecordedMessages) -> None:
    told: list[BaseException] = []
    ended = ThreadedBackground(messages, told.append)
    ended.close()
    ended.read(lambda: 1, lambda _: told.append(AssertionError("a result after the end")))
    assert ended.idle
    assert told == []
