"""Writes many facts at once, of which most are new here: the full-text index is built for a whole chunk in one go.

A trigger keeps the index in step row by row; of many rows that takes three times as long as the rows themselves. So
for as long as the new rows are written their trigger is away, inside the transaction, and what it would have done is
done by one statement. Rows that are here already go the usual way.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from desktop_app.storage.facts_writer import ORDER, FactsWriter, Said
from desktop_app.storage.kinds import OURS, TABLE_OF, id_column
from desktop_app.storage.projection import Row
from desktop_app.storage.reading import ReplicaReads
from desktop_app.wire.facts import FactKind

SEARCHED = (FactKind.LICENCE, FactKind.REQUEST, FactKind.NOTICE)
FEW = 50
"""Of fewer rows, taking the trigger away costs more than it saves."""


class BulkWriter:
    """`write` may be called many times; `complete` once all is there."""

    def __init__(self, reads: ReplicaReads, facts: FactsWriter) -> None:
        self._reads = reads
        self._facts = facts

    def write(self, facts: Iterable[Said]) -> None:
        """Facts that stand (none takes anything away); of several with the same kind and id the last counts."""
        grouped: dict[FactKind, dict[str, Said]] = defaultdict(dict)
        for fact in facts:
            grouped[fact.kind][fact.id] = fact
        for kind in ORDER:
            said = tuple(grouped[kind].values()) if kind in grouped else ()
            if kind is FactKind.REFERENCE:
                self._facts.write(said)
            elif said:
                self._write_kind(kind, said)

    def complete(self) -> None:
        """Requests whose parent licence came after them learn its trade name."""
        self._facts.write_again(self._reads.driver.execute(_STALE).fetchall())

    def _write_kind(self, kind: FactKind, said: Sequence[Said]) -> None:
        rows = self._facts.rows_of(kind, said)
        known = self._known(kind, [fact.id for fact in said]) if kind in SEARCHED and len(said) > FEW else None
        if known is None:
            self._facts.upsert_rows(kind, rows)
            return
        key = id_column(kind)
        self._facts.upsert_rows(kind, [row for row in rows if row[key] in known])
        self._add(kind, [row for row in rows if row[key] not in known])

    def _known(self, kind: FactKind, ids: Sequence[str]) -> set[str]:
        key = id_column(kind)
        found = self._reads.driver.execute(
            f"SELECT {key} FROM {TABLE_OF[kind].name} WHERE {key} IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        return {identity for (identity,) in found}

    def _add(self, kind: FactKind, rows: Sequence[Row]) -> None:
        driver, table = self._reads.driver, TABLE_OF[kind].name
        (last,) = driver.execute(f"SELECT coalesce(max(row), 0) FROM {table}").fetchone()
        trigger = f"{table}_search_insert"
        (indexing,) = driver.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()
        driver.execute(f"DROP TRIGGER {trigger}")
        driver.executemany(_insert(kind), rows)
        driver.execute(
            f"INSERT INTO {table}_search(rowid, words) SELECT row, words FROM {table} WHERE row > ?", (last,)
        )
        driver.execute(indexing)


@cache
def _insert(kind: FactKind) -> str:
    table = TABLE_OF[kind]
    taken = [column.name for column in table.columns if column.name not in OURS]
    return f"INSERT INTO {table.name} ({', '.join(taken)}) VALUES ({', '.join(f':{name}' for name in taken)})"


_STALE = (
    "SELECT request.body FROM request JOIN licence ON licence.number = request.parent_number"
    " WHERE licence.trade_name <> request.trade_name"
)
