"""What the camera sees, looked through for a code: off the UI thread, the newest frame only, at a bounded rate."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from desktop_app.application.certificate_verifying import GreyPicture
from desktop_app.application.ports.camera import Camera, CameraTrouble, Frame
from desktop_app.application.ports.checking import Checks
from desktop_app.ui.background import Background

REST = 0.15
"""Seconds from one look to the next: six looks a second leave the computer to its other work."""
FORGOTTEN_AFTER = 2.0
"""Seconds for which a code must be out of sight before it counts as held up again."""

Seen = tuple[GreyPicture | None, str | None]


class Watching:
    """`found` gets each code that is held up, once; `shown` each picture that was looked through; `failed` what is
    the matter, once, and it is off then. While one look goes on, frames are let go; the next begins with the newest."""

    def __init__(
        self,
        camera: Camera,
        checks: Checks,
        background: Background,
        found: Callable[[str], None],
        shown: Callable[[GreyPicture], None],
        failed: Callable[[CameraTrouble], None],
        tick: Callable[[], float] = monotonic,
    ) -> None:
        self._camera, self._checks, self._background = camera, checks, background
        self._found, self._shown, self._failed = found, shown, failed
        self._tick = tick
        self._on = self._looking = False
        self._round = 0
        self._looked = 0.0
        self._last, self._last_seen = "", 0.0

    @property
    def on(self) -> bool:
        return self._on

    def start(self) -> None:
        if not self._on:
            self._on = True
            self._last, self._looked = "", -REST
            self._background.read(self._camera.prepare, lambda _: self._prepared(), lambda _: self._no_part())

    def stop(self) -> None:
        self._on = self._looking = False
        self._round += 1
        self._camera.stop()

    def _prepared(self) -> None:
        if self._on:
            self._camera.start(self._frame, self._trouble)

    def _no_part(self) -> None:
        self._trouble(CameraTrouble.NO_PART)

    def _trouble(self, why: CameraTrouble) -> None:
        if self._on:
            self.stop()
            self._failed(why)

    def _frame(self, frame: Frame) -> None:
        if not self._on or self._looking or self._tick() - self._looked < REST:
            return
        checks, this = self._checks, self._round

        def look() -> Seen:
            picture = frame.picture()
            return picture, checks.find_code(picture) if picture is not None else None

        self._looking, self._looked = True, self._tick()
        self._background.read(look, lambda seen: self._seen(this, seen), lambda _: self._seen(this, (None, None)))

    def _seen(self, this: int, seen: Seen) -> None:
        if this != self._round:
            return
        self._looking = False
        picture, code = seen
        if picture is not None:
            self._shown(picture)
        if code is None:
            return
        now, before = self._tick(), self._last_seen
        self._last_seen = now
        if code != self._last or now - before > FORGOTTEN_AFTER:
            self._last = code
            self._found(code)
