"""The simulated centre's only way into the feed: step for step what `desktop_app/centre/feed.py` does in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.lookups import Lookup, lookup_of
from desktop_app.wire.facts import FactKind
from tests.torture.tables import FactRecord, Transaction

Departure = tuple[int, str, str, str]


class Counters(Protocol):
    """How a branch's counter gives out sequences."""

    def take(self, transaction: Transaction, branch: int, count: int) -> int:
        """The last of `count` new sequences. Raises WouldBlockError."""


class LockedCounters:
    """The counter's row is locked until the transaction ends and goes back with it."""

    def take(self, transaction: Transaction, branch: int, count: int) -> int:
        transaction.lock("counter", branch)
        last = int(transaction.get("counter", branch) or 0) + count
        transaction.put("counter", branch, last)
        return last


def put_facts(transaction: Transaction, facts: Iterable[LoadedFact], counters: Counters) -> int:
    """As the real one. Raises WouldBlockError."""
    newest = {(fact.kind, fact.id): fact for fact in facts}
    lookups = {key: lookup_of(fact.kind, fact.body) for key, fact in newest.items()}
    left, back = _moves(transaction, newest, lookups)
    by_branch: dict[int, list[LoadedFact]] = defaultdict(list)
    for fact in newest.values():
        by_branch[fact.branch].append(fact)
    left_branch: dict[int, list[Departure]] = defaultdict(list)
    for departure in left:
        left_branch[departure[0]].append(departure)
    for branch in sorted({*by_branch, *left_branch}):
        count = len(by_branch[branch]) + len(left_branch[branch])
        sequence = counters.take(transaction, branch, count) - count
        for fact in by_branch[branch]:
            sequence += 1
            key = (fact.kind, fact.id)
            transaction.put("fact", key, FactRecord(fact, sequence, lookups[key]))
        for departure in left_branch[branch]:
            sequence += 1
            transaction.put("departure", departure, sequence)
    for departure in back:
        transaction.delete("departure", departure)
    return len(newest)


def _moves(
    transaction: Transaction,
    newest: dict[tuple[FactKind, str], LoadedFact],
    lookups: dict[tuple[FactKind, str], Lookup],
) -> tuple[list[Departure], list[Departure]]:
    left: list[Departure] = []
    back: list[Departure] = []
    for key, fact in newest.items():
        kind, awaited = key[0].value, frozenset(lookups[key].awaits or ())
        back += [(fact.branch, body, kind, fact.id) for body in sorted(awaited)]
        stands: FactRecord | None = transaction.get("fact", key)
        if stands is None:
            continue
        transaction.lock("fact", key)
        old_bodies = frozenset(stands.lookup.awaits or ())
        moved = stands.said.branch != fact.branch
        if moved:
            left.append((stands.said.branch, "", kind, fact.id))
            back.append((fact.branch, "", kind, fact.id))
        gone = sorted(old_bodies if moved else old_bodies - awaited)
        left += [(stands.said.branch, body, kind, fact.id) for body in gone]
    return left, back
