"""Whether the rows that a chain vouches for are what it says: facts, and what was written beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg import Connection

from desktop_app.wire.audit import Entry, Mark, Record, What, told_id
from desktop_app.wire.audit_findings import Finding, Wrong
from desktop_app.wire.digests import MODULUS
from desktop_app.wire.facts import FactKind

_AT_ONCE = 2_000
# PostgreSQL's text holds no zero byte: the parts are joined as bytes.
_DIGEST = (
    "encode(sha256(convert_to(f.kind, 'UTF8') || '\\x00'::bytea || convert_to(f.id, 'UTF8') || '\\x00'::bytea"
    " || convert_to(f.body, 'UTF8')), 'hex')"
)
_ROWS = f"""
    select coalesce(f.vouched, 0), f.kind, f.id, coalesce({_DIGEST}, ''), coalesce(f.digest::text, '')
    from tajzia.fact f where f.branch = %s and coalesce(f.vouched, 0) > %s order by 1, 2, 3
"""
_MARKS = """
    select a.position, a.command_id, m ->> 0, m ->> 1 from tajzia.audit a
    cross join json_array_elements(a.record::json -> 'facts') m
    where a.branch = %s and m ->> 2 <> '' and m ->> 1 <> '' order by 1
"""
_GONE = """
    select m.position, m.command_id, m.kind
    from unnest(%b::bigint[], %b::text[], %b::text[], %b::text[]) m (position, command_id, kind, id)
    left join tajzia.fact f on f.kind = m.kind and f.id = m.id
    where f.id is null or (f.branch = %s and f.vouched < m.position)
    order by m.position limit 1
"""
_PAYLOADS = """
    select command_id, encode(sha256(payload), 'hex') from tajzia.inbox where command_id = any(%(names)s)
    union all
    select id, encode(sha256(payload), 'hex') from tajzia.channel_message where id = any(%(names)s)
"""
_LETTERS = """
    select f.branch, f.vouched, 'outbox ' || f.id from tajzia.outbox o
    join tajzia.fact f on f.kind = 'notice' and f.id = o.notice_id
    where f.body::json ->> 'text_ar' is distinct from o.words or f.body::json ->> 'to' is distinct from o.recipient
    order by 1, 2 limit 1
"""
_RECEIPTS = """
    select f.branch, f.vouched, 'receipt' from tajzia.fact f
    cross join json_array_elements(f.body::json -> 'payment' -> 'receipts') written
    left join tajzia.receipt r on r.number = written ->> 'number'
    where f.kind = 'request' and f.body is not null and r.request_id is distinct from f.id
    order by 1, 2 limit 1
"""
_SHEETS = """
    select f.branch, f.vouched, 'sheet' from tajzia.fact f
    cross join json_array_elements(f.body::json -> 'issue' -> 'sheets') printed
    left join tajzia.sheet s on s.serial = printed ->> 'serial'
    where f.kind = 'request' and f.body is not null and s.request_id is distinct from f.id
        -- Before serials were kept, two requests could name one sheet: the first has it.
        and not exists (select from tajzia.fact o
                        cross join json_array_elements(o.body::json -> 'issue' -> 'sheets') own
                        where o.kind = 'request' and o.id = s.request_id and o.body is not null
                            and own ->> 'serial' = s.serial)
    order by 1, 2 limit 1
"""
_HOLDINGS = """
    select h.branch, c.position, 'holding ' || h.kind from tajzia.holding h
    join tajzia.feed_counter c on c.branch = h.branch
    left join (select f.branch, f.kind, count(*) as held, sum(f.digest) as total
               from tajzia.fact f where f.body is not null group by 1, 2) f on (f.branch, f.kind) = (h.branch, h.kind)
    where h.held <> coalesce(f.held, 0) or h.total <> mod(coalesce(f.total, 0), %s::numeric)
    order by 1, 2 limit 1
