"""Staff at the centre: a login role, what the policies know of it, and the person as a fact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import structlog
from psycopg import Connection

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.centre.provisioning import Admin, verifier_of
from desktop_app.domain.actor import Actor
from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.facts import EVERYWHERE, FactKind

_log = structlog.get_logger(__name__)


class LoginRefusedError(ValueError):
    """The login name has not the form it must have, belongs to somebody else in this cluster, or to nobody."""


def add_staff(admin: Admin, actor: Actor, password: str) -> None:
    """Adds a person, or brings rights and password of one who is known up to date, in one transaction.

    Raises LoginRefusedError.
    """
    with _refusing(), admin.transaction():
        verifier = verifier_of(admin, actor.id, password)
        admin.execute("select tajzia.set_staff(%s, %s, %s)", (actor.id, encode(actor).decode("utf-8"), verifier))
        publish_staff(admin)


def disable_staff(admin: Admin, login: str) -> bool:
    """Lets nobody in by this login any more and ends its sessions; False when it was so before.

    Raises LoginRefusedError.
    """
    with _refusing(), admin.transaction():
        row = admin.execute("select tajzia.disable_staff(%s)", (login,)).fetchone()
        publish_staff(admin)
    return row == (True,)


def publish_staff(connection: Connection[Any]) -> int:
    """Puts people who were added or changed into the feed, in the running transaction; returns how many.

    An administrator with a connection of their own may write what is no person: it goes no further than here.
    """
    people = connection.execute("delete from tajzia.staff_news returning login, body").fetchall()
    facts = []
    for login, body in people:
        try:
            actor = decode(body, Actor)
        except MalformedError:
            _log.warning("somebody of the staff was entered in words that nobody reads", login=login)
            continue
        facts.append(LoadedFact(FactKind.STAFF, actor.id, EVERYWHERE, encode(actor)))
    put_facts(connection, facts)
    return len(facts)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except psycopg.errors.InvalidParameterValue as why:
        raise LoginRefusedError(why.diag.message_primary) from why
