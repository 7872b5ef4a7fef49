"""Makes a database into a centre: roles, schema, policies, functions; and takes every other right away.

Run by the cluster's superuser, again after each new version of the program: what is there already stays.
"""

from __future__ import annotations

import secrets
from importlib import resources

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from desktop_app.centre.chain_epochs import begin_chains
from desktop_app.centre.channel_roles import (
    grant_channels,
    make_channel_roles,
    make_channel_schemas,
    open_to_channels,
    take_channel_functions_back,
)
from desktop_app.domain.actor import Role
from desktop_app.wire.versions import NEWEST, OLDEST

OWNER = "tajzia_owner"
REGISTRAR = "tajzia_registrar"
READER = "tajzia_reader"
INTAKE = "tajzia_intake"
STAFF = "tajzia_staff"
STEWARD = "tajzia_steward"
DOORKEEPER = "tajzia_doorkeeper"
ENROL = "tajzia_enrol"

CLIENT_FUNCTIONS = {
    "scope()": READER,
    "pull(integer, bigint, integer)": READER,
    "fetch_paper(text)": READER,
    "certificate_lists()": READER,
    "begin_snapshot(integer)": READER,
    "held_attachments(text[])": INTAKE,
    "put_attachment(text, integer, integer, bytea)": INTAKE,
    "protocols()": READER,
    "fetch_attachment(text, integer, integer)": READER,
    "snapshot(integer, bigint, bigint, integer)": READER,
    "audit_page(integer, bigint, integer)": READER,
    "audit_heads()": READER,
    "holdings()": READER,
    "holding_buckets(integer, text)": READER,
    "bucket(integer, text, integer)": READER,
    "submit(bytea[], bytea[])": INTAKE,
    "tell_clock(timestamp with time zone)": INTAKE,
    "register_key(bytea)": INTAKE,
    "report(text)": INTAKE,
}
"""All that a workstation may call, and as whom it works."""
ADMINISTRATORS_FUNCTIONS = (
    "invite_device(text, integer, bytea, integer, boolean)",
    "withdraw_invitation(text)",
    "revoke_device(text, text)",
    "set_staff(text, text, text)",
    "disable_staff(text)",
    "release_aside(text)",
    "discard_aside(text, text)",
    "set_lease(integer)",
    "lease_days()",
    "list_devices()",
    "list_staff()",
    "list_aside(bigint, integer)",
    "list_notices(text, bigint, integer)",
    "settle_notice(text, text, text)",
    "set_template(text, text, text)",
    "list_templates(integer)",
    "set_dated_row(text, text, text, date, text)",
    "confirm_dated_row(bigint, text)",
    "list_dated_rows(integer)",
)
"""What administrators may call besides; all of it works as the steward, who may make logins."""
DOOR = "enrol(text, bytea)"
"""All that a device without a certificate may call."""
_STEWARDS_OWN = "limit_login(text)"
_HOUSEKEEPING = "drop_unfinished_documents(timestamptz)"
_WITH_STEWARD = 7
"""The version of the schema from which on there is an enrolment, and somebody who makes logins."""

_HELPERS = (
    "my_sight()",
    "my_body()",
    "my_device()",
    "my_branches()",
    "my_epoch()",
    "admit()",
    "asking_staff()",
    "asking_device()",
)
_STEWARDS_HELPERS = ("administering()", "end_sessions_of_login(text)", "end_sessions_of_device(text)")
_WITH_PROTOCOL = 9
_WITH_LETTERS = 18
_NO_LOGIN = "nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls"

Admin = Connection[TupleRow]


def group_of(role: Role) -> str:
    """The database role that all staff of a role belong to."""
    return f"tajzia_{role.value}s"


def provision(admin: Admin, registrar_password: str) -> None:
    """The whole of it in one transaction. `admin` is a superuser's connection to the database that becomes the
    centre; the registrar's password leaves this process only as a SCRAM verifier."""
    with admin.transaction():
        _make_roles(admin)
        admin.execute(sql.SQL("grant usage on language plpgsql, sql to {}").format(sql.Identifier(OWNER)))
        set_password(admin, REGISTRAR, registrar_password)
        admin.execute(sql.SQL("create schema if not exists tajzia authorization {}").format(sql.Identifier(OWNER)))
        make_channel_schemas(admin, OWNER)
        _apply_migrations(admin)
        if schema_version(admin) >= _WITH_PROTOCOL:
            admin.execute("update tajzia.protocol set oldest = %s, newest = %s", (OLDEST, NEWEST))
        begin_chains(admin)
        _grant(admin)
        if schema_version(admin) >= _WITH_STEWARD:
            _hang_the_door(admin)
            _adopt_staff(admin)
        open_database(admin)


def verifier_of(admin: Admin, login: str, password: str) -> str:
    """What PostgreSQL keeps of a password (SCRAM), computed here: the password itself reaches no server and no log."""
    return admin.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode("ascii")


def set_password(admin: Admin, login: str, password: str) -> None:
    """Sets a password by its verifier."""
    verifier = verifier_of(admin, login, password)
    admin.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(login), sql.Literal(verifier)))


