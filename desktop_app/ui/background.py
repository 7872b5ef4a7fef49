"""The one way to do work off the UI thread.

Reads run side by side; writes run one after the other in the order they were asked for, so that two clicks
never overtake each other. Results come back on the UI thread. A result whose owner is gone is dropped, and a
read of a gone owner that has not begun never begins; a write that was asked for is always carried out.
"""

from __future__ import annotations

import contextvars
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.ui.errors import Kind, explain, kind_of
from desktop_app.ui.messages import MessageChannel

T = TypeVar("T")
OnError = Callable[[Exception], None]

BUSY_AFTER_MS = 500
READERS = 3

log = logging.getLogger(__name__)


class Task(Protocol):
    def cancel(self) -> None:
        """Drop the result; a read that has not begun does not begin."""
        ...


class Background(Protocol):
    """What presenters hold.

    ``on_done`` gets the result on the UI thread. ``on_error`` gets errors of input and of the environment; left
    out, they go to the message channel. A bug never reaches ``on_error``: it is logged and reported.
    ``busy`` is what the frame says if it takes longer than half a second.
    """

    def read(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        busy: str = "",
    ) -> Task: ...

    def write(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        busy: str = "",
    ) -> Task: ...


class OwnedBackground:
    """A background whose results are dropped once `owner` is gone: what a window gives to all that it holds."""

    def __init__(self, background: Background, owner: QObject) -> None:
        self._background = background
        self._owner = owner

    def read(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        busy: str = "",
    ) -> Task:
        return self._background.read(work, on_done, on_error, owner=owner or self._owner, busy=busy)

    def write(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        busy: str = "",
    ) -> Task:
        return self._background.write(work, on_done, on_error, owner=owner or self._owner, busy=busy)


def settle_error(
    error: Exception,
    on_error: OnError | None,
    messages: MessageChannel,
    on_bug: Callable[[BaseException], object],
) -> None:
    """Route an error of background work by its kind: the rule both the real and the immediate runner follow."""
    if kind_of(error) is Kind.BUG:
        on_bug(error)
    elif on_error is not None:
        on_error(error)
    else:
        messages.post(explain(error))


_DROPPED = object()


def _carry_out(task: _Task, work: Callable[[], Any]) -> Any:
    # Asked here rather than at the owner's `destroyed`: a connection for each read would pile up on a long-lived owner.
    return work() if task.write or task.wanted else _DROPPED


@dataclass(eq=False)
class _Task:
    on_done: Callable[[Any], None]
    on_error: OnError | None
    owner: QObject | None
    busy: str
    write: bool
    future: Future[Any] | None = None
    cancelled: bool = False
    slow: bool = False

    def cancel(self) -> None:
        self.cancelled = True
        if self.future is not None and not self.write:
            self.future.cancel()

    @property
    def wanted(self) -> bool:
        return not self.cancelled and (self.owner is None or shiboken6.isValid(self.owner))


class ThreadedBackground(QObject):
    """The real one. ``busy_changed`` tells the frame what is taking long ("" once nothing is)."""

    busy_changed = Signal(bool, str)
    _settled = Signal(object)

    def __init__(
        self,
        messages: MessageChannel,
        on_bug: Callable[[BaseException], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._messages = messages
        self._on_bug = on_bug
        self._readers = ThreadPoolExecutor(READERS, "read")
        self._writer = ThreadPoolExecutor(1, "write")
        self._live: set[_Task] = set()
        self._closed = False
        # Queued, also where the work was done before anybody could listen: what it answers never comes within the call.
        self._settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        busy: str = "",
    ) -> Task:
        return self._start(self._readers, work, _Task(on_done, on_error, owner, busy, write=False))

    def write(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        busy: str = "",
    ) -> Task:
        return self._start(self._writer, work, _Task(on_done, on_error, owner, busy, write=True))

    @property
    def idle(self) -> bool:
        return not self._live

    def close(self) -> None:
        """Finish every write that was asked for, drop reads, and end the threads. What is read later is dropped."""
        self._closed = True
        for task in tuple(self._live):
            task.cancel()
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._live.clear()

    def _start(self, pool: ThreadPoolExecutor, work: Callable[[], Any], task: _Task) -> Task:
        if self._closed and not task.write:
            task.cancelled = True
            return task
        self._live.add(task)
        context = contextvars.copy_context()
        task.future = pool.submit(context.run, _carry_out, task, work)
        task.future.add_done_callback(lambda _: self._announce(task))
        QTimer.singleShot(BUSY_AFTER_MS, self, lambda: self._grew_slow(task))
        return task

    def _announce(self, task: _Task) -> None:
        if shiboken6.isValid(self):
            self._settled.emit(task)

    def _grew_slow(self, task: _Task) -> None:
        if task in self._live:
            task.slow = True
            self._tell_busy()

    def _tell_busy(self) -> None:
        slow = [task for task in self._live if task.slow]
        said = next((task.busy for task in slow if task.busy), "")
        self.busy_changed.emit(bool(slow), said)

    def _settle(self, task: _Task) -> None:
        if task not in self._live:
            return
        self._live.discard(task)
        if task.slow:
            self._tell_busy()
        if task.future is None or task.future.cancelled():
            return
        error = task.future.exception()
        if isinstance(error, Exception):
            self._failed(task, error)
        elif error is not None:
            raise error
        elif task.wanted and task.future.result() is not _DROPPED:
            task.on_done(task.future.result())

    def _failed(self, task: _Task, error: Exception) -> None:
        if not task.wanted and not task.write and kind_of(error) is not Kind.BUG:
            log.info("a dropped read failed: %s", type(error).__name__)
            return
        # Whoever asked for a write may be gone, but the user must still hear that it failed.
        settle_error(error, task.on_error if task.wanted else None, self._messages, self._on_bug)
