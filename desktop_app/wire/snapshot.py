"""A snapshot of one branch, for a workstation that is new: what stands as of a position of its feed, in chunks."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.wire.facts import FactRow


@dataclass(frozen=True, slots=True)
class SnapshotStart:
    """Where a snapshot of `branch` stands: the feed's sequence `at`, fixed when it was begun, and how many facts there
    were to fetch then. What changes while it is fetched stands behind `at` and comes with the feed."""

    epoch: str
    branch: int
    at: int
    total: int


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """A chunk of a snapshot: facts that stand, never a deletion. `reached` is where the next chunk begins; without
    `more` it is the snapshot's own `at`."""

    epoch: str
    branch: int
    rows: tuple[FactRow, ...]
    reached: int
    more: bool
