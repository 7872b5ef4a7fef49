"""The connection of a round, kept for the next one: to connect takes longer than a round."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.sync.centre_link import CentreLink

KEPT_SECONDS = 60.0
"""How long it is kept while no round is asked for."""
KEPT_LONGEST_SECONDS = 600.0
"""After that another is made, however many rounds go over it: what the centre tells it meanwhile is read by nobody."""


class KeptLink:
    """At most one connection, which is nobody's while it lies here. To be used from one thread."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._link: CentreLink | None = None
        self._since = 0.0

    @property
    def patience(self) -> float | None:
        """Seconds after which whoever waits for something to do lets it go; None where nothing is kept."""
        return KEPT_SECONDS if self._link is not None else None

    def take(self) -> CentreLink | None:
        """The connection, which is the caller's from now on, to close or to keep again."""
        if self._monotonic() - self._since > KEPT_LONGEST_SECONDS:
            self.let_go()
        taken, self._link = self._link, None
        return taken

    def begin(self) -> None:
        """One is about to be made that will be kept: its age counts from now."""
        self._since = self._monotonic()

    def keep(self, link: CentreLink) -> None:
        self._link = link

    def let_go(self) -> None:
        left, self._link = self._link, None
        if left is not None:
            left.close()
