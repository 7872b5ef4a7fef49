"""The logins of other systems: each with a certificate of the centre's authority, a password and a kind of channel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from psycopg import sql

from desktop_app.centre.certificates import Authority, Issued
from desktop_app.centre.channel_roles import GROUPS
from desktop_app.centre.provisioning import Admin, set_password

_LOGIN = re.compile(r"[a-z][a-z0-9_.]{1,30}")
_LIMITS = {
    "idle_in_transaction_session_timeout": "10s",
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "search_path": "pg_catalog",
    "temp_file_limit": "16MB",
}
MOST_DAYS = 730


class ChannelRefusedError(ValueError):
    """This cannot be done to a channel's login of this name; the text says why."""


@dataclass(frozen=True, slots=True)
class ChannelLogin:
    """A login as it stands; times are UTC."""

    login: str
    kind: str
    active: bool
    valid_until: datetime


def add_channel(admin: Admin, authority: Authority, kind: str, login: str, days: int, password: str) -> Issued:
    """Lets a system in by this login, or gives one that is known a new certificate and password; the old ones are worth
    nothing then. The key is made here and kept nowhere else. Raises ChannelRefusedError."""
    if kind not in GROUPS:
        raise ChannelRefusedError(f"{kind} is no channel: {', '.join(GROUPS)}")
    if not _LOGIN.fullmatch(login) or login.startswith(("tajzia_", "pg_")) or login == "registrar":
        raise ChannelRefusedError(f"{login} cannot be the login of a channel")
    if not 1 <= days <= MOST_DAYS:
        raise ChannelRefusedError(f"a certificate is good for 1 to {MOST_DAYS} days")
    with admin.transaction():
        known = admin.execute("select kind from tajzia.channel where login = %s for update", (login,)).fetchone()
        stands = admin.execute("select from pg_roles where rolname = %s", (login,)).fetchone() is not None
        ours = admin.execute(
            "select from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles r on r.oid = m.member"
            " where r.rolname = %s and g.rolname = %s",
            (login, GROUPS[kind]),
        ).fetchone()
        if (known is None and stands and ours is None) or (known is not None and known != (kind,)):
            raise ChannelRefusedError(f"{login} is another role of this database server")
        name = sql.Identifier(login)
        if not stands:
            admin.execute(sql.SQL("create role {}").format(name))
        admin.execute(
            sql.SQL(
                "alter role {} login inherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls"
                " connection limit 8"
            ).format(name)
        )
        for setting, value in _LIMITS.items():
            admin.execute(
                sql.SQL("alter role {} set {} = {}").format(name, sql.Identifier(setting), sql.Literal(value))
            )
        admin.execute(sql.SQL("grant {} to {}").format(sql.Identifier(GROUPS[kind]), name))
        set_password(admin, login, password)
        issued = authority.issue_channel(login, days)
        admin.execute(
            "insert into tajzia.channel as c (login, kind, serial, valid_until) values (%s, %s, %s, %s)"
            " on conflict (login) do update set serial = excluded.serial, active = true, added_at = now(),"
            " valid_until = excluded.valid_until",
            (login, kind, issued.serial, datetime.now(UTC) + timedelta(days=days)),
        )
    return issued


def disable_channel(admin: Admin, login: str) -> bool:
    """Lets the login in no more and ends its sessions; False when it was so before. What it handed in before is still
    decided. Raises ChannelRefusedError."""
    with admin.transaction():
        row = admin.execute("select active from tajzia.channel where login = %s for update", (login,)).fetchone()
        if row is None:
            raise ChannelRefusedError(f"no channel has the login {login}")
        admin.execute(sql.SQL("alter role {} nologin").format(sql.Identifier(login)))
        admin.execute("update tajzia.channel set active = false where login = %s", (login,))
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (login,))
    return bool(row[0])


def list_channels(admin: Admin) -> list[ChannelLogin]:
    rows = admin.execute("select login, kind, active, valid_until from tajzia.channel order by login").fetchall()
    return [ChannelLogin(login, kind, active, until.astimezone(UTC)) for login, kind, active, until in rows]


@dataclass(frozen=True, slots=True)
class Held:
    """A message that was put aside; `trouble` is what the log has it under."""

    channel: str
    reference: str
    trouble: str


def list_held(admin: Admin) -> list[Held]:
    rows = admin.execute(
        "select channel, reference, trouble from tajzia.channel_message where state = 'quarantined' order by arrival"
    ).fetchall()
    return [Held(*row) for row in rows]


def take_up_again(admin: Admin, reference: str) -> bool:
    """Has what was put aside under this reference (the channel's, or the log's) decided again; False for none."""
    row = admin.execute(
        "update tajzia.channel_message set state = 'waiting', reason = '', trouble = '', decided_at = null"
        " where state = 'quarantined' and (reference = %s or trouble = %s) returning id",
        (reference, reference),
    ).fetchone()
    admin.execute("select pg_notify('tajzia_inbox', '')")
    return row is not None
