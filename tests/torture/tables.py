"""Tables that keep PostgreSQL's rules of visibility (READ COMMITTED), without PostgreSQL.

What a transaction writes is seen by itself until it commits, by all others from then on; a row that somebody has
written or locked is kept from others until the transaction ends. A backup is a copy of what is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.lookups import Lookup
from desktop_app.wire.envelope import Signed
from desktop_app.wire.facts import FactRow

Key = tuple[str, Hashable]
T = TypeVar("T")
_GONE = object()


class WouldBlockError(RuntimeError):
    """Another transaction holds this row: PostgreSQL would let the statement wait."""


class DeadTransactionError(RuntimeError):
    """The server has ended in the meantime, and this transaction with it."""


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A row of `fact`. `row` is what the feed hands out of it."""

    said: LoadedFact
    sequence: int
    lookup: Lookup
    row: FactRow = field(init=False, compare=False)

    def __post_init__(self) -> None:
        said = self.said
        object.__setattr__(self, "row", FactRow(said.kind, said.id, said.branch, self.sequence, said.body))


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A row of `inbox`. `taken` counts how often a decision on it was committed."""

    command_id: str
    device: str
    sequence: int | None
    signed: Signed
    arrival: int
    state: str = "waiting"
    reason: str = ""
    reference: str = ""
    decided_at: datetime | None = None
    taken: int = 0


class Tables:
    """All that is committed: `committed[table][key]`. A crash of the server undoes whatever is open. `changes` counts
    the transactions that wrote anything."""

    NAMES = (
        "epoch",
        "staff",
        "device",
        "key",
        "inbox",
        "counter",
        "fact",
        "departure",
        "number",
        "receipt",
        "sheet",
        "paper",
        "outbox",
    )

    def __init__(self) -> None:
        self.committed: dict[str, dict[Any, Any]] = {name: {} for name in self.NAMES}
        self.locks: dict[Key, Transaction] = {}
        self.life = 0
        self.changes = 0
        self._asked: dict[Hashable, Any] = {}
        self._asked_at = (0, 0)

    def once(self, what: Hashable, work: Callable[[], T]) -> T:
        """What `work` makes of what is committed, made anew only after that has changed."""
        at = self.changes, self.life
        if at != self._asked_at:
            self._asked_at = at
            self._asked.clear()
        if what not in self._asked:
            self._asked[what] = work()
        found: T = self._asked[what]
        return found

    def copy(self) -> Tables:
        """What is committed, in tables of their own: rows are never changed, only replaced."""
        made = Tables()
        made.committed = {name: dict(rows) for name, rows in self.committed.items()}
        return made

    def crash(self) -> None:
        """The server ends and starts again: nothing that was open remains."""
        self.life += 1
        self.locks.clear()


class Transaction:
    """One transaction: `commit` or `rollback` ends it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._life = tables.life
        self._written: dict[str, dict[Any, Any]] = {}
        self._held: list[Key] = []

    def get(self, table: str, key: Hashable) -> Any:
        """The row, or None."""
        self._alive()
        mine = self._written.get(table)
        if mine is not None and key in mine:
            found = mine[key]
            return None if found is _GONE else found
        return self._tables.committed[table].get(key)

    def rows(self, table: str) -> Iterator[Any]:
        self._alive()
        mine = self._written.get(table)
        if not mine:
            yield from self._tables.committed[table].values()
            return
        for key, row in self._tables.committed[table].items():
            if key not in mine:
                yield row
        yield from (row for row in mine.values() if row is not _GONE)

    def lock(self, table: str, key: Hashable) -> None:
        """Raises WouldBlockError."""
        self._alive()
        held = self._tables.locks.setdefault((table, key), self)
        if held is not self:
            raise WouldBlockError(f"{table} {key}")
        self._held.append((table, key))

    def put(self, table: str, key: Hashable, row: object) -> None:
        self.lock(table, key)
        self._written.setdefault(table, {})[key] = row

    def put_unlocked(self, table: str, key: Hashable, row: object) -> None:
        """What no lock protects: for the naive feed alone."""
        self._alive()
        self._written.setdefault(table, {})[key] = row

    def delete(self, table: str, key: Hashable) -> None:
        self.put(table, key, _GONE)

    def commit(self) -> None:
        self._alive()
        self._tables.changes += bool(self._written)
        for table, rows in self._written.items():
            committed = self._tables.committed[table]
            for key, row in rows.items():
                if row is _GONE:
                    committed.pop(key, None)
                else:
                    committed[key] = row
        self._end()

    def rollback(self) -> None:
        """Harmless after the server has ended."""
        if self._life == self._tables.life:
            self._end()

    def _end(self) -> None:
        for key in self._held:
            if self._tables.locks.get(key) is self:
                del self._tables.locks[key]
        self._held, self._written = [], {}

    def _alive(self) -> None:
        if self._life != self._tables.life:
            raise DeadTransactionError
