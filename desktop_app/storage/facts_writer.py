"""Writes facts into the tables, whoever says them: the centre, or a pending command provisionally."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.domain.request import Request
from desktop_app.storage.instants import NEVER
from desktop_app.storage.kinds import MANY_INDEXES, TABLE_OF, change, id_column, standing, taken, upsert
from desktop_app.storage.opening import Driver
from desktop_app.storage.projection import ROW_OF, Row, request_row
from desktop_app.storage.reading import ReplicaReads
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind

ORDER = tuple(FactKind)
"""Reference data and licences are written before the requests that are shown by them."""


@dataclass(frozen=True, slots=True)
class Said:
    """One fact to write; `body` None takes it away."""

    kind: FactKind
    id: str
    branch: int
    body: bytes | None


class FactsWriter:
    """Keeps columns, counts and search in step with the facts' bodies."""

    def __init__(self, reads: ReplicaReads) -> None:
        self._reads = reads

    @property
    def _driver(self) -> Driver:
        return self._reads.driver

    def write(self, facts: Iterable[Said]) -> None:
        """Writes facts; of several with the same kind and id the last counts."""
        grouped: dict[FactKind, dict[str, Said]] = defaultdict(dict)
        for fact in facts:
            grouped[fact.kind][fact.id] = fact
        for kind in ORDER:
            if kind in grouped:
                self._write_kind(kind, tuple(grouped[kind].values()))

    def _write_kind(self, kind: FactKind, facts: Sequence[Said]) -> None:
        before = self._reads.reference().calendar if kind is FactKind.REFERENCE else None
        # What has left a branch may stand in another by now, whichever feed was read first.
        gone = [(fact.id, fact.branch) for fact in facts if fact.body is None]
        rows = self.rows_of(kind, [fact for fact in facts if fact.body is not None])
        if gone:
            self._driver.executemany(
                f"DELETE FROM {TABLE_OF[kind].name} WHERE {id_column(kind)} = ? AND branch = ?", gone
            )
            if kind is FactKind.PAPER:
                self._driver.executemany(_BYTES_OF_NOTHING, [(fact.id,) for fact in facts if fact.body is None])
        self.upsert_rows(kind, rows)
        if kind is FactKind.REFERENCE:
            self._reads.forget_reference()
        if kind is FactKind.LICENCE:
            self._requests_follow_trade_names([row["number"] for row in rows])
        elif before is not None and self._reads.reference().calendar != before:
            self.write_again(self._driver.execute(_CLOCK_RUNS).fetchall())

    def take_away_beside(self, gone: Sequence[tuple[str, int]]) -> None:
        """Requests (id, branch) that the centre itself has taken away: an outside body's officer had letters and
        documents of them besides, and is told of the request alone. Not for one that a rebase takes back: its letters
        may have come before it."""
        for statement in _WITH_REQUEST:
            self._driver.executemany(statement, gone if "branch" in statement else [(one,) for one, _ in gone])

    def upsert_rows(self, kind: FactKind, rows: Sequence[Row]) -> None:
        """Adds rows, or brings them up to date. Where a table has many indexes, only the columns that differ are
        written: with a column goes every index that it stands in, whatever it held before."""
        if kind in MANY_INDEXES:
            rows = [row for row in rows if not self._changed(kind, row)]
        if rows:
            self._driver.executemany(upsert(kind), rows)

    def _changed(self, kind: FactKind, row: Row) -> bool:
        """Brings a row up to date. False when it does not stand yet."""
        identity = row[id_column(kind)]
        stands = self._driver.execute(standing(kind), (identity,)).fetchone()
        if stands is None:
            return False
        differing = [name for name, before in zip(taken(kind), stands, strict=True) if row[name] != before]
        if differing:
            self._driver.execute(change(kind, tuple(differing)), (*(row[name] for name in differing), identity))
        return True

    def rows_of(self, kind: FactKind, facts: Sequence[Said]) -> list[Row]:
        """The rows of facts that have a body."""
        bodies = [(fact, fact.body) for fact in facts if fact.body is not None]
        if kind is FactKind.REQUEST:
            return self._request_rows(body for _, body in bodies)
        if kind in ROW_OF:
            return [ROW_OF[kind](body) for _, body in bodies]
        return [{"id": fact.id, "branch": fact.branch, "body": body} for fact, body in bodies]

    def _request_rows(self, bodies: Iterable[bytes]) -> list[Row]:
        calendar = self._reads.reference().calendar
        rows = []
        for body in bodies:
            request = decode(body, Request)
            rows.append(request_row(request, body, self._trade_name(request.plan.parent_number), calendar))
        return rows

    def _trade_name(self, number: str) -> str:
        found = self._driver.execute("SELECT trade_name FROM licence WHERE number = ?", (number,)).fetchone()
        return found[0] if found is not None else ""

    def _requests_follow_trade_names(self, numbers: Sequence[str]) -> None:
        """A request may come before its parent licence, or the licence may be renamed."""
        self.write_again([row for number in numbers for row in self._driver.execute(_STALE, (number,))])

    def write_again(self, bodies: Sequence[tuple[bytes]]) -> None:
        """Requests as they are, of whose surroundings something has changed."""
        if bodies:
            self.upsert_rows(FactKind.REQUEST, self._request_rows(body for (body,) in bodies))

    def take_away_branch(self, branch: int) -> None:
        """Everything the centre said in `branch`, and the bytes of its papers. What pending commands lay on top stays,
        with nothing beneath it."""
        for statement in _TAKE_AWAY:
            self._driver.execute(statement, (branch,))
        self._reads.forget_reference()


_TAKE_AWAY = (
    "DELETE FROM paper_bytes WHERE id IN (SELECT id FROM paper WHERE branch = ?)",
    *(
        f"DELETE FROM {table.name} WHERE branch = ?"
        f" AND {id_column(kind)} NOT IN (SELECT base.id FROM base WHERE base.kind = '{kind.value}')"
        for kind, table in TABLE_OF.items()
    ),
    "UPDATE base SET body = NULL WHERE branch = ?",
)
_FETCHED = "request_id = ? AND state IN ('held', 'wanted') AND request_id NOT IN (SELECT id FROM request)"
_WITH_REQUEST = (
    "DELETE FROM paper_bytes WHERE id IN (SELECT id FROM paper WHERE request_id = ? AND branch = ?)",
    "DELETE FROM paper WHERE request_id = ? AND branch = ?",
    f"DELETE FROM attachment_chunk WHERE digest IN (SELECT digest FROM attachment WHERE {_FETCHED})",
    f"DELETE FROM attachment WHERE {_FETCHED}",
)
_BYTES_OF_NOTHING = "DELETE FROM paper_bytes WHERE id = ? AND id NOT IN (SELECT id FROM paper)"
_CLOCK_RUNS = f"SELECT body FROM request WHERE is_open = 1 AND due <> '{NEVER}'"
_STALE = (
    "SELECT request.body FROM licence JOIN request ON request.parent_number = licence.number"
    " WHERE licence.number = ? AND licence.trade_name <> request.trade_name"
)
