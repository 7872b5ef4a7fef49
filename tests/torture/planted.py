"""Bugs that a careful system must not have, put in on purpose: the torture must find each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.application.provisional import decide_again
from desktop_app.storage.command_log import REFUSED
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.centre_link import CentreLink, Scope
from desktop_app.sync.engine import BATCH, Engine
from desktop_app.wire.audit import Entry, SignedHead
from desktop_app.wire.digests import Holding
from desktop_app.wire.envelope import Signed
from desktop_app.wire.facts import FactKind, FactRow, FeedPage
from desktop_app.wire.holdings import CentreHolding
from desktop_app.wire.snapshot import SnapshotPage, SnapshotStart
from tests.torture.door import Door
from tests.torture.network import Far
from tests.torture.tables import Transaction
from tests.torture.workstation import MortalStore
from tests.torture.world import Parts, World


class NaiveCounters:
    """A sequence as databases have them: given out at once, in no order of commits."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}

    def take(self, transaction: Transaction, branch: int, count: int) -> int:
        last = self._last.get(branch) or int(transaction.get("counter", branch) or 0)
        self._last[branch] = last + count
        # What readers are told as the end of the feed is the newest row that is committed.
        transaction.put_unlocked("counter", branch, last + count)
        return last + count


@dataclass(slots=True)
class HastyDoor:
    """Says "I have it" and stores it a while later: a crash in between loses it. Once healed, it stores at once."""

    door: Door
    world: World

    def submit(self, batch: Sequence[Signed]) -> int:
        life, stored = self.door.tables.life, tuple(batch)
        if self.world.healed:
            return self.door.submit(stored)

        def store() -> None:
            if life == self.door.tables.life:
                self.door.submit(stored)

        self.world.in_flight.append((life, store))
        return len(stored)

    def scope(self) -> Scope:
        return self.door.scope()

    def pull(self, branch: int, after: int, limit: int) -> FeedPage:
        return self.door.pull(branch, after, limit)

    def begin_snapshot(self, branch: int) -> SnapshotStart:
        return self.door.begin_snapshot(branch)

    def snapshot(self, branch: int, after: int, at: int, limit: int) -> SnapshotPage:
        return self.door.snapshot(branch, after, at, limit)

    def tell_clock(self, at: datetime) -> None:
        self.door.tell_clock(at)

    def audit_heads(self) -> Sequence[SignedHead]:
        return self.door.audit_heads()

    def audit_page(self, branch: int, after: int, limit: int) -> Sequence[Entry]:
        return self.door.audit_page(branch, after, limit)

    def holdings(self) -> Sequence[CentreHolding]:
        return self.door.holdings()

    def holding_buckets(self, branch: int, kind: FactKind) -> Mapping[int, Holding]:
        return self.door.holding_buckets(branch, kind)

    def bucket(self, branch: int, kind: FactKind, bucket: int) -> Sequence[FactRow]:
        return self.door.bucket(branch, kind, bucket)

    def fetch_paper(self, digest: str) -> bytes | None:
        return self.door.fetch_paper(digest)

    def register_key(self, public_key: bytes) -> None:
        self.door.register_key(public_key)


class HastyEngine(Engine[ReplicaWrites]):
    """Notes a command as sent before the centre has said so."""

    def push(self, link: CentreLink) -> int:
        sent = 0
        while batch := self._replica.waiting(BATCH):
            with self._replica.writing() as writing:
                writing.mark_sent(batch)
            link.submit([command.signed for command in batch])
            sent += len(batch)
        return sent


class ForgetfulWrites(ReplicaWrites):
    """Settles a refused command as if that were the end of it."""

    def settle(self) -> None:
        super().settle()
        self.driver.execute("DELETE FROM refusal")
        self.driver.execute("DELETE FROM command WHERE state = ?", (REFUSED,))


def _hasty_engine(store: MortalStore, now: Callable[[], datetime]) -> Engine[ReplicaWrites]:
    return HastyEngine(store, decide_again, now)


def _forgetful(opened: ReplicaWrites) -> ReplicaWrites:
    return ForgetfulWrites(opened.driver)


def _hasty_door(door: Door, world: World) -> Far:
    return HastyDoor(door, world)


PLANTED: dict[str, Parts] = {
    "the naive feed": Parts(counters=NaiveCounters),
    "an acknowledgement before the commit at the centre": Parts(far=_hasty_door),
    "an acknowledgement before the answer on the workstation": Parts(engine=_hasty_engine),
    "a dropped refusal": Parts(writes=_forgetful),
}
