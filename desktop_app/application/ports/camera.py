"""A camera as a port: what it sees comes as pictures in grey, and its trouble as one of a few kinds."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.application.certificate_verifying import GreyPicture


class CameraTrouble(StrEnum):
    """NONE: there is no camera. REFUSED: the person, or the system, does not let the program see. NO_PART: what reads
    cameras is not installed. FAILED: it is used by another program, or was unplugged."""

    NONE = "none"
    REFUSED = "refused"
    NO_PART = "no_part"
    FAILED = "failed"


class Frame(Protocol):
    """What was seen at one moment."""

    def picture(self) -> GreyPicture | None:
        """Costs some milliseconds: off the UI thread. None where the frame cannot be read."""


class Camera(Protocol):
    """The camera of this computer that the system prefers."""

    def prepare(self) -> None:
        """Loads what reads cameras; blocks. Raises OSError where that is not there."""

    def start(self, seen: Callable[[Frame], None], failed: Callable[[CameraTrouble], None]) -> None:
        """Calls `seen` for each frame, `failed` at most once, on the UI thread, until `stop`. After `prepare`."""

    def stop(self) -> None:
        """Nothing is called any more, and the camera's light is out. Harmless where it was not started."""


class NoCamera:
    """Where there is none to be asked."""

    def prepare(self) -> None:
        """Nothing to load."""

    def start(self, seen: Callable[[Frame], None], failed: Callable[[CameraTrouble], None]) -> None:
        failed(CameraTrouble.NONE)

    def stop(self) -> None:
        """Nothing was started."""
