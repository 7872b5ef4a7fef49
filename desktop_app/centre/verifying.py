"""`audit verify` at the centre: every chain, its signed heads, and the rows that the chains vouch for.

One pass in one snapshot. Entries and rows are streamed side by side, so that the memory does not grow with the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from desktop_app.centre.verifying_rows import RowCheck, side_tables
from desktop_app.wire.audit import Entry, Head, SignedHead, proved_head
from desktop_app.wire.audit_check import Anchor, ChainCheck, Known
from desktop_app.wire.audit_findings import AuditReport, Finding, Wrong

_AT_ONCE = 2_000
_ENTRIES = """
    select branch, position, command_id, previous, record, hash from tajzia.audit
    where branch = %s and position > %s order by position
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be checked. `key` is the centre's public audit key, where whoever asks knows it (else a head is only
    held to the key that it names); `witnessed` are heads that were exported before; `since` begins each chain behind
    its newest one of these; without `rows` only the chains themselves are looked at."""

    key: bytes | None = None
    witnessed: Sequence[SignedHead] = ()
    since: bool = False
    rows: bool = True


def verify_centre(connection: Connection[Any], asked: Question = Question()) -> AuditReport:
    """As one snapshot; of each branch the first thing that is wrong. A superuser's connection, in autocommit."""
    report = AuditReport()
    findings: list[Finding] = []
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        heads = list(_heads(connection, asked, findings))
        report.heads = len(heads)
        known: dict[int, dict[int, list[Known]]] = defaultdict(lambda: defaultdict(list))
        for head in heads:
            known[head.branch][head.position].append(Known(head.epoch, bytes.fromhex(head.hash)))
        starts = _starts(asked) if asked.since else {}
        tips = connection.execute(
            "select branch, position, head from tajzia.feed_counter"
            " union select branch, 0, null from tajzia.audit where branch not in"
            " (select branch from tajzia.feed_counter) order by 1"
        ).fetchall()
        missing = set(known) - {branch for branch, _, _ in tips}
        findings += [Finding(Wrong.MISSING, branch, 1, about="the whole chain") for branch in sorted(missing)]
        for branch, position, head in tips:
            end = Anchor(position, bytes(head)) if head is not None else Anchor()
            check = ChainCheck(branch, starts.get(branch, Anchor()), known[branch], end)
            found = _branch(connection, check, asked, report)
            findings += [found] if found is not None else []
            report.restored += tuple(check.restored)
            report.branches += 1
        if asked.rows:
            named = {one.branch for one in findings}
            findings += [one for one in side_tables(connection) if one.branch not in named]
    report.findings = tuple(sorted(findings, key=lambda one: (one.branch, one.position)))
    return report


def _branch(connection: Connection[Any], check: ChainCheck, asked: Question, report: AuditReport) -> Finding | None:
    entries = check.checked(stream_entries(connection, check.branch, check.start.position))
    if not asked.rows:
        for _ in entries:
            report.entries += 1
        return check.finding
    rows = RowCheck(connection, check.branch, check.start.position)
    try:
        for entry, record in entries:
            report.entries += 1
            rows.compare(entry, record)
        rows.finish(whole=check.finding is None)
    finally:
        rows.close()
    report.rows += rows.seen
    found = [one for one in (check.finding, rows.finding) if one is not None]
    return min(found, key=lambda one: one.position, default=None)


def stream_entries(connection: Connection[Any], branch: int, after: int) -> Iterator[Entry]:
    """A branch's entries in order, a page in memory at a time."""
    with connection.cursor(f"audit_{branch}", binary=True) as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(_ENTRIES, (branch, after))
        for of, position, command_id, previous, record, chained in cursor:
            yield Entry(
                branch=of,
                position=position,
                command_id=command_id,
                previous=previous,
                record=record.encode(),
                hash=chained,
            )


def read_heads(connection: Connection[Any], *, newest: bool = False) -> Iterator[tuple[int, int, SignedHead]]:
    """The signed heads as they are stored: branch, position, head. With `newest` one of each chain."""
    rows = connection.execute(
        f"select {'distinct on (branch)' if newest else ''} branch, position, statement, signature, key"
        " from tajzia.audit_head order by branch, position desc, signed_at desc"
    ).fetchall()
    for branch, position, statement, signature, key in rows:
        yield branch, position, SignedHead(statement=statement.encode(), signature=bytes(signature), key=bytes(key))


def _heads(connection: Connection[Any], asked: Question, findings: list[Finding]) -> Iterator[Head]:
    for branch, position, signed in read_heads(connection):
        head = proved_head(signed, asked.key or signed.key)
        if head is None or (head.branch, head.position) != (branch, position):
            findings.append(Finding(Wrong.SIGNATURE, branch, position, about="the centre's own table of heads"))
        else:
            yield head
    for signed in asked.witnessed:
        head = proved_head(signed, asked.key or signed.key)
        if head is None:
            findings.append(Finding(Wrong.SIGNATURE, -1, 0, about="a head that was exported"))
        else:
            yield head


def _starts(asked: Question) -> Mapping[int, Anchor]:
    starts: dict[int, Anchor] = {}
    for signed in asked.witnessed:
        head = proved_head(signed, asked.key or signed.key)
        if head is not None and head.position > starts.get(head.branch, Anchor()).position:
            starts[head.branch] = Anchor(head.position, bytes.fromhex(head.hash))
    return starts
