"""Writes facts into the tables, whoever says them: the centre, or a pending command provisionally."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, update

from desktop_app.domain.request import Request
from desktop_app.storage import tables
from desktop_app.storage.kinds import TABLE_OF, id_column, upsert
from desktop_app.storage.projection import ROW_OF, Row, request_row
from desktop_app.storage.reading import ReplicaReads
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind

_ORDER = tuple(FactKind)
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
    def _connection(self) -> Connection:
        return self._reads.connection

    def write(self, facts: Iterable[Said]) -> None:
        """Writes facts; of several with the same kind and id the last counts."""
        grouped: dict[FactKind, dict[str, Said]] = defaultdict(dict)
        for fact in facts:
            grouped[fact.kind][fact.id] = fact
        for kind in _ORDER:
            if kind in grouped:
                self._write_kind(kind, tuple(grouped[kind].values()))

    def _write_kind(self, kind: FactKind, facts: Sequence[Said]) -> None:
        before = self._reads.reference().calendar if kind is FactKind.REFERENCE else None
        gone = [{"gone": fact.id} for fact in facts if fact.body is None]
        rows = self._rows(kind, [fact for fact in facts if fact.body is not None])
        if gone:
            table = TABLE_OF[kind]
            self._connection.execute(delete(table).where(table.c[id_column(kind)] == bindparam("gone")), gone)
            if kind is FactKind.PAPER:
                data = tables.paper_bytes
                self._connection.execute(delete(data).where(data.c.id == bindparam("gone")), gone)
        if rows:
            self._connection.execute(upsert(kind), rows)
        if kind is FactKind.LICENCE:
            self._requests_follow_trade_names([row["number"] for row in rows])
        elif before is not None and self._reads.reference().calendar != before:
            self._write_again(self._connection.execute(select(tables.request.c.body).where(_CLOCK_RUNS)).scalars())

    def _rows(self, kind: FactKind, facts: Sequence[Said]) -> list[Row]:
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
        found = self._connection.exec_driver_sql("SELECT trade_name FROM licence WHERE number = ?", (number,))
        return found.scalar_one_or_none() or ""

    def _requests_follow_trade_names(self, numbers: Sequence[str]) -> None:
        """A request may come before its parent licence, or the licence may be renamed."""
        request, licence = tables.request, tables.licence
        stale = (
            select(request.c.body)
            .join(licence, licence.c.number == request.c.parent_number)
            .where(licence.c.number.in_(numbers), licence.c.trade_name != request.c.trade_name)
        )
        self._write_again(self._connection.execute(stale).scalars())

    def _write_again(self, bodies: Iterable[bytes]) -> None:
        rows = self._request_rows(list(bodies))
        if rows:
            self._connection.execute(upsert(FactKind.REQUEST), rows)

    def take_away_branch(self, branch: int) -> None:
        """Everything the centre said in `branch`, and the bytes of its papers. What pending commands lay on top stays,
        with nothing beneath it."""
        base, papers = tables.base, select(tables.paper.c.id).where(tables.paper.c.branch == branch)
        self._connection.execute(delete(tables.paper_bytes).where(tables.paper_bytes.c.id.in_(papers)))
        for statement in _TAKE_AWAY:
            self._connection.exec_driver_sql(statement, (branch,))
        self._connection.execute(update(base).where(base.c.branch == branch).values(body=None))


_TAKE_AWAY = tuple(
    f"DELETE FROM {table.name} WHERE branch = ?"
    f" AND {id_column(kind)} NOT IN (SELECT base.id FROM base WHERE base.kind = '{kind.value}')"
    for kind, table in TABLE_OF.items()
)
_CLOCK_RUNS = (tables.request.c.is_open == 1) & (tables.request.c.due != "~")