def open_database(admin: Admin) -> None:
    """Who may connect to this database at all. (A copied database starts with these rights unset.)"""
    name = sql.Identifier(admin.info.dbname)
    admin.execute(sql.SQL("revoke all on database {} from public").format(name))
    for role in (STAFF, REGISTRAR, ENROL):
        admin.execute(sql.SQL("grant connect on database {} to {}").format(name, sql.Identifier(role)))
    open_to_channels(admin)
    # The server's other doors: there anybody could make temporary tables, run blocks and keep large objects.
    for (other,) in admin.execute(
        "select datname from pg_database where datname in ('postgres', 'template1')"
    ).fetchall():
        admin.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(other)))


def schema_version(admin: Admin) -> int:
    """The last migration that was applied; 0 for a database that is no centre."""
    if admin.execute("select to_regclass('tajzia.migration')").fetchone() == (None,):
        return 0
    row = admin.execute("select coalesce(max(version), 0) from tajzia.migration").fetchone()
    return int(row[0]) if row else 0


def _make_roles(admin: Admin) -> None:
    groups = [group_of(role) for role in Role if role is not Role.REGISTRAR]
    for name in (OWNER, READER, INTAKE, STAFF, DOORKEEPER, *groups):
        _make_role(admin, name, _NO_LOGIN)
    _make_role(admin, REGISTRAR, "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls")
    for group in groups:
        admin.execute(sql.SQL("grant {} to {}").format(sql.Identifier(STAFF), sql.Identifier(group)))
    _make_steward(admin, groups)
    make_channel_roles(admin)
    _make_role(admin, ENROL, "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 4")
    # The owner's helpers read the certificate of a session from pg_stat_ssl, and end sessions that hold a transaction.
    admin.execute(sql.SQL("grant pg_read_all_stats, pg_signal_backend to {}").format(sql.Identifier(OWNER)))
    # Where `reserved_connections` is set (PostgreSQL 16), the registrar comes in beside a full house.
    if admin.execute("select from pg_roles where rolname = 'pg_use_reserved_connections'").fetchone() is not None:
        admin.execute(sql.SQL("grant pg_use_reserved_connections to {}").format(sql.Identifier(REGISTRAR)))


def _make_steward(admin: Admin, groups: list[str]) -> None:
    """Nobody logs in as the steward. It makes logins and says to which group they belong, through `set_staff` alone."""
    _make_role(admin, STEWARD, _NO_LOGIN.replace("nocreaterole", "createrole"))
    for role in (*groups, ENROL):
        _make_role(admin, role, "nologin" if role != ENROL else "login")
        _put_in_charge(admin, role)
    # Only a superuser could, otherwise.
    admin.execute(sql.SQL("grant set on parameter temp_file_limit to {}").format(sql.Identifier(STEWARD)))


def _put_in_charge(admin: Admin, role: str) -> None:
    """The steward may change this role and who belongs to it, and has none of its rights."""
    apart = ", inherit false, set false" if admin.info.server_version >= 160000 else ""
    wording = "with admin true" if apart else "with admin option"
    admin.execute(sql.SQL(f"grant {{}} to {{}} {wording}{apart}").format(sql.Identifier(role), sql.Identifier(STEWARD)))


def _make_role(admin: Admin, name: str, attributes: str) -> None:
    exists = admin.execute("select from pg_roles where rolname = %s", (name,)).fetchone() is not None
    verb = "alter" if exists else "create"
    admin.execute(sql.SQL(f"{verb} role {{}} {attributes}").format(sql.Identifier(name)))


def _apply_migrations(admin: Admin) -> None:
    _take_functions_back(admin)
    take_channel_functions_back(admin, OWNER)
    admin.execute(sql.SQL("set local role {}").format(sql.Identifier(OWNER)))
    admin.execute(
        "create table if not exists tajzia.migration"
        " (version integer primary key, name text not null, applied_at timestamptz not null default now())"
    )
    done = schema_version(admin)
    for name, text in migrations():
        version = int(name.split("_", 1)[0])
        if version > done:
            admin.execute(text.encode("utf-8"))
            admin.execute("insert into tajzia.migration (version, name) values (%s, %s)", (version, name))
    admin.execute("reset role")


def _take_functions_back(admin: Admin) -> None:
    """Only their owner can replace functions; `_grant` hands them to whom they work as again."""
    for function in (*CLIENT_FUNCTIONS, *ADMINISTRATORS_FUNCTIONS, DOOR, _STEWARDS_OWN):
        if admin.execute("select to_regprocedure(%s)", (f"tajzia.{function}",)).fetchone() != (None,):
            admin.execute(_on_function(f"alter function tajzia.{{}} owner to {OWNER}", function))


def migrations() -> list[tuple[str, str]]:
    """Name and text of every migration, in order."""
    folder = resources.files("desktop_app.centre") / "schema"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return [(file.name, file.read_text(encoding="utf-8")) for file in files]


