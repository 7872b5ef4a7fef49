"""What follows a round: the audit chains are followed, and both sides compare what they hold.

Not after every round: a minute after the last time where something was pulled, else every ten. What is found is kept
with the store, for the page of the synchronisation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from desktop_app.sync.comparing import Compared, Comparing
from desktop_app.sync.replica import Replica, Writing
from desktop_app.sync.witnessing import Witnessing

if TYPE_CHECKING:
    from desktop_app.sync.centre_link import CentreLink, Scope
    from desktop_app.wire.audit_findings import Finding

W = TypeVar("W", bound=Writing)

AFTER_NEWS, AT_LEAST = timedelta(minutes=1), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Cared:
    """What came of it. `history` is what of the centre's audit chains disagrees with what this device has seen."""

    at: datetime
    compared: Compared
    history: tuple[Finding, ...]


@dataclass(slots=True)
class Aftercare(Generic[W]):
    """`after_news` and `at_least` are how long ago the last time must be."""

    replica: Replica[W]
    catch_up: Callable[[CentreLink, int, str], object]
    rebase: Callable[[W], None]
    now: Callable[[], datetime]
    after_news: timedelta = AFTER_NEWS
    at_least: timedelta = AT_LEAST
    _last: datetime | None = None
    _comparing: Comparing[W] = field(init=False)
    _witnessing: Witnessing[W] = field(init=False)

    def __post_init__(self) -> None:
        self._comparing = Comparing(self.replica, self.catch_up, self.rebase, self.now)
        self._witnessing = Witnessing(self.replica)

    def after(self, link: CentreLink, scope: Scope, facts: int) -> Cared | None:
        """To be called at the end of a round in which so many facts came; None when it is too early. Raises as a
        round does."""
        now = self.now()
        span = self.after_news if facts else self.at_least
        if self._last is not None and timedelta() <= now - self._last < span:
            return None
        self._last = now
        history = self._witnessing.follow(link, scope)
        return Cared(now, self._comparing.compare(link, scope), history)
