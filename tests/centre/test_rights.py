"""A role can do nothing but call the five functions: tried by hand, with its own password, on every table."""

from __future__ import annotations

import psycopg
import pytest

from desktop_app.centre.channel_roles import FUNCTIONS
from desktop_app.centre.provisioning import ADMINISTRATORS_FUNCTIONS, CLIENT_FUNCTIONS
from desktop_app.domain.actor import Role
from tests.postgres_fixture import SampleCentre

ONE_OF_EACH = {
    Role.CLERK: "clerk",
    Role.INSPECTOR: "inspector",
    Role.SUPERVISOR: "supervisor",
    Role.BODY_OFFICER: "officer_health",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}
TABLES = (
    "attached",
    "attachment",
    "attachment_part",
    "attachment_proof",
    "protocol",
    "author_key_retired",
    "contact",
    "door",
    "invitation",
    "lease",
    "staff_news",
    "audit",
    "audit_head",
    "certificate_list",
    "dated_row",
    "departure",
    "device",
    "device_clock",
    "epoch",
    "fact",
    "feed_counter",
    "holding",
    "inbox",
    "author_key",
    "channel",
    "channel_message",
    "migration",
    "numbered",
    "number",
    "notice_template",
    "outbox",
    "outbox_attempt",
    "outbox_decision",
    "outbox_report",
    "paper",
    "paper_waiting",
    "portal_stale",
    "portal_view",
    "receipt",
    "sheet",
    "staff",
    "timestamping",
)
OWNERS = {f"tajzia_{one}" for one in ("owner", "reader", "intake", "steward", "doorkeeper", "channel_intake")}
SIDE_DOORS = (
    "create temp table x (a int)",
    "create table public.x (a int)",
    "create table tajzia.x (a int)",
    "create schema mine",
    "create function public.f() returns int language sql as 'select 1'",
    "create or replace function tajzia.my_body() returns text language sql as $$ select '' $$",
    "alter function tajzia.pull(integer, bigint, integer) security invoker",
    "set role tajzia_registrar",
    "set role tajzia_owner",
    "set role tajzia_reader",
    "set session authorization tajzia_registrar",
    "select tajzia.my_sight()",
    "select tajzia.admit()",
    "select tajzia.end_idle_transactions(0)",
    "select tajzia.asking_device()",
    "select pg_advisory_lock(128426657)",
    "select pg_try_advisory_xact_lock(128426657)",
    "select lo_create(0)",
    "select lo_from_bytea(0, 'x')",
    "select pg_read_file('/etc/passwd')",
    "select pg_reload_conf()",
    "copy tajzia.fact to stdout",
    "copy (select 1) to program 'true'",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tajzia_registrar'",
    "alter role clerk superuser",
    "grant tajzia_supervisors to clerk",
    "create role friend login",
    "select rolpassword from pg_authid",
    "set log_statement = 'none'",
    "drop schema tajzia cascade",
    "lock table tajzia.inbox in access exclusive mode",
    "truncate tajzia.outbox",
    "do $$ begin loop end loop; end $$",
)


def columns_of(centre: SampleCentre, table: str) -> list[str]:
    rows = centre.query(
        "select column_name from information_schema.columns where table_schema = 'tajzia' and table_name = %s", table
    )
    return [name for (name,) in rows]


def state(centre: SampleCentre) -> dict[str, list[tuple[object, ...]]]:
    return {table: centre.query(f"select t::text from tajzia.{table} t order by 1") for table in TABLES}


def refusal_of(connection: psycopg.Connection[tuple[object, ...]], attempt: str) -> str | None:
    """The SQLSTATE of the refusal; None when it was let through."""
    try:
        with connection.transaction(), connection.cursor() as cursor:
            if attempt.startswith("copy"):
                with cursor.copy(attempt.encode()) as copy:
                    list(copy)
            else:
                cursor.execute(attempt.encode())
    except psycopg.Error as refused:
        return refused.sqlstate
    return None


