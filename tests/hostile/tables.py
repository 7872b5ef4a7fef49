"""Every table, straight: read, written, copied, locked, hung with triggers, or looked at through something else."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.scene import Scene
from tests.hostile.statements import Print, Statement, nothing

NEW_ROWS = {
    "audit": "select 8, 999999, 'mine', sha256('a'), '{}', sha256('b')",
    "audit_head": "select 8, 999999, now(), '{}', '\\x00', '\\x00'",
    "certificate_list": "select false, sha256('mine'), 'mine', 'mine', now()",
    "author_key": "select 'supervisor', 'K1', sha256('mine'), now()",
    "author_key_retired": "select 'supervisor', 'K1', sha256('mine'), now(), now()",
    "attached": "select 'case-accept', repeat('0', 64)",
    "attachment": "select encode(sha256('%PDF-'), 'hex'), '%PDF-', 'application/pdf', 'supervisor', 'K1', now()",
    "attachment_part": "select repeat('0', 64), 'K1', 0, 'mine', now()",
    "attachment_proof": "select repeat('0', 64), 'K1'",
    "protocol": "select false, 1, 1",
    "channel": "select 'evil', 'portal', 1, true, now(), now()",
    "channel_message": (
        "select 'mine', 'epay', 'payment', 'mine', '\\x00', '\\x00', 'me', now(), 999, 'waiting', '', '', null, null,"
        " null"
    ),
    "numbered": "select 'R-2026-08-999999', 'case-accept', true",
    "portal_stale": "select 'mine'",
    "portal_view": "select 'mine', 'mine', false, '{}'",
    "contact": "select 'X1', 'supervisor', now(), 'mine'",
    "door": "select false, 'mine', 'mine'",
    "invitation": "select sha256('mine'), 'EVIL', 8, false, 'me', now(), now()",
    "lease": "select false, 365",
    "staff_news": "select 'evil', '{}'",
    "dated_row": "select 'holiday', '2031-01-01', 'x', date '2031-01-01', 'x', 'me', now(), '', '', null, 999",
    "departure": "select 8, '', 'request', 'case-accept', 1",
    "device": "select 'EVIL', 8, 1, true, now()",
    "device_clock": "select 'S1', now(), interval '1 year', 'supervisor'",
    "epoch": "select false, 'mine'",
    "fact": "select 'licence', 'L-2026-08-999999', 8, 999999, '{}', null, null, null, null, null, null, null",
    "feed_counter": "select 77, 0",
    "holding": "select 8, 'mine', 1, 1",
    "inbox": "select 'mine', 'K1', 999, '\\x00', '\\x00', '\\x00', 'supervisor', now(), 999, 'waiting', '', '', null",
    "migration": "select 999, 'mine', now()",
    "number": "select 'request', 2031, 8, 7",
    "notice_template": "select 'accepted', 'ar', 'ادفعوا لي', '', 'me', now(), 999",
    "outbox_attempt": "select repeat('0', 32), 'n0', 9, 'mine', now()",
    "outbox_decision": "select 'n0', now(), 'me', 'failed', 'sent', 'mine'",
    "outbox_report": "select 'kannel', 'mine', '962790000001', 'delivered', now()",
    "outbox": "select 'mine', '+962791111111', 'ادفعوا لي', now(), null",
    "paper": "select encode(sha256('mine'), 'hex'), 'mine', now()",
    "paper_waiting": "select 'certificate', 'mine', 'case-accept', '', 8, now()",
    "receipt": "select 'C-2026-08-K1-99999', 'case-accept'",
    "sheet": "select '080099999', 'case-accept'",
    "timestamping": "select false, 9, 0, now(), now(), 'mine'",
    "staff": "select 'evil', 'all', '{8}', true, '', true",
}
"""What an intruder would have stand there."""
FIRST_COLUMN = {
    "attached": "request_id", "attachment": "content_type", "attachment_part": "start", "protocol": "oldest",
    "attachment_proof": "device",
    "audit": "record", "audit_head": "statement", "device_clock": "ahead", "holding": "total",
    "certificate_list": "keys",
    "channel": "serial", "channel_message": "payload", "numbered": "name", "portal_stale": "request_id",
    "portal_view": "body",
    "author_key_retired": "login", "contact": "version", "door": "password", "invitation": "state",
    "lease": "days", "staff_news": "body", "author_key": "login", "departure": "kind",
    "device": "branch", "epoch": "name", "fact": "body",
    "feed_counter": "last", "inbox": "state", "migration": "name", "number": "last", "outbox": "words",
    "notice_template": "words", "dated_row": "value", "outbox_attempt": "answer", "outbox_decision": "why",
    "outbox_report": "report",
    "paper": "drawn_at", "paper_waiting": "number", "timestamping": "trouble",
    "receipt": "request_id", "sheet": "request_id", "staff": "sees",
}  # fmt: skip
WRITTEN_BY_THE_REGISTRAR = {
    "feed_counter",
    "fact",
    "number",
    "outbox",
    "outbox_attempt",
    "outbox_report",
    "departure",
    "holding",
    "portal_view",
}
NOT_THE_REGISTRARS = {
    "migration", "device_clock", "author_key_retired", "contact", "door", "lease",
    "attachment", "attachment_part", "protocol",
    "outbox_decision", "channel",
}  # fmt: skip
READ_BY_THE_REGISTRAR = set(NEW_ROWS) - NOT_THE_REGISTRARS
ONE_ROW = {"epoch", "lease", "door", "protocol", "certificate_list", "timestamping"}
PASSING = {"staff_news"}
"""What lies there only until the registrar comes by: nobody finds anything to read or to change."""


def rows_of(table: str) -> Print:
    def look(scene: Scene) -> str:
        return scene.rows(table)

    return look


def catalogue(scene: Scene) -> str:
    return scene.catalogue()


def table_statements() -> Iterator[Statement]:
    for table in NEW_ROWS:
        yield from _reads(table)
        yield from _writes(table)
        yield from _claims(table)


def _reads(table: str) -> Iterator[Statement]:
    rows, name = rows_of(table), f"table {table}"
    reader = "tajzia_registrar" if table in READ_BY_THE_REGISTRAR else "tajzia_owner"
    for technique, text in {
        "read": f"select * from tajzia.{table}",
        "count": f"select nullif(count(*), 0) from tajzia.{table}",
        "copy out": f"copy tajzia.{table} to stdout",
        "read through XML": f"select query_to_xml('select * from tajzia.{table}', true, false, '')",
        "read through a cursor": f"declare c cursor for select * from tajzia.{table}; fetch all from c",
        "read by a prepared statement": f"prepare p as select * from tajzia.{table}; execute p",
        "read the statistics": f"select * from pg_stats where schemaname = 'tajzia' and tablename = '{table}'",
        "explain with samples": f"explain (analyze, verbose) select * from tajzia.{table}",
    }.items():
        statistics = technique == "read the statistics"
        settings = "deallocate all" if "prepare" in text else ""
        yield Statement(
            name,
            technique,
            text,
            rows,
            entitled="" if statistics or settings or table in PASSING else reader,
            settings=settings,
        )


def _writes(table: str) -> Iterator[Statement]:
    rows, name, column = rows_of(table), f"table {table}", FIRST_COLUMN[table]
    writer = "tajzia_registrar" if table in WRITTEN_BY_THE_REGISTRAR else "postgres"
    updater = "tajzia_registrar" if table == "inbox" else writer
    override = " overriding system value" if table in ("inbox", "notice_template", "dated_row") else ""
    new, same = NEW_ROWS[table], f"set {column} = {column}"
    for technique, text, who in (
        ("insert", f"insert into tajzia.{table}{override} {new}", "" if table in ONE_ROW else writer),
        ("update", f"update tajzia.{table} {same}", updater),
        ("delete", f"delete from tajzia.{table}", "postgres"),
        ("delete inside a query", f"with d as (delete from tajzia.{table} returning *) select * from d", "postgres"),
        ("truncate", f"truncate tajzia.{table} cascade", "postgres"),
        ("copy in", f"copy tajzia.{table} ({column}) from stdin", ""),
        ("explain an update", f"explain analyze update tajzia.{table} {same}", updater),
        ("lock", f"begin; lock table tajzia.{table} in exclusive mode; select 1", ""),
        ("lock rows", f"select * from tajzia.{table} for update", updater if table != "departure" else writer),
    ):
        yield Statement(name, technique, text, rows, entitled="" if table in PASSING else who)


def _claims(table: str) -> Iterator[Statement]:
    """Making the table one's own, or hanging something on it."""
    name = f"table {table}"
    for technique, text in {
        "grant to oneself": f"grant all on tajzia.{table} to public",
        "own": f"alter table tajzia.{table} owner to current_user",
        "lift row security": f"alter table tajzia.{table} disable row level security",
        "policy": f"create policy mine on tajzia.{table} using (true)",
        "trigger": (
            f"create trigger mine before update on tajzia.{table} for each row"
            " execute function suppress_redundant_updates_trigger()"
        ),
        "rule": f"create rule mine as on update to tajzia.{table} do instead nothing",
        "view": f"create view tajzia.mine as select * from tajzia.{table}",
        "temporary view": f"create temp view mine as select * from tajzia.{table}",
        "inherit": f"create temp table mine () inherits (tajzia.{table})",
        "drop": f"drop table tajzia.{table} cascade",
    }.items():
        entitled = "" if technique == "own" or (table == "migration" and "row security" in technique) else "postgres"
        yield Statement(name, technique, text, catalogue, nothing, entitled=entitled)
