"""The database roles of other systems, and the few functions that each may call."""

from __future__ import annotations

from typing import Any

from psycopg import Connection, sql

CHANNELS = "tajzia_channels"
"""Whoever may connect as another system belongs to it."""
WORKER = "tajzia_channel_intake"
"""As whom their functions work: stores messages, reads answers; nobody logs in as it."""
GROUPS = {"portal": "tajzia_portal", "epay": "tajzia_epay", "dues": "tajzia_dues"}
"""The kinds of channels: each has a schema of the same name and a group that may use it."""
FUNCTIONS = {
    "portal": ("portal.lodge(text, jsonb)", "portal.find(text)"),
    "epay": (
        "epay.record_payment(text, text, bigint, timestamp with time zone)",
        "epay.record_dues_payment(text, text, bigint, timestamp with time zone)",
        "epay.find(text)",
    ),
    "dues": ("dues.put(text, jsonb)", "dues.find(text)"),
}
"""All that each kind may call."""
_INNER = ("tajzia.take_message(text, text, text, jsonb)", "tajzia.find_message(text, text)")
_HELPER = "tajzia.asking_channel()"
_NO_LOGIN = "nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls"
_ALL = (*_INNER, *(function for functions in FUNCTIONS.values() for function in functions))

Admin = Connection[Any]


def make_channel_roles(admin: Admin) -> None:
    for name in (CHANNELS, WORKER, *GROUPS.values()):
        exists = admin.execute("select from pg_roles where rolname = %s", (name,)).fetchone() is not None
        verb = "alter" if exists else "create"
        admin.execute(sql.SQL(f"{verb} role {{}} {_NO_LOGIN}").format(sql.Identifier(name)))
    for group in GROUPS.values():
        admin.execute(sql.SQL("grant {} to {}").format(sql.Identifier(CHANNELS), sql.Identifier(group)))


def make_channel_schemas(admin: Admin, owner: str) -> None:
    for schema in GROUPS:
        admin.execute(
            sql.SQL("create schema if not exists {} authorization {}").format(
                sql.Identifier(schema), sql.Identifier(owner)
            )
        )


def take_channel_functions_back(admin: Admin, owner: str) -> None:
    """Only their owner can replace functions; `grant_channels` hands them over again."""
    for function in _there(admin, _ALL):
        admin.execute(_on(f"alter function {{}} owner to {owner}", function))


def grant_channels(admin: Admin) -> None:
    """Sets the rights on the channels' schemas and functions anew."""
    if not _there(admin, (_HELPER,)):
        return
    admin.execute(sql.SQL("grant usage on schema tajzia to {}").format(sql.Identifier(WORKER)))
    admin.execute(_on(f"grant execute on function {{}} to {WORKER}", _HELPER))
    for function in _ALL:
        admin.execute(_on(f"alter function {{}} owner to {WORKER}", function))
        admin.execute(_on("revoke all on function {} from public", function))
    for schema, group in GROUPS.items():
        names = {"schema": sql.Identifier(schema), "group": sql.Identifier(group), "worker": sql.Identifier(WORKER)}
        admin.execute(sql.SQL("revoke all on schema {schema} from public").format(**names))
        admin.execute(sql.SQL("grant usage on schema {schema} to {group}, {worker}").format(**names))
        for function in FUNCTIONS[schema]:
            admin.execute(_on(f"grant execute on function {{}} to {group}", function))


def open_to_channels(admin: Admin) -> None:
    """They may connect to this database."""
    admin.execute(
        sql.SQL("grant connect on database {} to {}").format(
            sql.Identifier(admin.info.dbname), sql.Identifier(CHANNELS)
        )
    )


def _there(admin: Admin, functions: tuple[str, ...]) -> list[str]:
    """Those that this version of the schema has."""
    return [one for one in functions if admin.execute("select to_regprocedure(%s)", (one,)).fetchone() != (None,)]


def _on(template: str, function: str) -> sql.Composed:
    return sql.SQL(template).format(sql.SQL(function))
