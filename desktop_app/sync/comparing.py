"""Whether both sides hold the same, and what is done where they do not.

Counts and sums of digests are compared for each branch and kind: as many figures as there are branches, however much
they hold. Where they differ, the ids' buckets lead to the records, which are fetched anew; commands that are pending
are laid on top again. Where that does not help, the branch is read from its beginning, at most once a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog

from desktop_app.sync.centre_link import EpochChangedError
from desktop_app.sync.replica import ANEW, Replica, Writing
from desktop_app.wire.digests import NOTHING, Holding, fact_digest, with_change
from desktop_app.wire.facts import FactKind, FactRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop_app.sync.centre_link import CentreLink, Scope
    from desktop_app.wire.holdings import CentreHolding

_log = structlog.get_logger(__name__)

W = TypeVar("W", bound=Writing)

TRIES = 3
"""How often a branch that moves on while it is compared is caught up with before it is left for the next time."""
ANEW_AT_MOST_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """What was wrong here of one kind in one branch: records that were not here, were another, or were too many.
    `miscounted` says that the records were right and the sums here were not; `unmended` that it is no better now."""

    branch: int
    kind: FactKind
    missing: int = 0
    altered: int = 0
    extra: int = 0
    miscounted: bool = False
    unmended: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """`branches` could be compared; the others had moved on too often, or are not held to the end yet."""

    branches: int = 0
    differences: tuple[Difference, ...] = ()

    @property
    def mended(self) -> int:
        """How many records were not as they should be."""
        return sum(one.missing + one.altered + one.extra + one.miscounted for one in self.differences)


@dataclass(slots=True)
class Comparing(Generic[W]):
    """`catch_up` reads the feed of a branch to its end; `rebase` lays what is pending on top again."""

    replica: Replica[W]
    catch_up: Callable[[CentreLink, int, str], object]
    rebase: Callable[[W], None]
    now: Callable[[], datetime]
    _begun_anew: dict[int, datetime] = field(default_factory=dict)

    def compare(self, link: CentreLink, scope: Scope) -> Compared:
        """Compares and mends. Raises as a round does."""
        branches = self._comparable(scope.branches)
        done: set[int] = set()
        differences: list[Difference] = []
        for _ in range(TRIES):
            theirs = _by_branch(_of_epoch(link.holdings(), scope))
            cursors, ours = self.replica.held.holdings()
            for branch in sorted(branches - done):
                told = theirs.get(branch, ())
                if told and told[0].last != cursors.get(branch):
                    continue
                done.add(branch)
                differing = [one for one in told if ours.get((branch, one.kind.value), NOTHING) != one.holding]
                differences += [self._mend(link, scope, one) for one in differing]
            if not branches - done:
                break
            for branch in sorted(branches - done):
                self.catch_up(link, branch, scope.epoch)
        for one in differences:
            _log.warning(
                "what is held here was not what the centre holds",
                branch=one.branch, kind=one.kind.value, missing=one.missing, altered=one.altered, extra=one.extra,
                miscounted=one.miscounted, unmended=one.unmended,
            )  # fmt: skip
        return Compared(len(done), tuple(differences))

    def _comparable(self, branches: Iterable[int]) -> set[int]:
        cursors, begun = self.replica.cursors(), self.replica.snapshots()
        return {one for one in branches if cursors.get(one, ANEW) != ANEW and one not in begun}

    def _mend(self, link: CentreLink, scope: Scope, told: CentreHolding) -> Difference:
        branch, kind = told.branch, told.kind
        theirs, ours = link.holding_buckets(branch, kind), self.replica.held.buckets(branch, kind)
        wrong = sorted(one for one in {*theirs, *ours} if theirs.get(one, NOTHING) != ours.get(one, NOTHING))
        missing = altered = extra = 0
        for bucket in wrong:
            stand = {row.id: row for row in link.bucket(branch, kind, bucket)}
            held = self.replica.held.bucket(branch, kind, bucket)
            changed = [row for row in stand.values() if row.body and held.get(row.id) != _digest(row)]
            gone = [FactRow(kind, one, branch, 0, None) for one in held if one not in stand]
            missing += sum(row.id not in held for row in changed)
            altered += sum(row.id in held for row in changed)
            extra += len(gone)
            if changed or gone:
                with self.replica.writing() as writing:
                    writing.store([*gone, *changed])
                    self.rebase(writing)
        miscounted = not wrong and _sum(theirs.values()) == told.holding
        if miscounted:
            with self.replica.writing() as writing:
                writing.count_again(branch, kind)
        return Difference(
            branch, kind, missing, altered, extra, miscounted, unmended=not self._is_mended(link, scope, told)
        )

    def _is_mended(self, link: CentreLink, scope: Scope, told: CentreHolding) -> bool:
        branch, kind = told.branch, told.kind
        self.catch_up(link, branch, scope.epoch)
        again = {(one.branch, one.kind): one for one in _of_epoch(link.holdings(), scope)}.get((branch, kind))
        cursors, ours = self.replica.held.holdings()
        if again is None or again.last != cursors.get(branch):
            return True  # it moved on: the next comparison will tell
        if ours.get((branch, kind.value), NOTHING) == again.holding:
            return True
        if _sum(link.holding_buckets(branch, kind).values()) != again.holding:
            return False  # the centre does not agree with itself: nothing here can mend that
        last = self._begun_anew.get(branch)
        now = self.now()
        if last is None or not timedelta() <= now - last < ANEW_AT_MOST_EVERY:
            self._begun_anew[branch] = now
            with self.replica.writing() as writing:
                writing.advance(branch, scope.epoch, ANEW)
        return False


def _of_epoch(rows: Sequence[CentreHolding], scope: Scope) -> Sequence[CentreHolding]:
    if any(row.epoch != scope.epoch for row in rows):
        raise EpochChangedError("the centre's epoch changed during a comparison")
    return rows


def _by_branch(rows: Iterable[CentreHolding]) -> Mapping[int, Sequence[CentreHolding]]:
    grouped: dict[int, list[CentreHolding]] = {}
    for row in rows:
        grouped.setdefault(row.branch, []).append(row)
    return grouped


def _digest(row: FactRow) -> int:
    assert row.body is not None
    return fact_digest(row.kind.value, row.id, row.body)


def _sum(holdings: Iterable[Holding]) -> Holding:
    whole = NOTHING
    for one in holdings:
        added = with_change(whole, None, one.total)
        whole = Holding(whole.held + one.held, added.total)
    return whole
