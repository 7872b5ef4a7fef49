"""What the screen for checking certificates knows and does, without any widget.

All ways in lead to one check at a time; what is asked for meanwhile takes its place. What was checked lives as long
as the window: it is written nowhere, the log included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import Protocol

from desktop_app.application.certificate_verifying import MOST_BYTES, Finding, GreyPicture, Report
from desktop_app.application.ports.camera import CameraTrouble
from desktop_app.application.workplace import Workplace
from desktop_app.domain.certificate_check import UNREAD_FILE
from desktop_app.texts import ntr, tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.verify.shown import CheckShown, ListsShown, Origin, check_shown, lists_shown
from desktop_app.ui.verify.watching import Watching

MOST_KEPT = 50
"""Checks of this sitting that can be looked at again."""
MOST_FILES = 20
"""Files that are checked after one drop."""


class VerifyView(Protocol):
    def show_lists(self, lists: ListsShown) -> None: ...

    def show_checking(self) -> None:
        """A check goes on."""

    def show_check(self, check: CheckShown | None) -> None:
        """Its verdict; None: nothing is shown, and the next is awaited."""

    def show_history(self, checks: Sequence[CheckShown]) -> None:
        """Newest first."""

    def show_problem(self, sentence: str) -> None:
        """Beside the ways in; "" takes it away."""

    def show_watching(self, *, on: bool) -> None:
        """Whether the camera looks."""

    def show_frame(self, picture: GreyPicture) -> None:
        """What it saw."""

    def await_next(self) -> None:
        """Empties the scanner's field and brings the focus there."""


