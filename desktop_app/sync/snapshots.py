"""Taking over a branch that is not held here: its snapshot in chunks, then the feed from where the snapshot stands.

Each chunk is stored with the place it reaches in one local transaction, so whatever breaks off goes on from there. The
snapshot's position in the feed is fixed when it is begun: a fact that changes meanwhile leaves the snapshot and comes
with the feed behind it, and so does its deletion.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from desktop_app.sync.centre_link import CentreLink, EpochChangedError
from desktop_app.sync.progress import Bootstrap, ProgressBoard
from desktop_app.sync.replica import ANEW, Replica, SnapshotHeld, Writing

if TYPE_CHECKING:
    from desktop_app.wire.snapshot import SnapshotStart

W = TypeVar("W", bound=Writing)

CHUNK = 2_500
"""Facts in a chunk: a writing transaction of a third of a second, behind which a command that is given waits."""


def take_snapshots(
    replica: Replica[W], link: CentreLink, branches: Iterable[int], epoch: str, board: ProgressBoard
) -> int:
    """Brings every branch that is not held to where its feed goes on. Returns how many facts came. A branch that
    another round takes over at the same time (a sign-in has one of its own) is left to it.

    Raises EpochChangedError, CentreUnreachableError, NotAdmittedError or OSError; what was taken is kept.
    """
    taking = _begin(replica, link, branches, epoch)
    if not taking:
        return 0
    done, total = sum(one.done for one, _ in taking), sum(one.total for one, _ in taking)
    before = done
    try:
        board.show(Bootstrap(done, total))
        for held, start in taking:
            reached, more, fresh = held.reached, True, start
            while more:
                page = link.snapshot(held.branch, reached, held.at, CHUNK)
                if page.epoch != epoch:
                    raise EpochChangedError("the centre's epoch changed during a snapshot")
                with replica.writing() as writing:
                    # Not sooner: what the branch held before stays until there is something in its place.
                    if fresh is not None and not writing.begin_snapshot(fresh):
                        break
                    if not writing.advance_snapshot(held.branch, reached, page.reached, len(page.rows)):
                        break
                    writing.load(page.rows)
                    if not page.more:
                        writing.finish_snapshot(held.branch)
                reached, more, fresh = page.reached, page.more, None
                done += len(page.rows)
                board.show(Bootstrap(done, total))
    finally:
        board.show(None)
    return done - before


def _begin(
    replica: Replica[W], link: CentreLink, branches: Iterable[int], epoch: str
) -> list[tuple[SnapshotHeld, SnapshotStart | None]]:
    """The snapshots that are to be fetched: those begun before, and fresh ones, with their start, of what is not held
    at all. All are begun before the first is fetched, so that it is known how much there is."""
    cursors = replica.cursors()
    wanted = [branch for branch in branches if cursors.get(branch, ANEW) == ANEW]
    begun = replica.snapshots() if wanted else {}
    taking: list[tuple[SnapshotHeld, SnapshotStart | None]] = []
    for branch in wanted:
        held = begun.get(branch)
        if held is not None and held.epoch == epoch:
            taking.append((held, None))
            continue
        start = link.begin_snapshot(branch)
        if start.epoch != epoch:
            raise EpochChangedError("the centre's epoch changed before a snapshot")
        taking.append((SnapshotHeld(branch, epoch, start.at, reached=0, done=0, total=start.total), start))
    return taking
