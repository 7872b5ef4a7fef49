"""What nobody caught: written down each time, shown once, on whatever thread it happened."""

from __future__ import annotations

import errno
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from desktop_app.ui.errors import CrashHook, explain
from desktop_app.ui.messages import Level
from tests.ui.fakes import RecordedMessages


class Sink:
    def __init__(self) -> None:
        self.kept: list[BaseException] = []

    def __call__(self, error: BaseException) -> str:
        self.kept.append(error)
        return f"T-{len(self.kept)}"


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def hook(sink: Sink, messages: RecordedMessages) -> Iterator[CrashHook]:
    with capture_exceptions():
        made = CrashHook(sink, messages)
        made.install()
        yield made
        made.remove()


def _fail(what: str = "missing") -> None:
    raise KeyError(what)


def test_an_exception_in_an_event_is_written_and_shown_with_its_reference(
    hook: CrashHook, sink: Sink, messages: RecordedMessages, qtbot: QtBot
) -> None:
    QTimer.singleShot(0, _fail)
    qtbot.waitUntil(lambda: bool(messages.notices))
    [notice] = messages.notices
    assert (notice.level, notice.reference) == (Level.ERROR, "T-1")
    assert notice.happened
    assert notice.kept
    assert notice.todo
    assert isinstance(sink.kept[0], KeyError)


def test_the_same_fault_is_written_each_time_and_shown_once(
    hook: CrashHook, sink: Sink, messages: RecordedMessages
) -> None:
    for what in ("one", "two"):
        try:
            _fail(what)
        except KeyError as error:
            hook.report(error)
    assert len(sink.kept) == 2
    assert len(messages.notices) == 1


def test_an_exception_on_another_thread_is_reported_on_this_one(
    hook: CrashHook, sink: Sink, messages: RecordedMessages, qtbot: QtBot
) -> None:
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    assert messages.notices == []
    qtbot.waitUntil(lambda: bool(messages.notices))
    assert len(sink.kept) == 1


def test_removing_the_hook_gives_back_what_was_there(sink: Sink, messages: RecordedMessages) -> None:
    before = (sys.excepthook, threading.excepthook)
    hook = CrashHook(sink, messages)
    hook.install()
    hook.install()
    assert sys.excepthook is not before[0]
    hook.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_a_bug_has_no_explanation() -> None:
    with pytest.raises(KeyError):
        explain(KeyError("bug"))


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_folder_that_may_not_be_written_is_called_that(number: int) -> None:
    told = explain(OSError(number, "no"))
    assert "الكتابة" in told.happened + told.todo
    assert told.kept