def test_the_list_of_tables_is_complete(centre: SampleCentre) -> None:
    found = centre.query("select tablename from pg_tables where schemaname = 'tajzia'")
    assert {name for (name,) in found} == set(TABLES)


@pytest.mark.parametrize("login", ONE_OF_EACH.values())
def test_no_role_reads_or_writes_a_table(centre: SampleCentre, login: str) -> None:
    before = state(centre)
    connection = centre.raw(login)
    for table in TABLES:
        column = columns_of(centre, table)[0]
        for attempt in (
            f"select * from tajzia.{table}",
            f"select count(*) from tajzia.{table}",
            f"insert into tajzia.{table} default values",
            f"update tajzia.{table} set {column} = {column}",
            f"delete from tajzia.{table}",
            f"truncate tajzia.{table}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(attempt.encode())
    assert state(centre) == before


@pytest.mark.parametrize("login", ONE_OF_EACH.values())
def test_no_side_door_stands_open(centre: SampleCentre, login: str) -> None:
    centre.registrar.drain()  # so that it has a session to be ended
    before = state(centre)
    connection = centre.raw(login)
    answers = {attempt: refusal_of(connection, attempt) for attempt in SIDE_DOORS}
    assert {attempt: code for attempt, code in answers.items() if code != "42501"} == {}
    assert state(centre) == before


@pytest.mark.parametrize("login", ONE_OF_EACH.values())
def test_the_entitled_functions_are_the_only_ones(centre: SampleCentre, login: str) -> None:
    rows = centre.query(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname = 'tajzia' and has_function_privilege(%s, p.oid, 'execute')",
        login,
    )
    entitled = {*CLIENT_FUNCTIONS, *(ADMINISTRATORS_FUNCTIONS if login == "administrator" else ())}
    assert {name.replace(",", ", ") for (name,) in rows} == {f"tajzia.{name}" for name in entitled}


def test_every_function_pins_its_search_path_and_belongs_to_no_superuser(centre: SampleCentre) -> None:
    rows = centre.query(
        "select p.oid::regprocedure::text, p.prosecdef, coalesce(p.proconfig, '{}'), r.rolname, r.rolsuper"
        " from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner"
        " where n.nspname in ('tajzia', 'portal', 'epay', 'dues')"
    )
    channels = sum(len(functions) for functions in FUNCTIONS.values())
    assert len(rows) == len(CLIENT_FUNCTIONS) + len(ADMINISTRATORS_FUNCTIONS) + channels + 25
    for name, definer, config, owner, superuser in rows:
        assert definer, name
        assert [one for one in config if not one.startswith(("enable_", "lock_timeout="))] == [
            "search_path=pg_catalog, pg_temp"
        ], name
        assert owner in OWNERS, name
        assert not superuser, name


def test_every_table_has_row_security(centre: SampleCentre) -> None:
    rows = centre.query(
        "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'tajzia' and c.relkind = 'r' and not c.relrowsecurity"
    )
    assert rows == [("migration",)]


def test_an_own_search_path_changes_nothing(centre: SampleCentre) -> None:
    connection = centre.raw("clerk")
    connection.execute("set search_path = public, pg_temp, tajzia")
    row = connection.execute("select branches from tajzia.scope()").fetchone()
    assert row == ([0, 8],)


def test_nobody_sees_what_others_run(centre: SampleCentre) -> None:
    hidden = centre.raw("clerk")
    rows = hidden.execute("select query from pg_stat_activity where usename <> session_user").fetchall()
    assert {query for (query,) in rows} <= {"<insufficient privilege>"}


def test_passwords_stand_nowhere_in_plain(centre: SampleCentre) -> None:
    from tests.postgres_fixture import PASSWORD, REGISTRAR_PASSWORD

    stored = centre.query("select rolpassword from pg_authid where rolpassword is not null")
    assert len(stored) > 10
    assert all(secret.startswith("SCRAM-SHA-256$") for (secret,) in stored)
    log = (centre.server.folder / "data" / "server.log").read_text("utf-8")
    assert PASSWORD not in log
    assert REGISTRAR_PASSWORD not in log
