"""The same random trace of transactions, submissions and readings on the simulated centre and on PostgreSQL, compared
after every step: who must wait, what is seen, what is given."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import psycopg.errors
from psycopg import Connection

from desktop_app.application.ports.centre import CentreWork, LetterOut
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.facts import ReferenceCache
from desktop_app.centre.lookups import lookup_of
from desktop_app.centre.work import PostgresWork
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.request import Request, Status
from desktop_app.gateway.link import PostgresLink
from desktop_app.sync.centre_link import CentreUnreachableError, TamperingError
from desktop_app.wire.codec import encode
from desktop_app.wire.envelope import Signed
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain import builders
from tests.domain.journey import journey
from tests.postgres_fixture import DEVICES, Hand, SampleCentre, sample_staff
from tests.torture.door import Door
from tests.torture.feed import LockedCounters
from tests.torture.store import MemoryWork
from tests.torture.tables import FactRecord, Tables, Transaction, WouldBlockError

READERS = (
    ("clerk", "K1"), ("clerk9", "M1"), ("officer_health", "K2"), ("officer_env", "K2"), ("auditor", "L1"),
    ("administrator", "S1"),
)  # fmt: skip
WAITS = "20ms"
"""How long PostgreSQL waits for a row that another open transaction holds; in a trace it is never let go meanwhile."""


class Writer:
    """One open transaction on both sides."""

    def __init__(self, connection: Connection[Any], tables: Tables) -> None:
        self.connection = connection
        self.transaction = Transaction(tables)
        self.simulated: CentreWork = MemoryWork(self.transaction, LockedCounters(), lambda point: None)

    def really(self, act: Callable[[CentreWork], object]) -> object:
        """What a work holds back goes to the tables at once, so that rows are locked where the simulated ones are."""
        work = PostgresWork(self.connection, ReferenceCache())
        answer = act(work)
        work.write()
        return answer

    def end(self, *, commit: bool) -> None:
        if commit:
            self.connection.commit()
            self.transaction.commit()
        else:
            self.connection.rollback()
            self.transaction.rollback()


class Trace:
    """`step` takes one step on both sides and says what either answered; they must be equal."""

    def __init__(self, seed: int, centre: SampleCentre, links: dict[str, PostgresLink], hands: list[Hand]) -> None:
        self.chance = Random(seed)
        self.links = links
        self.hands = hands
        self.tables = read_tables(centre)
        self.connections = [psycopg.connect(centre.registrar_conninfo) for _ in range(2)]
        for connection in self.connections:
            connection.execute(f"set lock_timeout = '{WAITS}'")
            connection.commit()
        self.writers: list[Writer | None] = [None, None]
        self.sent: list[tuple[Hand, Signed]] = []

    def step(self) -> tuple[str, object, object]:
        steps: tuple[tuple[Callable[[], tuple[object, object]], int], ...] = (
            (self.write, 30), (self.end, 14), (self.pull, 34), (self.snapshot, 8), (self.scope, 4),
            (self.submit, 12),
        )  # fmt: skip
        (taken,) = self.chance.choices([one for one, _ in steps], [weight for _, weight in steps])
        real, simulated = taken()
        return taken.__name__, real, simulated

    def close(self) -> None:
        for writer in self.writers:
            if writer is not None:
                writer.end(commit=False)
        for connection in self.connections:
            connection.close()

    def write(self) -> tuple[object, object]:
        at = self.chance.randrange(2)
        writer = self.writers[at]
        if writer is None:
            writer = self.writers[at] = Writer(self.connections[at], self.tables)
        act = self._act()
        real = self._try(lambda: writer.really(act))
        simulated = self._try(lambda: act(writer.simulated))
        if "waits" in (real, simulated):
            writer.end(commit=False)
            self.writers[at] = None
        return real, simulated

    def end(self) -> tuple[object, object]:
        at = self.chance.randrange(2)
        writer = self.writers[at]
        if writer is not None:
            writer.end(commit=self.chance.random() < 0.7)
            self.writers[at] = None
        return None, None

    def pull(self) -> tuple[object, object]:
        login, device = self.chance.choice(READERS)
        door = self._door(login, device)
        branch = self.chance.choice(door.scope().branches)
        last = self.tables.committed["counter"].get(branch, 0)
        after, limit = self.chance.randint(0, last + 1), self.chance.choice((1, 2, 5, 500))
        return self.links[login].pull(branch, after, limit), door.pull(branch, after, limit)

    def snapshot(self) -> tuple[object, object]:
        """A chunk as of a position that was fixed some time ago."""
        login, device = self.chance.choice(READERS)
        door, link = self._door(login, device), self.links[login]
        branch = self.chance.choice(door.scope().branches)
        real, simulated = link.begin_snapshot(branch), door.begin_snapshot(branch)
        at = self.chance.randint(0, simulated.at)
        after, limit = self.chance.randint(0, at), self.chance.choice((1, 2, 5, 500))
        return (
            (real, link.snapshot(branch, after, at, limit)),
            (simulated, door.snapshot(branch, after, at, limit)),
        )

    def scope(self) -> tuple[object, object]:
        login, device = self.chance.choice(READERS)
        real, simulated = self.links[login].scope(), self._door(login, device).scope()
        return (real.epoch, real.branches), (simulated.epoch, simulated.branches)

    def submit(self) -> tuple[object, object]:
        """A fresh command, one that is known, or another one under a name that is taken."""
        roll = self.chance.random()
        if self.sent and roll < 0.3:
            hand, signed = self.chance.choice(self.sent)
        else:
            hand = self.chance.choice(self.hands)
            other = {"sequence": 1} if roll > 0.9 else {}
            command = Withdraw(f"r{self.chance.randrange(99)}", "عدول")
            identity = str(UUID(int=self.chance.getrandbits(128)))
            signed = hand.signed(hand.envelope(command, 0, command_id=identity, **other))
            self.sent.append((hand, signed))
        door = self._door(hand.login, hand.device)
        return self._try(lambda: hand.link.submit([signed])), self._try(lambda: door.submit([signed]))

    def _act(self) -> Callable[[CentreWork], object]:
        chance = self.chance
        facts = [self._some_fact() for _ in range(chance.randint(1, 4))]
        notice, number = f"ra:n{chance.randrange(5)}", chance.choice((8, 9))
        moved, put_aside = chance.choice(sorted(_requests())), chance.random() < 0.3

        def next_one(work: CentreWork) -> object:
            found = work.next_submission()
            if found is None:
                return None
            if put_aside:
                work.quarantine(found.command_id, "bug", "X", builders.NOW)
            else:
                work.mark_decided(found.command_id, builders.NOW)
            return replace(found, received_at=None)  # by PostgreSQL's own clock

        acts: tuple[tuple[Callable[[CentreWork], object], int], ...] = (
            (lambda work: work.put(facts), 12),
            (next_one, 4),
            (lambda work: work.queue_letter(LetterOut(notice, "+962", "نص"), builders.NOW), 2),
            (lambda work: work.numbers.request_number(2026, number), 2),
            (lambda work: work.numbers.take_receipt(f"C-{number}-{notice}", moved), 2),
            (lambda work: work.numbers.take_sheet(f"{number}", moved), 2),
            (lambda work: work.facts.find_request(moved), 2),
            (lambda work: work.facts.open_requests_on(builders.PARENT), 2),
            (lambda work: work.facts.bookings_on(builders.TODAY), 1),
            (lambda work: work.find_body("request", moved), 1),
        )
        (act,) = chance.choices([one for one, _ in acts], [weight for _, weight in acts])
        return act

    def _some_fact(self) -> LoadedFact:
        """Requests move between branches and statuses; bookings come and go; everything else comes once or again."""
        chance = self.chance
        roll = chance.random()
        if roll < 0.5:
            identity = chance.choice(sorted(_requests()))
            request = replace(chance.choice(_requests()[identity]), branch=chance.choice((8, 9)))
            return LoadedFact(FactKind.REQUEST, identity, request.branch, encode(request))
        if roll < 0.7:
            licence = builders.make_licence(area=chance.choice((20_000, 30_000)))
            return LoadedFact(FactKind.LICENCE, licence.number, 8, encode(licence))
        account = builders.make_dues(chance.randrange(1, 9))
        if roll < 0.85:
            return LoadedFact(FactKind.DUES, account.id, EVERYWHERE, encode(account))
        return LoadedFact(FactKind.BOOKING, chance.choice(sorted(_requests())), EVERYWHERE, None)

    def _door(self, login: str, device: str) -> Door:
        return Door(self.tables, login, device, self.tables.life, builders.NOW)

    @staticmethod
    def _try(act: Callable[[], object]) -> object:
        try:
            return act()
        except (psycopg.errors.LockNotAvailable, WouldBlockError):
            return "waits"
        except TamperingError:
            return "tampered"
        except CentreUnreachableError as why:
            return str(why)


@cache
def _requests() -> dict[str, tuple[Request, ...]]:
    """Two requests as they stand at several points of their way."""
    found = {}
    for identity in ("ra", "rb"):
        stands = []
        for status in (Status.LODGED, Status.AWAITING_APPROVALS, Status.INSPECTION_SCHEDULED, Status.WITHDRAWN):
            walked = journey(status, request_id=identity)
            stands.append(walked.request)
            if status is Status.AWAITING_APPROVALS:
                walked.write_letters()
                stands.append(walked.request)
        found[identity] = tuple(stands)
    return found


def read_tables(centre: SampleCentre) -> Tables:
    """The simulated tables as PostgreSQL's stand now."""
    tables = Tables()
    committed = tables.committed
    ((committed["epoch"]["name"],),) = centre.query("select name from tajzia.epoch")
    committed["staff"] = {one.id: one for one in sample_staff()}
    committed["device"] = dict(DEVICES)
    committed["counter"] = dict(centre.query("select branch, last from tajzia.feed_counter"))
    for kind, identity, branch, sequence, body in centre.query(
        "select kind, id, branch, sequence, body from tajzia.fact"
    ):
        said = LoadedFact(FactKind(kind), identity, branch, None if body is None else body.encode())
        committed["fact"][said.kind, identity] = FactRecord(said, sequence, lookup_of(said.kind, said.body))
    for *key, sequence in centre.query("select branch, body, kind, id, sequence from tajzia.departure"):
        committed["departure"][tuple(key)] = sequence
    for *key, last in centre.query("select series, year, district, last from tajzia.number"):
        committed["number"][tuple(key)] = last
    committed["receipt"] = dict(centre.query("select number, request_id from tajzia.receipt"))
    committed["sheet"] = dict(centre.query("select serial, request_id from tajzia.sheet"))
    committed["outbox"] = {
        notice: (LetterOut(notice, to, words), at, sent)
        for notice, to, words, at, sent in centre.query(
            "select notice_id, recipient, words, written_at, sent_at from tajzia.outbox"
        )
    }
    return tables


def run_trace(seed: int, steps: int, centre: SampleCentre, links: dict[str, PostgresLink], hands: list[Hand]) -> None:
    """Raises AssertionError at the first step that differs. What lies in the inbox is taken out before."""
    with centre.admin() as admin:
        admin.execute("delete from tajzia.inbox")
    trace = Trace(seed, centre, links, hands)
    try:
        for number in range(steps):
            name, real, simulated = trace.step()
            assert real == simulated, f"seed {seed}, step {number}, {name}: {real} of PostgreSQL, {simulated}"
    finally:
        with suppress(psycopg.Error):
            trace.close()
