"""Staff at the centre: a login role, what the policies know of it, and the person as a fact."""

from __future__ import annotations

import re

from psycopg import sql

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.centre.limits import limit_login
from desktop_app.centre.provisioning import Admin, group_of, set_password
from desktop_app.domain.actor import Actor, Role
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind

_LOGIN = re.compile(r"[a-z][a-z0-9_.]{1,30}")
_SIGHT = {Role.BODY_OFFICER: "body", Role.ADMINISTRATOR: "none"}


class LoginRefusedError(ValueError):
    """The login name has not the form it must have, or belongs to somebody else in this cluster."""


def add_staff(admin: Admin, actor: Actor, password: str) -> None:
    """Adds a person, or brings rights and password of one who is known up to date, in one transaction.

    Raises LoginRefusedError.
    """
    _check_login(admin, actor)
    login = sql.Identifier(actor.id)
    with admin.transaction():
        if not _exists(admin, actor.id):
            admin.execute(
                sql.SQL("create role {} login inherit nosuperuser nocreatedb nocreaterole noreplication").format(login)
            )
        admin.execute(
            sql.SQL("alter role {} {}").format(login, sql.SQL("login") if actor.active else sql.SQL("nologin"))
        )
        limit_login(admin, actor.id)
        _join(admin, actor)
        set_password(admin, actor.id, password)
        enter_staff(admin, actor)


def enter_staff(admin: Admin, actor: Actor) -> None:
    """What the database knows of a person apart from the login role: the row of the policies, and the fact."""
    admin.execute(
        "insert into tajzia.staff (login, sees, branches, all_branches, body, active)"
        " values (%s, %s, %s, %s, %s, %s) on conflict (login) do update set sees = excluded.sees,"
        " branches = excluded.branches, all_branches = excluded.all_branches, body = excluded.body,"
        " active = excluded.active",
        (
            actor.id,
            _SIGHT.get(actor.role, "all"),
            sorted(actor.branches),
            actor.all_branches,
            actor.body,
            actor.active,
        ),
    )
    put_facts(admin, [LoadedFact(FactKind.STAFF, actor.id, EVERYWHERE, encode(actor))])


def _join(admin: Admin, actor: Actor) -> None:
    """Membership in the group of the person's role, and in no other."""
    wanted = group_of(actor.role)
    rows = admin.execute(
        "select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid"
        " join pg_roles p on p.oid = m.member where p.rolname = %s",
        (actor.id,),
    ).fetchall()
    login = sql.Identifier(actor.id)
    for (group,) in rows:
        if group != wanted:
            admin.execute(sql.SQL("revoke {} from {}").format(sql.Identifier(group), login))
    admin.execute(sql.SQL("grant {} to {}").format(sql.Identifier(wanted), login))


def _check_login(admin: Admin, actor: Actor) -> None:
    reserved = actor.id.startswith(("tajzia_", "pg_")) or actor.role is Role.REGISTRAR or actor.id == "registrar"
    if reserved or not _LOGIN.fullmatch(actor.id):
        raise LoginRefusedError(f"{actor.id!r} cannot be the login of a member of staff")
    known = admin.execute("select from tajzia.staff where login = %s", (actor.id,)).fetchone() is not None
    if not known and _exists(admin, actor.id) and not _is_staff(admin, actor.id):
        raise LoginRefusedError(f"{actor.id!r} is another role of this database server")


def _exists(admin: Admin, login: str) -> bool:
    return admin.execute("select from pg_roles where rolname = %s", (login,)).fetchone() is not None


def _is_staff(admin: Admin, login: str) -> bool:
    row = admin.execute(
        "select not rolsuper and pg_has_role(rolname, 'tajzia_staff', 'member') from pg_roles where rolname = %s",
        (login,),
    ).fetchone()
    return row == (True,)