def _grant(admin: Admin) -> None:
    """Rights on functions are set anew each time, so that a function of a new version starts without any."""
    admin.execute("revoke all on schema public from public")
    # Without a language there is no DO block: a workstation calls functions, and brings none.
    admin.execute("revoke all on language plpgsql, sql from public")
    admin.execute("revoke all on all functions in schema tajzia from public")
    usage = sql.SQL(", ").join(map(sql.Identifier, (READER, INTAKE, REGISTRAR, STAFF, STEWARD, DOORKEEPER, ENROL)))
    admin.execute(sql.SQL("grant usage on schema tajzia to {}").format(usage))
    if schema_version(admin) >= _WITH_LETTERS:
        admin.execute(_on_function("grant execute on function tajzia.{} to tajzia_reader", "awaits_my_body(text)"))
    for helper in _HELPERS:
        admin.execute(_on_function("grant execute on function tajzia.{} to tajzia_reader, tajzia_intake", helper))
    for function, owner in CLIENT_FUNCTIONS.items():
        _hand_over(admin, function, owner, STAFF)
    for function in ADMINISTRATORS_FUNCTIONS:
        _hand_over(admin, function, STEWARD, group_of(Role.ADMINISTRATOR))
    _hand_over(admin, DOOR, DOORKEEPER, ENROL)
    _hand_over(admin, _STEWARDS_OWN, STEWARD, STEWARD)
    for helper in _STEWARDS_HELPERS if schema_version(admin) >= _WITH_STEWARD else ():
        admin.execute(_on_function("grant execute on function tajzia.{} to tajzia_steward", helper))
    grant_channels(admin)
    admin.execute("grant execute on function tajzia.end_idle_transactions(integer) to tajzia_registrar")
    _hand_over(admin, _HOUSEKEEPING, OWNER, REGISTRAR)
    _close_side_doors(admin)


def _hand_over(admin: Admin, function: str, owner: str, caller: str) -> None:
    """`function` works as `owner` from now on, and only `caller` may call it. One that an earlier version of the
    schema does not have yet is passed over."""
    if admin.execute("select to_regprocedure(%s)", (f"tajzia.{function}",)).fetchone() == (None,):
        return
    admin.execute(_on_function(f"alter function tajzia.{{}} owner to {owner}", function))
    admin.execute(_on_function("revoke all on function tajzia.{} from public", function))
    admin.execute(_on_function(f"grant execute on function tajzia.{{}} to {caller}", function))


def _hang_the_door(admin: Admin) -> None:
    """The password that stands in invitations, made once; a role that was lost with its server gets it again."""
    row = admin.execute("select password from tajzia.door").fetchone()
    password = str(row[0]) if row is not None else secrets.token_urlsafe(18)
    set_password(admin, ENROL, password)
    if row is None:
        admin.execute(
            "insert into tajzia.door (password, verifier) values (%s, %s)",
            (password, verifier_of(admin, ENROL, password)),
        )
    admin.execute(sql.SQL("alter role {} set statement_timeout = '10s'").format(sql.Identifier(ENROL)))
    admin.execute(sql.SQL("alter role {} set search_path = pg_catalog").format(sql.Identifier(ENROL)))


def _adopt_staff(admin: Admin) -> None:
    """Puts the steward in charge of everybody, those included whom an earlier version added as the superuser, and
    sets everybody's limits."""
    rows = admin.execute(
        "select s.login, g.rolname from tajzia.staff s join pg_roles r on r.rolname = s.login"
        " join pg_auth_members m on m.member = r.oid join pg_roles g on g.oid = m.roleid"
        " where not r.rolsuper and g.rolname like 'tajzia\\_%' order by 1"
    ).fetchall()
    for login, group in rows:
        _put_in_charge(admin, login)
        names = {"group": sql.Identifier(group), "login": sql.Identifier(login), "steward": sql.Identifier(STEWARD)}
        admin.execute(sql.SQL("revoke {group} from {login}").format(**names))
        admin.execute(sql.SQL("grant {group} to {login} granted by {steward}").format(**names))
        admin.execute("select tajzia.limit_login(%s)", (login,))


def _on_function(template: str, function: str) -> sql.Composed:
    return sql.SQL(template).format(sql.SQL(function))


def _close_side_doors(admin: Admin) -> None:
    """What PostgreSQL lets everyone do by default and nobody here needs: locks by name, which could keep the
    registrar out, and large objects and messages in the log of changes, which could fill the disk."""
    rows = admin.execute(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname = 'pg_catalog' and (p.proname ~ '^pg_(try_)?advisory' or p.proname ~ '^lo_'"
        " or p.proname in ('lowrite', 'loread')"
        " or p.proname ~ '^pg_(logical_emit_message|export_snapshot)')"
    ).fetchall()
    for (function,) in rows:
        admin.execute(_on_function("revoke execute on function {} from public", function))
    # The registrar takes its seat by such a lock.
    admin.execute("grant execute on function pg_catalog.pg_try_advisory_lock(bigint) to tajzia_registrar")
