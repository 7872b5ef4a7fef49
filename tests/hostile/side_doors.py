"""What PostgreSQL offers beside the tables: functions of the schema, roles, languages, files, locks, large objects."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.actor import Role
from tests.hostile.scene import Scene
from tests.hostile.statements import Rows, Statement, anything, nothing
from tests.hostile.tables import catalogue, rows_of

HELPERS = {
    "my_sight": "", "my_body": "", "my_device": "", "my_branches": "", "my_epoch": "", "admit": "",
    "asking_staff": "", "asking_device": "", "end_idle_transactions": "0",
}  # fmt: skip
FUNCTIONS = {
    **{name: "integer" if given else "" for name, given in HELPERS.items()},
    "scope": "", "pull": "integer, bigint, integer", "fetch_paper": "text", "submit": "bytea[], bytea[]",
    "register_key": "bytea", "report": "text", "enrol": "text, bytea", "limit_login": "text",
    "invite_device": "text, integer, bytea, integer, boolean", "withdraw_invitation": "text",
    "revoke_device": "text, text", "set_staff": "text, text, text", "disable_staff": "text", "release_aside": "text",
    "discard_aside": "text, text", "set_lease": "integer", "lease_days": "", "list_devices": "", "list_staff": "",
    "list_aside": "bigint, integer", "administering": "", "end_sessions_of_login": "text",
    "list_notices": "text, bigint, integer", "settle_notice": "text, text, text", "set_template": "text, text, text",
    "list_templates": "integer",
    "set_dated_row": "text, text, text, date, text", "confirm_dated_row": "bigint, text", "list_dated_rows": "integer",
    "awaits_my_body": "text",
    "end_sessions_of_device": "text", "put_aside_at_the_door": "",
    "certificate_lists": "",
    "audit_heads": "", "audit_page": "integer, bigint, integer", "holdings": "", "holding_buckets": "integer, text",
    "bucket": "integer, text, integer", "tell_clock": "timestamptz", "note_clock": "",
    "put_attachment": "text, integer, integer, bytea",
    "protocols": "",
    "keep_attached": "",
    "limit_unnamed": "",
    "drop_removed": "",
    "drop_unfinished_documents": "timestamptz",
    "held_attachments": "text[]",
    "fetch_attachment": "text, integer, integer",
    "snapshot": "integer, bigint, bigint, integer",
    "begin_snapshot": "integer",
    "asking_channel": "", "take_message": "text, text, text, jsonb", "find_message": "text, text",
    "keep_portal_in_step": "",
}  # fmt: skip
ROLES = (
    "postgres", "tajzia_owner", "tajzia_reader", "tajzia_intake", "tajzia_registrar", "tajzia_steward",
    "tajzia_doorkeeper", "tajzia_enrol", "supervisor", "cashier",
    "tajzia_channel_intake", "tajzia_channels", "tajzia_portal", "tajzia_epay", "tajzia_dues",
    "pg_read_all_data", "pg_write_all_data", "pg_read_server_files", "pg_execute_server_program", "pg_monitor",
    *(f"tajzia_{role.value}s" for role in Role if role is not Role.REGISTRAR),
)  # fmt: skip
EVIL = "update tajzia.fact set body = '{}' where branch = 8"


def facts(scene: Scene) -> str:
    return scene.rows("fact")


def side_doors() -> Iterator[Statement]:
    yield from _functions()
    yield from _roles()
    yield from _blocks()
    yield from _makings()
    yield from _files_and_objects()
    yield from _secrets()
    yield from _holds()


def _functions() -> Iterator[Statement]:
    for name, given in HELPERS.items():
        yield Statement(
            f"function {name}", "call a helper", f"select tajzia.{name}({given})", facts,
            entitled="tajzia_owner" if name in ("my_branches", "my_epoch", "end_idle_transactions") else "",
        )  # fmt: skip
    for name, takes in FUNCTIONS.items():
        full = f"tajzia.{name}({takes})"
        for technique, text in {
            "replace": f"create or replace function {full} returns text language sql as $$ select 'x' $$",
            "strip the definer": f"alter function {full} security invoker",
            "change its search path": f"alter function {full} set search_path = public, pg_temp",
            "own": f"alter function {full} owner to current_user",
            "grant": f"grant execute on function {full} to public",
            "drop": f"drop function {full} cascade",
        }.items():
            unfit = technique in ("replace", "own")
            yield Statement(
                f"function {name}", technique, text, catalogue, nothing, entitled="" if unfit else "postgres"
            )


def _roles() -> Iterator[Statement]:
    reset = "reset role; reset session authorization"
    for role in ROLES:
        # Staff may take the name of their own group; it owns and reads nothing.
        yield Statement(
            f"role {role}", "set role", f"set role {role}; {EVIL}; select * from tajzia.fact", facts, settings=reset,
            entitled="",
        )  # fmt: skip
        yield Statement(
            f"role {role}", "set session authorization",
            f"set session authorization {role}; {EVIL}; select * from tajzia.fact", facts, settings=reset, entitled="",
        )  # fmt: skip
        yield Statement(
            f"role {role}", "grant to oneself", f"grant {role} to current_user", catalogue, nothing, entitled=""
        )
    for technique, text in {
        "make a role": "create role friend login superuser",
        "become superuser": "alter role current_user superuser",
        "pass row security": "alter role current_user bypassrls",
        "more connections": "alter role current_user connection limit -1",
        "another's password": "alter role supervisor password 'mine'",
        "another's settings": "alter role tajzia_registrar set statement_timeout = 1",
        "rename a colleague": "alter role supervisor rename to nobody",
        "drop a colleague": "drop role supervisor",
        "switch off triggers": "select set_config('session_replication_role', 'replica', false)",
        "settings of the server": "alter system set ssl = off",
        "drop the schema": "drop schema tajzia cascade",
        "own what others own": "reassign owned by tajzia_owner to current_user",
        "default rights": "alter default privileges for role tajzia_owner grant all on tables to public",
    }.items():
        entitled = (
            ""
            if "database" in text or text.startswith(("alter system", "reassign", "alter role current"))
            else "postgres"
        )
        if technique in ("rename a colleague", "drop a colleague", "another's password", "switch off triggers"):
            entitled = ""
        yield Statement("roles", technique, text, catalogue, nothing, entitled=entitled)


def _blocks() -> Iterator[Statement]:
    for technique, text in {
        "DO block": f"do $$ begin {EVIL}; end $$",
        "endless DO block": "do $$ begin loop end loop; end $$",
        "DO block in SQL": f"do language sql $$ {EVIL} $$",
        "untrusted language": "do language plpython3u $$ import os $$",
        "run text": f"select query_to_xml($q$ {EVIL} $q$, true, false, '')",
        "cursor to XML": "select database_to_xml(true, false, '')",
        "schema to XML": "select schema_to_xml('tajzia', true, false, '')",
        "two statements in one": f"select 1 where false; {EVIL}",
    }.items():
        yield Statement("table fact", technique, text, facts, _more_than_a_shell, entitled="")
    yield Statement(
        "function scope", "search path",
        "select * from tajzia.scope() where 8 = any (branches)", facts, _branch_eight,
        settings="set search_path = public, pg_temp, tajzia", entitled="",
    )  # fmt: skip


def _more_than_a_shell(rows: Rows) -> str:
    """A dump of what one may read is empty of secrets; one with a row of ours is none."""
    text = " ".join(str(row) for row in rows)
    return "read a fact" if "case-" in text or "L-2024-08" in text else ""


def _branch_eight(rows: Rows) -> str:
    wide = [row for row in rows if row[0] is not None and not str(row[0]).endswith("/-")]
    return "a wider scope" if wide else ""


def _makings() -> Iterator[Statement]:
    for technique, text in {
        "temporary table": "create temp table fact (kind text, id text, branch int, sequence bigint, body text)",
        "temporary sequence": "create temp sequence s",
        "table of results": "select 1 as a into temp mine",
        "public table": "create table public.fact (a int)",
        "table in the schema": "create table tajzia.mine (a int)",
        "schema": "create schema mine",
        "function in public": "create function public.now() returns int language sql as 'select 1'",
        "temporary function": "create function pg_temp.sha256(bytea) returns bytea language sql as 'select $1'",
        "operator": "create operator public.= (leftarg = int, rightarg = text, function = int4eq)",
        "type": "create type public.bytea as (a int)",
        "domain": "create domain public.text as int",
        "aggregate": "create aggregate public.max(int) (sfunc = int4larger, stype = int)",
        "collation": 'create collation public.c from "C"',
        "extension": "create extension dblink",
        "language": "create language plpython3u",
        "foreign server": "create server s foreign data wrapper postgres_fdw",
        "publication": "create publication p for all tables",
        "subscription": "create subscription s connection 'host=evil' publication p",
        "event trigger": "create event trigger e on sql_drop execute function suppress_redundant_updates_trigger()",
        "text search": "create text search dictionary d (template = simple)",
        "comment": "comment on table tajzia.fact is 'mine'",
        "database": "create database mine",
        "tablespace": "create tablespace t location '/tmp'",
    }.items():
        easy = technique in (
            "temporary table", "temporary sequence", "table of results", "public table", "table in the schema",
            "schema", "type", "domain", "comment", "temporary function",
        )  # fmt: skip
        yield Statement("catalogue", technique, text, catalogue, nothing, entitled="postgres" if easy else "")


def _files_and_objects() -> Iterator[Statement]:
    for technique, text in {
        "make a large object": "select lo_create(0)",
        "fill a large object": "select lo_from_bytea(0, 'x')",
        "open a large object": "select lo_open(1, 131072)",
        "import a file": "select lo_import('/etc/passwd')",
        "export a file": "select lo_export(1, '/tmp/x')",
    }.items():
        entitled = "postgres" if technique in ("make a large object", "fill a large object") else ""
        yield Statement("large objects", technique, text, catalogue, entitled=entitled)
    for technique, text in {
        "read a file": "select pg_read_file('PG_VERSION')",
        "read bytes of a file": "select pg_read_binary_file('server.key')",
        "list a folder": "select pg_ls_dir('.')",
        "look at a file": "select pg_stat_file('PG_VERSION')",
        "list the log": "select pg_ls_logdir()",
        "copy to a program": "copy (select 1) to program 'true'",
        "copy from a file": "copy tajzia.fact from '/etc/passwd'",
        "copy to a file": "copy (select 1) to '/tmp/tajzia-hostile'",
        "load a library": "load '/tmp/evil.so'",
        "write the log of changes": "select pg_logical_emit_message(false, 'x', repeat('x', 1000))::text",
        "switch the log of changes": "select pg_switch_wal()",
        "make a slot": "select pg_create_physical_replication_slot('mine', true)",
        "back up": "select pg_backup_start('mine')",
        "checkpoint": "checkpoint; select 1",
        "rotate the log": "select pg_rotate_logfile()",
        "reload": "select pg_reload_conf()",
    }.items():
        readable = technique in ("read a file", "list a folder", "look at a file", "write the log of changes")
        yield Statement("files of the server", technique, text, facts, entitled="postgres" if readable else "")


def _secrets() -> Iterator[Statement]:
    for technique, text in {
        "passwords": "select rolpassword from pg_authid",
        "passwords by view": "select passwd from pg_shadow",
        "who may come": "select * from pg_hba_file_rules",
        "settings in files": "select * from pg_file_settings",
        "hidden settings": "select setting from pg_settings where name in ('hba_file', 'data_directory')",
        "statistics": "select stavalues1::text from pg_statistic",
        "what others run": "select query from pg_stat_activity where usename <> session_user"
        " and query <> '<insufficient privilege>'",
        "others' certificates": "select client_dn, client_serial::text from pg_stat_ssl where pid <> pg_backend_pid()"
        " and client_dn is not null",
        "subscriptions": "select subconninfo from pg_subscription",
        "user mappings": "select * from pg_user_mapping",
        "sequence": "select last_value from tajzia.inbox_arrival_seq",
        "next of a sequence": "select nextval('tajzia.inbox_arrival_seq')",
        "set a sequence": "select setval('tajzia.inbox_arrival_seq', 1)",
        "rows by their place": "select currtid2('tajzia.fact', '(0,1)')",
        "pages": "select get_raw_page('tajzia.fact', 0)",
    }.items():
        readable = technique in ("passwords", "passwords by view", "who may come", "hidden settings", "sequence")
        yield Statement("secrets", technique, text, rows_of("inbox"), entitled="postgres" if readable else "")


def _holds() -> Iterator[Statement]:
    """What could keep the registrar out of its own house."""
    ours = "usename = 'tajzia_registrar'"
    for technique, text in {
        "registrar's seat": "select nullif(pg_try_advisory_lock(128426657)::text, 'false')",
        "registrar's seat, waiting": "select pg_advisory_lock(128426657)::text || 'x'",
        "seat for a transaction": "select pg_try_advisory_xact_lock(128426657)",
        "shared seat": "select pg_try_advisory_lock_shared(128426657)",
        "free all seats": "select pg_advisory_unlock_all()::text || 'x'",
        "end the registrar": f"select nullif(pg_terminate_backend(pid), false) from pg_stat_activity where {ours}",
        "interrupt the registrar": f"select nullif(pg_cancel_backend(pid), false) from pg_stat_activity where {ours}",
        "watchdog turned on colleagues": "select tajzia.end_idle_transactions(0)",
        "reindex": "reindex table tajzia.fact",
        "cluster": "cluster tajzia.fact using fact_pkey",
        "prepare for later": "begin; select 1 from tajzia.fact; prepare transaction 'mine'",
        "lift the limit of files": "set temp_file_limit = -1; select 1",
        "switch off the log": "set log_statement = 'none'; select 1",
        "play a replica": "set session_replication_role = replica; select 1",
        "switch off the rules": "set row_security = off; select * from tajzia.fact",
        "zero damaged pages": "set zero_damaged_pages = on; select 1",
    }.items():
        easy = technique.startswith(("lift", "switch off", "play", "zero", "registrar's seat"))
        yield Statement("the registrar", technique, text, facts, anything, entitled="postgres" if easy else "")
