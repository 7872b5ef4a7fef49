"""What the sync engine needs of the workstation's store: a port that `storage` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from desktop_app.domain.deciding import Outcome
    from desktop_app.sync.tally import Tally
    from desktop_app.wire.audit import Entry, Head, SignedHead
    from desktop_app.wire.audit_check import Anchor
    from desktop_app.wire.digests import Holding
    from desktop_app.wire.envelope import Signed
    from desktop_app.wire.facts import FactKind, FactRow
    from desktop_app.wire.snapshot import SnapshotStart


@dataclass(frozen=True, slots=True)
class PendingCommand:
    """A command of this device that the centre has not decided yet. `sequence` is its place in the device's log."""

    sequence: int
    command_id: str
    request_id: str
    signed: Signed


@dataclass(frozen=True, slots=True)
class SnapshotHeld:
    """A snapshot that was begun: `reached` of its sequences up to `at`, `done` of `total` facts lie here. It is there
    until the feed behind it has been read to its end."""

    branch: int
    epoch: str
    at: int
    reached: int
    done: int
    total: int


class Writing(Protocol):
    """One write transaction: all of it is stored, or none."""

    def begin_epoch(self, epoch: str) -> None:
        """The centre's history is another now: every cursor stands at `ANEW`, and every command that is still kept and
        was not refused waits to be sent again."""

    def leave(self, branch: int) -> None:
        """`branch` is no longer in scope: what the centre said of it is taken away, beneath what pending
        commands lay on top, and its cursor goes too."""

    def store(self, rows: Sequence[FactRow]) -> None:
        """Takes over the centre's facts. Where a pending command's effect lies on top, they are taken over beneath it
        and show after the next `undo_provisional`."""

    def begin_snapshot(self, start: SnapshotStart) -> bool:
        """From now on `start` is the snapshot of its branch: what the centre said of it is taken away, beneath what
        pending commands lay on top, and the branch's cursor stands at `ANEW`. False, and nothing is done, when another
        round has begun it meanwhile."""

    def load(self, rows: Sequence[FactRow]) -> None:
        """As `store`, for many facts that are most likely new here."""

    def advance_snapshot(self, branch: int, after: int, reached: int, came: int) -> bool:
        """`came` more facts of the snapshot are to be stored, up to `reached`. False when it does not stand at `after`
        any more."""

    def finish_snapshot(self, branch: int) -> None:
        """All of the snapshot is stored: the cursor stands where it was begun."""

    def end_snapshot(self, branch: int) -> None:
        """The feed has been read to its end behind the snapshot, if there was one."""

    def settle(self) -> None:
        """Every pending command whose outcome is among the stored facts leaves the pending log: confirmed, or whole
        into the conflict inbox."""

    def advance(self, branch: int, epoch: str, reached: int) -> None:
        """Sets the cursor of `branch`."""

    def mark_sent(self, commands: Sequence[PendingCommand]) -> None: ...

    def undo_provisional(self) -> None:
        """Brings back what the centre says, wherever a pending command's effect lies on top of it."""

    def undecided(self) -> Sequence[PendingCommand]:
        """All pending commands, in the order they were given."""

    def apply(self, outcome: Outcome) -> None:
        """Lays the effect of an accepted decision on top of what the centre says."""

    def recount_pending(self) -> None:
        """Brings each request's count of pending commands up to date."""

    def keep_paper(self, digest: str, data: bytes) -> None: ...

    def note_care(self, at: datetime, mended: int, history: int) -> None:
        """Both sides were compared, `at` by this device's clock: so many records were mended here, and so many of the
        centre's chains disagree with what was seen of them."""

    def count_again(self, branch: int, kind: FactKind) -> None:
        """Makes the sums of what is held anew from what stands."""

    def keep_audit_key(self, key: bytes) -> None:
        """The centre's public audit key, from now on the only one."""

    def begin_chain(self, branch: int, at: Anchor) -> None:
        """From here on the chain of `branch` is followed; what was kept of it goes, its heads stay."""

    def keep_head(self, head: Head, signed: SignedHead) -> None: ...

    def keep_entries(self, entries: Sequence[Entry]) -> None: ...

    def take_entries_back(self, branch: int, position: int) -> None:
        """Entries behind `position` are kept no longer: a restore of the centre has undone them."""

    def note_contact(self, at: datetime) -> None:
        """The centre was reached, `at` by this device's clock."""

    def forget_confirmed(self, at: datetime) -> None:
        """Confirmed commands that were decided so long before `at` (the centre's clock) that no backup lacks them are
        kept no longer."""


ANEW = -1
"""The cursor of a branch that is held and must be read from its beginning: so that a branch that leaves the scope at
the same time is still known to be here, and taken away."""


class Held(Protocol):
    """What the centre has said and lies here, in sums; pending commands' effects are not counted."""

    def holdings(self) -> tuple[Mapping[int, int], Mapping[tuple[int, str], Holding]]:
        """As of one moment: the cursors, and what is held by branch and kind."""

    def buckets(self, branch: int, kind: str) -> Mapping[int, Holding]:
        """The same of one kind by the ids' buckets, counted from what stands."""

    def bucket(self, branch: int, kind: str, bucket: int) -> Mapping[str, int]:
        """The facts of one bucket: id and digest."""


class SeenChains(Protocol):
    """The audit chains as this device has seen them."""

    def key(self) -> bytes | None: ...

    def knows(self, head: Head) -> bool:
        """Whether this head was kept, and what is kept of the chain agrees with it."""

    def start(self, branch: int) -> Anchor | None:
        """Where the chain began to be followed; None before."""

    def tip(self, branch: int) -> Anchor | None:
        """The last place that is kept."""

    def hash_at(self, branch: int, position: int) -> bytes | None: ...

    def epochs(self, branch: int) -> frozenset[str]:
        """The epochs of all heads that were seen."""


W_co = TypeVar("W_co", bound=Writing, covariant=True)


class Replica(Protocol[W_co]):
    """The workstation's store. Every method may raise OSError when the disk fails."""

    def writing(self) -> AbstractContextManager[W_co]: ...

    def epoch(self) -> str | None:
        """The epoch that the cursors belong to; None before the first contact."""

    def cursors(self) -> Mapping[int, int]:
        """The sequence reached, by branch; `ANEW` where what is held is of an earlier epoch."""

    def snapshots(self) -> Mapping[int, SnapshotHeld]:
        """What was begun of each branch, until the feed behind it has been read to its end."""

    def waiting(self, limit: int) -> Sequence[PendingCommand]:
        """The first commands that have not reached the centre, in the order they were given."""

    def has_unsettled(self) -> bool:
        """Whether a pending command's outcome is among the stored facts: an earlier round broke off before its end."""

    def tally(self) -> Tally: ...

    @property
    def held(self) -> Held: ...

    @property
    def chains(self) -> SeenChains: ...

    def missing_papers(self, limit: int) -> Sequence[str]:
        """Digests of papers that are known and not held, newest first."""
