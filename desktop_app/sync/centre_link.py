"""The centre as the sync engine sees it: a port that `gateway` answers over PostgreSQL, and simulations in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.wire.audit import Entry, SignedHead
    from desktop_app.wire.digests import Holding
    from desktop_app.wire.envelope import Signed
    from desktop_app.wire.facts import FactKind, FactRow, FeedPage
    from desktop_app.wire.holdings import CentreHolding
    from desktop_app.wire.snapshot import SnapshotPage, SnapshotStart
from desktop_app.wire.versions import Spoken


class CentreUnreachableError(ConnectionError):
    """The environment failed: no network, server down, transaction aborted. Try again later; nothing was lost."""


class EpochChangedError(CentreUnreachableError):
    """The centre was restored while we were reading: the round begins anew."""


class NotAdmittedError(PermissionError):
    """The centre was reached and does not let this person or device in (wrong password, unknown device)."""


class KeyRetiredError(PermissionError):
    """This person has been disabled since the key was made: what it signs does not count any more."""


class TamperingError(RuntimeError):
    """The centre holds another payload under the same command id, or a signature does not fit. Never retried."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What this person on this device may follow: the epoch, the branches whose feeds are theirs (0 among them),
    the centre's time (UTC), for how many days the device may go on without hearing from it again, and which
    versions of the protocol it takes."""

    epoch: str
    branches: tuple[int, ...]
    server_time: datetime
    lease_days: int = 14
    spoken: Spoken = field(default_factory=Spoken)


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

    def tell_clock(self, at: datetime) -> None:
        """What this device takes for the time (UTC): evidence beside what it delivers next."""

    def audit_heads(self) -> Sequence[SignedHead]:
        """The newest signed head of every audit chain in scope."""

    def audit_page(self, branch: int, after: int, limit: int) -> Sequence[Entry]:
        """Entries of one chain behind a position, in order."""

    def holdings(self) -> Sequence[CentreHolding]:
        """What the centre holds of all that this person sees, as of one moment."""

    def holding_buckets(self, branch: int, kind: FactKind) -> Mapping[int, Holding]:
        """The same of one kind, by the ids' buckets (`wire.digests`)."""

    def bucket(self, branch: int, kind: FactKind, bucket: int) -> Sequence[FactRow]:
        """The facts of one bucket, whole."""

    def fetch_paper(self, digest: str) -> bytes | None: ...

    def register_key(self, public_key: bytes) -> None:
        """Registers the signed-in person's Ed25519 public key (32 raw bytes) for this device. Raises
        KeyRetiredError."""

    def wait_for_news(self, seconds: float) -> bool:
        """Blocks until the centre tells of news, or the time is over; says whether there is news."""

    def close(self) -> None: ...
