"""What the registrar's process does beside deciding: signs for new devices, publishes people, the words of notices
and the edited tables, tells the devices what of theirs an administrator has put away, and throws unfinished documents
away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import psycopg
from psycopg import Connection

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.certificates import Authority
from desktop_app.centre.devices import sign_requests
from desktop_app.centre.feed import put_facts
from desktop_app.centre.publishing import ReferencePublisher
from desktop_app.centre.staff import publish_staff
from desktop_app.centre.store import environment_told_apart
from desktop_app.centre.unfinished import UnfinishedDocuments
from desktop_app.domain.messages import message
from desktop_app.wire.codec import MalformedError, encode
from desktop_app.wire.envelope import open_payload
from desktop_app.wire.facts import EVERYWHERE, FactKind, StoredOutcome

_NO_OUTCOME = ("taken", "tampered", "unreadable", "another_device")
"""What goes by another's name gets no outcome of its own."""


class Steward:
    """`work` does all that waits. Without the authority's folder nothing is signed, and devices wait.

    Raises CentreTroubleError where the database fails, OSError where the authority's key cannot be read.
    """

    def __init__(self, conninfo: str, authority: Callable[[], Authority] | None, now: Callable[[], datetime]) -> None:
        self._conninfo = conninfo
        self._authority = authority
        self._now = now
        self._connection: Connection[Any] | None = None
        self._reference = ReferencePublisher()
        self._unfinished = UnfinishedDocuments()

    def work(self) -> None:
        with environment_told_apart():
            connection = self._open()
            with connection.transaction():
                publish_staff(connection)
            with connection.transaction():
                self._reference.publish(connection)
            with connection.transaction():
                self._answer_discarded(connection)
            self._unfinished.drop_old(connection, self._now())
            if self._authority is not None and _asked(connection):
                sign_requests(connection, self._authority())

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _answer_discarded(self, connection: Connection[Any]) -> None:
        """To the workstation it is a refusal like another: whole in its conflict inbox, with the reason."""
        now = self._now()
        rows = connection.execute(
            "update tajzia.inbox set decided_at = %s where state = 'discarded' and decided_at is null"
            " returning command_id, device, reason, payload, discarded_why",
            (now,),
        ).fetchall()
        facts = []
        for command_id, device, reason, payload, why in rows:
            if reason in _NO_OUTCOME:
                continue
            try:
                envelope = open_payload(bytes(payload))
            except MalformedError:
                continue
            outcome = StoredOutcome(
                id=command_id,
                request_id=envelope.request_id,
                branch=EVERYWHERE,
                device=device,
                author=envelope.author,
                accepted=False,
                refusals=(message("centre.put_away", why=why),),
                decided_at=now,
            )
            facts.append(LoadedFact(FactKind.OUTCOME, command_id, EVERYWHERE, encode(outcome)))
        put_facts(connection, facts)

    def _open(self) -> Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._conninfo, autocommit=True)
        return self._connection


def _asked(connection: Connection[Any]) -> bool:
    return connection.execute("select from tajzia.invitation where state = 'asked' limit 1").fetchone() is not None
