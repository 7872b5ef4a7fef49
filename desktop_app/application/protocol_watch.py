"""Whether this program may still give commands: the centre says which versions of the protocol it takes."""

from __future__ import annotations

from typing import Protocol

from desktop_app.application.ports.store_trouble import ProgramTooOldError
from desktop_app.wire.versions import NEWEST, Spoken, Standing, standing

_OLDEST = "oldest_protocol"


class Settings(Protocol):
    """The store."""

    def find_setting(self, name: str) -> str | None: ...
    def set_setting(self, name: str, value: str) -> None: ...


class ProtocolWatch:
    """Remembers the centre's last word beyond a restart."""

    def __init__(self, settings: Settings, ours: int = NEWEST) -> None:
        self._settings = settings
        self._ours = ours

    def note(self, spoken: Spoken) -> None:
        if self._settings.find_setting(_OLDEST) != str(spoken.oldest):
            self._settings.set_setting(_OLDEST, str(spoken.oldest))

    def check(self) -> None:
        """Raises ProgramTooOldError: then nothing new is given here, and what was given is still delivered."""
        oldest = int(self._settings.find_setting(_OLDEST) or 0)
        if standing(Spoken(oldest, max(oldest, self._ours)), self._ours) is Standing.TOO_OLD:
            raise ProgramTooOldError
