"""What a workstation reaches of the simulated centre: step for step what the functions and policies in
`desktop_app/centre/schema` do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.domain.actor import Actor, Role
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError, Scope, TamperingError
from desktop_app.wire.audit import Entry, SignedHead
from desktop_app.wire.digests import Holding
from desktop_app.wire.envelope import Signed
from desktop_app.wire.facts import EVERYWHERE, FactKind, FactRow, FeedPage
from desktop_app.wire.holdings import CentreHolding
from desktop_app.wire.snapshot import SnapshotPage, SnapshotStart
from tests.sync import compared
from tests.torture.tables import FactRecord, InboxRow, Tables, Transaction, WouldBlockError


@dataclass(frozen=True, slots=True)
class Door:
    """One connection of `login` on `device`; it ends with the server's life."""

    tables: Tables
    login: str
    device: str
    life: int
    now: datetime

    def scope(self) -> Scope:
        who = self._admitted()
        return Scope(self._epoch(who), (EVERYWHERE, *self._branches(who)), self.now)

    def pull(self, branch: int, after: int, limit: int) -> FeedPage:
        who = self._admitted_to(branch)
        sight = _sight(who)
        whole = self._sees_all_of(who, sight, branch)
        rows = [
            one.row
            for one in self.tables.committed["fact"].values()
            if one.sequence > after and one.said.branch == branch and (whole or self._sees(who, sight, one))
        ]
        body = who.body
        rows += [
            FactRow(FactKind(kind), identity, branch, sequence, None, departed=True)
            for (of, to, kind, identity), sequence in self.tables.committed["departure"].items()
            if of == branch and of != EVERYWHERE and sequence > after
            and ((to == "" and sight == "all") or (to != "" and to == body))
        ]  # fmt: skip
        rows.sort(key=lambda row: row.sequence)
        more = len(rows) > limit
        last = self.tables.committed["counter"].get(branch, 0)
        reached = rows[limit - 1].sequence if more else max(after, last)
        return FeedPage(self._epoch(who), branch, tuple(rows[:limit]), reached, more)

    def begin_snapshot(self, branch: int) -> SnapshotStart:
        who = self._admitted_to(branch)
        total = len(self._standing(who, branch))
        return SnapshotStart(self._epoch(who), branch, self.tables.committed["counter"].get(branch, 0), total)

    def snapshot(self, branch: int, after: int, at: int, limit: int) -> SnapshotPage:
        who = self._admitted_to(branch)
        rows = [row for row in self._standing(who, branch) if after < row.sequence <= at]
        more = len(rows) > limit
        reached = rows[limit - 1].sequence if more else at
        return SnapshotPage(self._epoch(who), branch, tuple(rows[:limit]), reached, more)

    def _standing(self, who: Actor, branch: int) -> list[FactRow]:
        return self.tables.once(("standing", who.id, self.device, branch), lambda: self._stands(who, branch))

    def _stands(self, who: Actor, branch: int) -> list[FactRow]:
        sight = _sight(who)
        whole = self._sees_all_of(who, sight, branch)
        rows = [
            one.row
            for one in self.tables.committed["fact"].values()
            if one.said.branch == branch and one.said.body is not None and (whole or self._sees(who, sight, one))
        ]
        return sorted(rows, key=lambda row: row.sequence)

    def submit(self, batch: Sequence[Signed]) -> int:
        """Stores the batch in one transaction of its own. What another transaction is just deciding it must wait for,
        and that too long."""
        self._admitted()
        transaction = Transaction(self.tables)
        try:
            tampered = sum(not self._store(transaction, signed) for signed in batch)
            transaction.commit()
        except WouldBlockError as why:
            raise CentreUnreachableError("canceling statement due to lock timeout") from why
        finally:
            transaction.rollback()
        if tampered:
            raise TamperingError(f"{tampered} tampered")
        return len(batch)

    def tell_clock(self, at: datetime) -> None:
        self._admitted()

    def audit_heads(self) -> Sequence[SignedHead]:
        """None are signed here: the chains have tests of their own."""
        return ()

    def audit_page(self, branch: int, after: int, limit: int) -> Sequence[Entry]:
        return ()

    def holdings(self) -> Sequence[CentreHolding]:
        who = self._admitted()
        return self.tables.once(("holdings", who.id, self.device), lambda: self._holdings(who))

    def _holdings(self, who: Actor) -> Sequence[CentreHolding]:
        counters = self.tables.committed["counter"]
        return compared.holdings(
            self._epoch(who),
            (one for one in (EVERYWHERE, *self._branches(who)) if one in counters),
            _sight(who),
            lambda branch: counters[branch],
            lambda branch: self._standing(who, branch),
        )

    def holding_buckets(self, branch: int, kind: FactKind) -> Mapping[int, Holding]:
        return compared.buckets(self._standing(self._admitted_to(branch), branch), kind)

    def bucket(self, branch: int, kind: FactKind, bucket: int) -> Sequence[FactRow]:
        return compared.bucket(self._standing(self._admitted_to(branch), branch), kind, bucket)

    def fetch_paper(self, digest: str) -> bytes | None:
        who = self._admitted()
        fact: FactRecord | None = self.tables.committed["fact"].get((FactKind.PAPER, digest))
        if fact is None or not self._sees(who, _sight(who), fact):
            return None
        found: bytes | None = self.tables.committed["paper"].get(digest)
        return found

    def register_key(self, public_key: bytes) -> None:
        self._admitted()
        held = self.tables.committed["key"].get((self.login, self.device), ())
        if public_key not in held:
            transaction = Transaction(self.tables)
            transaction.put("key", (self.login, self.device), (*held, public_key))
            transaction.commit()

    def wait_for_news(self, seconds: float) -> bool:
        return False

    def close(self) -> None:
        pass

    def _store(self, transaction: Transaction, signed: Signed) -> bool:
        head = json.loads(signed.payload)
        command_id, sequence = head["command_id"], head["sequence"]
        reason = "" if head["device"] == self.device else "another_device"
        inbox = self.tables.committed["inbox"]
        known: InboxRow | None = transaction.get("inbox", command_id)
        same = [row for row in transaction.rows("inbox") if row.device == self.device and row.sequence == sequence]
        for row in (*same, *([known] if known is not None else [])):
            transaction.lock("inbox", row.command_id)
        taken = known is None and bool(same)
        if known is None and not taken and not reason:
            row = InboxRow(command_id, self.device, sequence, signed, self._arrival(transaction))
            transaction.put("inbox", command_id, row)
            return True
        if known is not None and known.device == self.device and known.signed.fingerprint == signed.fingerprint:
            return True
        key = f"{reason or 'tampered'}:{hashlib.sha256(signed.payload).hexdigest()}"
        if key not in inbox:
            aside = InboxRow(
                key, self.device, None, signed, self._arrival(transaction), "quarantined", reason or "tampered"
            )
            transaction.put("inbox", key, aside)
        return bool(reason)

    def _arrival(self, transaction: Transaction) -> int:
        return max((row.arrival for row in transaction.rows("inbox")), default=0) + 1

    def _admitted(self) -> Actor:
        if self.life != self.tables.life:
            raise CentreUnreachableError("the server has ended this connection")
        who: Actor | None = self.tables.committed["staff"].get(self.login)
        if who is None or not who.active:
            raise NotAdmittedError("this login belongs to no active member of staff")
        if self.device not in self.tables.committed["device"]:
            raise NotAdmittedError("the certificate belongs to no enrolled device")
        return who

    def _admitted_to(self, branch: int) -> Actor:
        who = self._admitted()
        if branch != EVERYWHERE and branch not in self._branches(who):
            raise NotAdmittedError(f"branch {branch} is not in your scope")
        return who

    def _epoch(self, who: Actor) -> str:
        suffix = {"all": "", "body": f"/{who.body}", "none": "/-"}[_sight(who)]
        return f"{self.tables.committed['epoch']['name']}{suffix}"

    def _branches(self, who: Actor) -> tuple[int, ...]:
        if _sight(who) == "none":
            return ()
        if who.all_branches:
            return tuple(sorted(branch for branch in self.tables.committed["counter"] if branch != EVERYWHERE))
        return tuple(sorted(branch for branch in who.branches if branch != EVERYWHERE))

    def _sees_all_of(self, who: Actor, sight: str, branch: int) -> bool:
        """Where no policy has to be asked of each row."""
        return sight == "all" and branch != EVERYWHERE and (who.all_branches or branch in who.branches)

    def _sees(self, who: Actor, sight: str, fact: FactRecord) -> bool:
        """The policies of `003_policies.sql`, `005_bookings.sql` and `018_letters.sql`."""
        kind, branch = fact.said.kind, fact.said.branch
        if kind is FactKind.OUTCOME and fact.lookup.device == self.device:
            return True
        if branch == EVERYWHERE:
            if kind in (FactKind.REFERENCE, FactKind.STAFF):
                return True
            return kind in (FactKind.DUES, FactKind.BOOKING) and sight == "all"
        if sight == "none" or not (who.all_branches or branch in who.branches):
            return False
        if sight == "all":
            return True
        if sight != "body" or who.body not in (fact.lookup.awaits or ()):
            return False
        return kind is FactKind.REQUEST or (kind is FactKind.PAPER and self._awaits(who, fact.lookup.made_by))

    def _awaits(self, who: Actor, request_id: str | None) -> bool:
        """`tajzia.awaits_my_body`."""
        request = self.tables.committed["fact"].get((FactKind.REQUEST, request_id))
        return request is not None and request.said.body is not None and who.body in (request.lookup.awaits or ())


def _sight(who: Actor) -> str:
    if who.role is Role.BODY_OFFICER:
        return "body"
    return "none" if who.role is Role.ADMINISTRATOR else "all"


def visible_facts(tables: Tables, login: str, device: str) -> dict[tuple[str, str], bytes]:
    """All but outcomes that this person on this device is to see, by kind and id."""
    door = Door(tables, login, device, tables.life, datetime.min.replace(tzinfo=UTC))
    who = door._admitted()
    sight = _sight(who)
    branches = (EVERYWHERE, *door._branches(who))
    return {
        (one.said.kind.value, one.said.id): one.said.body
        for one in tables.committed["fact"].values()
        if one.said.body is not None
        and one.said.kind is not FactKind.OUTCOME
        and one.said.branch in branches
        and door._sees(who, sight, one)
    }
