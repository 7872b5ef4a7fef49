"""Others who write at the centre beside the registrar: the administration, whose transactions stay open for a while."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from random import Random

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.domain.actor import Actor
from desktop_app.domain.licence import Licence
from desktop_app.domain.reference import Reference
from desktop_app.domain.tracks import DuesAccount
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.torture.beginning import EIGHT, NINE
from tests.torture.feed import put_facts
from tests.torture.store import MemoryStore
from tests.torture.tables import DeadTransactionError, FactRecord, Transaction, WouldBlockError

ROAMS = "assessor"
"""Whose branches the administration changes."""


def other_writer(store: MemoryStore, chance: Random) -> Generator[None, None, None]:
    """One transaction, step by step; it waits for locks, stays open, and is committed or undone at last."""
    transaction = Transaction(store.tables)
    change = chance.choice((_licence, _licence, _dues, _reference, _staff))
    tries = chance.randint(1, 6)
    try:
        while True:
            try:
                fact = change(transaction, chance)
                put_facts(transaction, [fact], store.counters)
                break
            except WouldBlockError:
                tries -= 1
                if not tries:  # lock_timeout
                    return
                yield
        for _ in range(chance.randint(0, 4)):
            yield
        if chance.random() < 0.8:
            transaction.commit()
    except DeadTransactionError:
        return
    finally:
        transaction.rollback()


Change = Callable[[Transaction, Random], LoadedFact]


def _some(transaction: Transaction, chance: Random, kind: FactKind) -> FactRecord:
    """A fact of `kind`, locked: what is read of it is what will be replaced."""
    found = [row for row in transaction.rows("fact") if row.said.kind is kind and row.said.body is not None]
    one: FactRecord = chance.choice(sorted(found, key=lambda row: row.said.id))
    transaction.lock("fact", (kind, one.said.id))
    return one


def _licence(transaction: Transaction, chance: Random) -> LoadedFact:
    said = _some(transaction, chance, FactKind.LICENCE).said
    held = decode(said.body or b"", Licence)
    renamed = replace(held, trade_name=f"محل {chance.randrange(1000)}")
    return said._replace(body=encode(renamed))


def _dues(transaction: Transaction, chance: Random) -> LoadedFact:
    said = _some(transaction, chance, FactKind.DUES).said
    held = decode(said.body or b"", DuesAccount)
    return said._replace(body=encode(replace(held, dues=held.dues if chance.random() < 0.5 else ())))


def _reference(transaction: Transaction, chance: Random) -> LoadedFact:
    said = _some(transaction, chance, FactKind.REFERENCE).said
    held = decode(said.body or b"", Reference)
    known = held.calendar.holidays
    day = known[-1][0] + timedelta(days=chance.randint(1, 9))
    return said._replace(body=encode(replace(held, calendar=replace(held.calendar, holidays=(*known, (day, "عطلة"))))))


def _staff(transaction: Transaction, chance: Random) -> LoadedFact:
    held: Actor = transaction.get("staff", ROAMS)
    transaction.lock("staff", ROAMS)
    branches = chance.choice([{EIGHT}, {NINE}, {EIGHT, NINE}])
    moved = replace(held, branches=frozenset(branches))
    transaction.put("staff", ROAMS, moved)
    return LoadedFact(FactKind.STAFF, ROAMS, EVERYWHERE, encode(moved))
