"""Makes a database into a centre: roles, schema, policies, functions; and takes every other right away.

Run by the cluster's superuser, again after each new version of the program: what is there already stays.
"""

from __future__ import annotations

from importlib import resources

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from desktop_app.centre.limits import limit_everyone
from desktop_app.domain.actor import Role

OWNER = "tajzia_owner"
REGISTRAR = "tajzia_registrar"
READER = "tajzia_reader"
INTAKE = "tajzia_intake"
STAFF = "tajzia_staff"

CLIENT_FUNCTIONS = {
    "scope()": READER,
    "pull(integer, bigint, integer)": READER,
    "fetch_paper(text)": READER,
    "submit(bytea[], bytea[])": INTAKE,
    "register_key(bytea)": INTAKE,
}
"""All that a workstation may call, and as whom it works."""

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
        _apply_migrations(admin)
        _grant(admin)
        limit_everyone(admin)
        open_database(admin)


def set_password(admin: Admin, login: str, password: str) -> None:
    """Sets a password by its SCRAM verifier, computed here: the password itself reaches no server and no log."""
    verifier = admin.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode("ascii")
    admin.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(login), sql.Literal(verifier)))


def open_database(admin: Admin) -> None:
    """Who may connect to this database at all. (A copied database starts with these rights unset.)"""
    name = sql.Identifier(admin.info.dbname)
    admin.execute(sql.SQL("revoke all on database {} from public").format(name))
    for role in (STAFF, REGISTRAR):
        admin.execute(sql.SQL("grant connect on database {} to {}").format(name, sql.Identifier(role)))
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
    for name in (OWNER, READER, INTAKE, STAFF, *groups):
        _make_role(admin, name, _NO_LOGIN)
    _make_role(admin, REGISTRAR, "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls")
    for group in groups:
        admin.execute(sql.SQL("grant {} to {}").format(sql.Identifier(STAFF), sql.Identifier(group)))
    # The owner's helpers read the certificate of a session from pg_stat_ssl, and end sessions that hold a transaction.
    admin.execute(sql.SQL("grant pg_read_all_stats, pg_signal_backend to {}").format(sql.Identifier(OWNER)))
    # Where `reserved_connections` is set (PostgreSQL 16), the registrar comes in beside a full house.
    if admin.execute("select from pg_roles where rolname = 'pg_use_reserved_connections'").fetchone() is not None:
        admin.execute(sql.SQL("grant pg_use_reserved_connections to {}").format(sql.Identifier(REGISTRAR)))


def _make_role(admin: Admin, name: str, attributes: str) -> None:
    exists = admin.execute("select from pg_roles where rolname = %s", (name,)).fetchone() is not None
    verb = "alter" if exists else "create"
    admin.execute(sql.SQL(f"{verb} role {{}} {attributes}").format(sql.Identifier(name)))


def _apply_migrations(admin: Admin) -> None:
    _take_functions_back(admin)
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
    for function in CLIENT_FUNCTIONS:
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
    usage = sql.SQL(", ").join(map(sql.Identifier, (READER, INTAKE, REGISTRAR, STAFF)))
    admin.execute(sql.SQL("grant usage on schema tajzia to {}").format(usage))
    for helper in _HELPERS:
        admin.execute(_on_function("grant execute on function tajzia.{} to tajzia_reader, tajzia_intake", helper))
    for function, owner in CLIENT_FUNCTIONS.items():
        admin.execute(_on_function(f"alter function tajzia.{{}} owner to {owner}", function))
        admin.execute(_on_function("revoke all on function tajzia.{} from public", function))
        admin.execute(_on_function("grant execute on function tajzia.{} to tajzia_staff", function))
    admin.execute("grant execute on function tajzia.end_idle_transactions(integer) to tajzia_registrar")
    _close_side_doors(admin)


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
