"""The centre as the sync engine sees it: a port that `gateway` answers over PostgreSQL, and simulations in tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.wire.envelope import Signed
    from desktop_app.wire.facts import FeedPage
    from desktop_app.wire.snapshot import SnapshotPage, SnapshotStart


class CentreUnreachableError(ConnectionError):
    """The environment failed: no network, server down, transaction aborted. Try again later; nothing was lost."""


class NotAdmittedError(PermissionError):
    """The centre was reached and does not let this person or device in (wrong password, unknown device)."""


class KeyRetiredError(PermissionError):
    """This person has been disabled since the key was made: what it signs does not count any more."""


class TamperingError(RuntimeError):
    """The centre holds another payload under the same command id, or a signature does not fit. Never retried."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What this person on this device may follow: the epoch, the branches whose feeds are theirs (0 among them),
    the centre's time (UTC), and for how many days the device may go on without hearing from it again."""

    epoch: str
    branches: tuple[int, ...]
    server_time: datetime
    lease_days: int = 14


class CentreLink(Protocol):
    """One open connection. Every method may raise CentreUnreachableError; all are harmless to repeat."""

    def scope(self) -> Scope: ...

    def submit(self, batch: Sequence[Signed]) -> int:
        """Stores the batch in the centre's inbox, durably, before it returns; what is there already is passed over.
        Returns how many of the batch the inbox now holds. Raises TamperingError."""

    def pull(self, branch: int, after: int, limit: int) -> FeedPage: ...

    def begin_snapshot(self, branch: int) -> SnapshotStart:
        """Fixes where in the feed of `branch` a snapshot stands."""

    def snapshot(self, branch: int, after: int, at: int, limit: int) -> SnapshotPage:
        """The facts of a snapshot behind `after`, in order; at most `limit`. Those that changed since the snapshot was
        begun at `at` are not among them: the feed tells of them."""

    def fetch_paper(self, digest: str) -> bytes | None: ...

    def register_key(self, public_key: bytes) -> None:
        """Registers the signed-in person's Ed25519 public key (32 raw bytes) for this device. Raises
        KeyRetiredError."""

    def wait_for_news(self, seconds: float) -> bool:
        """Blocks until the centre tells of news, or the time is over; says whether there is news."""

    def close(self) -> None: ...