"""


class RowCheck:
    """The facts of one branch beside its entries, both in the order of the chain. `finding` is the first that is wrong,
    as far as can be told while they pass by."""

    def __init__(self, connection: Connection[Any], branch: int, after: int) -> None:
        self._connection = connection
        self._branch = branch
        self._after = after
        self.finding: Finding | None = None
        self.seen = 0
        self._chained = self._stands = 0
        self._changes = self._held = 0
        self._payloads: list[tuple[Entry, str]] = []
        self._cursor = connection.cursor(f"facts_{branch}")
        self._cursor.itersize = _AT_ONCE
        # Without a start every fact is looked at, those that no entry tells of among them.
        self._cursor.execute(_ROWS.encode(), (branch, after or -1))
        self._row: tuple[Any, ...] | None = next(self._cursor, None)

    def close(self) -> None:
        self._cursor.close()

    def compare(self, entry: Entry, record: Record) -> None:
        """The next entry."""
        told: dict[tuple[str, str], Mark] = {}
        for mark in record.facts:
            told[mark.kind, mark.id or mark.after] = mark
            self._changes += bool(mark.after) - bool(mark.before)
            self._chained += int(mark.after or "0", 16) - int(mark.before or "0", 16)
        if record.cause.what is What.COMMAND and record.cause.payload:
            self._payloads.append((entry, record.cause.payload))
            if len(self._payloads) >= _AT_ONCE:
                self._compare_payloads()
        while self._row is not None and self._row[0] <= entry.position:
            vouched, kind, identity, digest, kept = self._row
            mark_of = told.get((kind, told_id(FactKind(kind), identity) or digest))
            if vouched < entry.position or mark_of is None:
                self._say(Wrong.ROW_UNVOUCHED, max(vouched, 1), f"fact {kind}", entry if mark_of else None)
            elif mark_of.after != digest or (digest and int(digest, 16) != int(kept or "-1")):
                self._say(Wrong.ROW_CHANGED, vouched, f"fact {kind}", entry)
            self.seen += 1
            self._held += bool(digest)
            self._stands += int(digest or "0", 16)
            self._row = next(self._cursor, None)

    def finish(self, *, whole: bool) -> None:
        """After the last entry; `whole` says that the chain itself was well to its end."""
        self._compare_payloads()
        if not whole:
            return
        if self._row is not None:
            self._say(Wrong.ROW_UNVOUCHED, max(self._row[0], 1), f"fact {self._row[1]}")
        elif not self._after and (self._changes, self._chained % MODULUS) != (self._held, self._stands % MODULUS):
            self._look_for_what_is_gone()

    def _look_for_what_is_gone(self) -> None:
        """The sums differ, and no row that is there is to blame."""
        if self.finding is not None:
            return
        with self._connection.cursor("gone") as marks:
            marks.execute(_MARKS, (self._branch,))
            while page := marks.fetchmany(_AT_ONCE):
                columns = [list(column) for column in zip(*page, strict=True)]
                row = self._connection.execute(_GONE.encode(), (*columns, self._branch)).fetchone()
                if row is not None:
                    position, command_id, kind = row
                    self.finding = Finding(Wrong.ROW_MISSING, self._branch, position, command_id, f"fact {kind}")
                    return
        # What the chain does not name: whose dues they were.
        self.finding = Finding(Wrong.ROW_MISSING, self._branch, 1, about=f"fact {FactKind.DUES.value}")

    def _compare_payloads(self) -> None:
        if self.finding is None and self._payloads:
            names = [entry.command_id for entry, _ in self._payloads]
            stand = dict(self._connection.execute(_PAYLOADS, {"names": names}).fetchall())
            for entry, payload in self._payloads:
                if entry.command_id not in stand:
                    self._say(Wrong.ROW_MISSING, entry.position, "inbox", entry)
                elif stand[entry.command_id] != payload:
                    self._say(Wrong.ROW_CHANGED, entry.position, "inbox", entry)
        self._payloads = []

    def _say(self, wrong: Wrong, position: int, about: str, entry: Entry | None = None) -> None:
        if self.finding is None or position < self.finding.position:
            command_id = entry.command_id if entry is not None else ""
            self.finding = Finding(wrong, self._branch, position, command_id, about)


def side_tables(connection: Connection[Any]) -> Iterator[Finding]:
    """Letters, receipt numbers and sheets beside the requests they are of, and what the holdings say."""
    for statement, values in ((_LETTERS, ()), (_RECEIPTS, ()), (_SHEETS, ()), (_HOLDINGS, (str(MODULUS),))):
        for branch, position, about in connection.execute(statement.encode(), values or None).fetchall():
            row = connection.execute(
                "select command_id from tajzia.audit where branch = %s and position = %s", (branch, position)
            ).fetchone()
            yield Finding(Wrong.ROW_CHANGED, branch, position or 0, row[0] if row else "", about)
