"""Stand-ins for what presenters hold: they keep the promises of the real ones, without threads and windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from desktop_app.ui.background import OnError, Task, settle_error
from desktop_app.ui.messages import Level, MessageChannel, Notice


class RecordedMessages:
    """A message channel that remembers; a test says what it expected to be told."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def post(self, notice: Notice) -> None:
        self.notices.append(notice)

    def done(self, happened: str) -> None:
        self.post(Notice(Level.DONE, happened))

    def info(self, happened: str, *, todo: str = "") -> None:
        self.post(Notice(Level.INFO, happened, todo=todo))

    def warning(self, happened: str, *, kept: str = "", todo: str = "") -> None:
        self.post(Notice(Level.WARNING, happened, kept, todo))

    def error(self, happened: str, *, kept: str = "", todo: str = "") -> None:
        self.post(Notice(Level.ERROR, happened, kept, todo))


class FakeTask:
    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class ImmediateBackground:
    """Does the work at once. A bug is raised in the test's face."""

    def __init__(self, messages: MessageChannel) -> None:
        self._messages = messages

    def read(
        self,
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        busy: str = "",
    ) -> Task:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - sorted by its kind, as the real one does
            settle_error(error, on_error, self._messages, _raise)
        else:
            on_done(result)
        return FakeTask()

    write = read


class HeldBackground(ImmediateBackground):
    """Does the work when told to, so that a test can look at what stands meanwhile."""

    def __init__(self, messages: MessageChannel) -> None:
        super().__init__(messages)
        self.held: list[tuple[FakeTask, Callable[[], object]]] = []

    def read(
        self,
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        busy: str = "",
    ) -> Task:
        task = FakeTask()
        answer = super().read
        self.held.append((task, lambda: answer(work, on_done, on_error)))
        return task

    write = read

    def release(self) -> None:
        """Do what is held now, in order; what was cancelled is left out."""
        held, self.held = self.held, []
        for task, run in held:
            if not task.cancelled:
                run()


def _raise(error: BaseException) -> None:
    raise error
