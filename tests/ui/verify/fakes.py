"""What the screen for checking is given in tests: a camera whose frames a test holds up, and a view that remembers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop_app.application.certificate_verifying import GreyPicture
from desktop_app.application.ports.camera import CameraTrouble, Frame
from desktop_app.ui.verify.shown import CheckShown, ListsShown


@dataclass
class AFrame:
    seen: GreyPicture | None
    read: int = 0

    def picture(self) -> GreyPicture | None:
        self.read += 1
        return self.seen


@dataclass
class ACamera:
    """`application.ports.camera.Camera`."""

    trouble: CameraTrouble | None = None
    part: bool = True
    on: bool = False
    _seen: Callable[[Frame], None] | None = None
    _failed: Callable[[CameraTrouble], None] | None = None

    def prepare(self) -> None:
        if not self.part:
            raise OSError("no part")

    def start(self, seen: Callable[[Frame], None], failed: Callable[[CameraTrouble], None]) -> None:
        if self.trouble is not None:
            failed(self.trouble)
            return
        self.on, self._seen, self._failed = True, seen, failed

    def stop(self) -> None:
        self.on, self._seen, self._failed = False, None, None

    def hold_up(self, picture: GreyPicture | None) -> AFrame:
        frame = AFrame(picture)
        if self._seen is not None:
            self._seen(frame)
        return frame

    def unplug(self) -> None:
        assert self._failed is not None
        self._failed(CameraTrouble.FAILED)


class Watch:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class AView:
    """`VerifyView`."""

    lists: ListsShown | None = None
    check: CheckShown | None = None
    busy: bool = False
    history: tuple[CheckShown, ...] = ()
    problem: str = ""
    watching: bool = False
    frames: list[GreyPicture] = field(default_factory=list)
    awaited: int = 0

    def show_lists(self, lists: ListsShown) -> None:
        self.lists = lists

    def show_checking(self) -> None:
        self.busy = True

    def show_check(self, check: CheckShown | None) -> None:
        self.check, self.busy = check, False

    def show_history(self, checks: Sequence[CheckShown]) -> None:
        self.history = tuple(checks)

    def show_problem(self, sentence: str) -> None:
        self.problem = sentence

    def show_watching(self, *, on: bool) -> None:
        self.watching = on

    def show_frame(self, picture: GreyPicture) -> None:
        self.frames.append(picture)

    def await_next(self) -> None:
        self.awaited += 1