class VerifyPresenter:
    def __init__(
        self,
        view: VerifyView,
        workplace: Workplace,
        background: Background,
        tick: Callable[[], float] = monotonic,
    ) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._task: Task | None = None
        self._shown: CheckShown | None = None
        self._history: tuple[CheckShown, ...] = ()
        self._camera = Watching(
            workplace.camera, workplace.checks, background, self._held_up, view.show_frame, self._no_camera, tick
        )

    @property
    def clean(self) -> bool:
        """Whether there is nothing to clear."""
        return self._shown is None and self._task is None and not self._camera.on

    @property
    def watching(self) -> bool:
        return self._camera.on

    def open(self) -> None:
        self.reload()
        self._view.await_next()

    def leave(self) -> None:
        self.stop_camera()

    def reload(self) -> None:
        """Looks again how the lists stand."""
        checks, clock = self._workplace.checks, self._workplace.clock
        self._background.read(lambda: lists_shown(checks.lists(), clock.now()), self._view.show_lists)

    def synchronise(self) -> None:
        self._workplace.sync.sync_now()

    def check_typed(self, typed: str) -> None:
        """What a scanner typed, or somebody pasted."""
        if typed.strip():
            checks, now = self._workplace.checks, self._workplace.clock.now
            self._check(Origin.SCANNER, "", lambda: checks.check_typed(typed, now()))

    def check_picture(self, read: Callable[[], bytes]) -> None:
        """A picture that was pasted or dropped; `read` is called off the UI thread."""
        checks, now = self._workplace.checks, self._workplace.clock.now
        self._check(Origin.PICTURE, "", lambda: checks.check(read(), now()))

    def check_files(self, paths: Sequence[str]) -> None:
        """Files that were chosen or dropped, one after the other. The worst is shown, all stand in the list."""
        if not paths:
            return
        self._begin()
        if len(paths) > MOST_FILES:
            said = ntr("Only the first {n} file is checked.", "Only the first {n} files are checked.", MOST_FILES)
            self._view.show_problem(said)
        self._next_file(tuple(paths[:MOST_FILES]), ())

    def clear(self) -> None:
        """Ends what goes on and awaits the next; the list of this sitting stays."""
        self.stop_camera()
        self._begin()
        self._view.show_check(None)
        self._view.await_next()

    def look_again(self, check: CheckShown) -> None:
        """One of the list of this sitting."""
        self._begin()
        self._show(check)

    def nothing_pasted(self) -> None:
        self._view.show_problem(tr("There is no picture, file or code on the clipboard to be pasted."))

    def start_camera(self) -> None:
        self._view.show_problem("")
        self._camera.start()
        if self._camera.on:
            self._view.show_watching(on=True)

    def stop_camera(self) -> None:
        if self._camera.on:
            self._camera.stop()
            self._view.show_watching(on=False)
            self._view.await_next()

    def _held_up(self, code: str) -> None:
        checks, now = self._workplace.checks, self._workplace.clock.now
        self._check(Origin.CAMERA, "", lambda: checks.check_typed(code, now()))

    def _no_camera(self, why: CameraTrouble) -> None:
        self._view.show_watching(on=False)
        self._view.show_problem(_no_camera_words(why))
        self._view.await_next()

    def _check(self, origin: Origin, name: str, work: Callable[[], Report]) -> None:
        self._begin()
        self._run(origin, name, work, lambda check: self._checked((check,)))

    def _begin(self) -> None:
        """Whatever goes on is let go."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._shown = None
        self._view.show_problem("")

    def _run(self, origin: Origin, name: str, work: Callable[[], Report], then: Callable[[CheckShown], None]) -> None:
        queries = self._workplace.queries

        def check() -> CheckShown:
            return check_shown(work(), origin, name, Naming(queries.reference()))

        settled: list[bool] = []

        def done(check: CheckShown) -> None:
            settled.append(True)
            self._task = None
            then(check)

        def failed(_: Exception) -> None:
            settled.append(False)
            self._task = None
            self._view.show_check(None)
            self._view.show_problem(tr("This could not be checked: try again, or tell the system administrator."))
            self._view.await_next()

        self._view.show_checking()
        task = self._background.read(check, done, failed, busy=tr("Checking…"))
        if not settled:
            self._task = task

    def _next_file(self, paths: tuple[str, ...], before: tuple[CheckShown, ...]) -> None:
        file = Path(paths[0])
        checks, clock = self._workplace.checks, self._workplace.clock

        def work() -> Report:
            content = _content_of(file)
            now = clock.now()
            if content is None:
                return Report((Finding(UNREAD_FILE, 0),), checks.lists().trust, now)
            return checks.check(content, now)

        def then(check: CheckShown) -> None:
            if paths[1:]:
                self._next_file(paths[1:], (*before, check))
            else:
                self._checked((*before, check))

        self._run(Origin.FILE, file.name, work, then)

    def _checked(self, checks: tuple[CheckShown, ...]) -> None:
        self._history = (*reversed(checks), *self._history)[:MOST_KEPT]
        self._view.show_history(self._history)
        self.reload()  # the lists have become older, or were fetched anew
        self._show(max(checks, key=lambda one: one.rank))

    def _show(self, check: CheckShown) -> None:
        self._shown = check
        self._task = None
        self._view.show_check(check)
        self._view.await_next()


def _content_of(file: Path) -> bytes | None:
    """None where it cannot be read. Of a file of any size no more is read than tells that it is too big; what is no
    file (a pipe, a device) is not read at all, as it might have no end."""
    try:
        if not file.is_file():
            return None
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError:
        return None


def _no_camera_words(why: CameraTrouble) -> str:
    other = tr("Scan the code, or drop the file or a picture of the sheet here.")
    match why:
        case CameraTrouble.NONE:
            said = tr("This computer has no camera, or it is not plugged in.")
        case CameraTrouble.REFUSED:
            said = tr("The program may not use the camera: allow it in the settings of this computer.")
        case CameraTrouble.NO_PART:
            said = tr("Cameras cannot be used on this computer: a part of the system is missing for it.")
        case _:
            said = tr("The camera gives no picture: another program uses it, or it was unplugged.")
    return f"{said} {other}"
