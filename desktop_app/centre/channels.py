"""What other systems hand in, inside the registrar's transaction, and what they are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from desktop_app.application.ports.channels import ChannelMessage, MessageKind
from desktop_app.centre.facts import ReferenceCache
from desktop_app.centre.store import PostgresStore
from desktop_app.centre.work import PostgresWork
from desktop_app.domain.notices import Notice
from desktop_app.wire.codec import decode

_NEXT = """
    select m.id, m.kind, m.reference, m.payload, m.arrival, m.submitted_at, coalesce(m.concerns, '')
    from tajzia.channel_message m where m.state = 'waiting' order by m.arrival limit 1 for update
"""
_ANSWER = """
    update tajzia.channel_message
    set state = 'decided', answer = %s, concerns = nullif(%s, ''), decided_at = %s where id = %s
"""
_PUT_ASIDE = """
    update tajzia.channel_message
    set state = 'quarantined', reason = %s, trouble = %s, decided_at = %s where id = %s
"""
_LODGED = """
    select m.concerns from tajzia.channel_message m
    where m.channel = 'portal' and m.reference = %s and m.concerns is not null
"""
_CALLED = "select n.request_id, n.official from tajzia.numbered n where n.name = %s order by n.official desc limit 2"
_LOCK_ACCOUNT = "select from tajzia.fact f where f.kind = 'dues' and f.id = %s for update"
_STALE = """
    delete from tajzia.portal_stale s
    where s.request_id in (select o.request_id from tajzia.portal_stale o order by o.request_id limit %s)
    returning s.request_id
"""
_NOTICES = """
    select f.body from tajzia.fact f
    where f.kind = 'notice' and f.id >= %(request)s || ':' and f.id < %(request)s || ';' and f.body is not null
"""
_KEEP = """
    insert into tajzia.portal_view as v (request_id, applicant, awaits_dues, body) values (%s, %s, %s, %s)
    on conflict (request_id) do update
    set applicant = excluded.applicant, awaits_dues = excluded.awaits_dues, body = excluded.body
"""


class PostgresChannels:
    """See `ChannelBook`."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def next_message(self) -> ChannelMessage | None:
        row = self._connection.execute(_NEXT).fetchone()
        if row is None:
            return None
        identity, kind, reference, payload, arrival, received, concerns = row
        return ChannelMessage(
            id=identity,
            kind=MessageKind(kind),
            reference=reference,
            payload=bytes(payload),
            arrival=int(arrival),
            received_at=received.astimezone(UTC),
            concerns=concerns,
        )

    def answer(self, message_id: str, answer: bytes, concerns: str, at: datetime) -> None:
        self._connection.execute(_ANSWER, (answer.decode("utf-8"), concerns, at, message_id))

    def put_aside(self, message_id: str, reason: str, trouble: str, at: datetime) -> None:
        self._connection.execute(_PUT_ASIDE, (reason, trouble, at, message_id))

    def find_lodged(self, reference: str) -> str | None:
        row = self._connection.execute(_LODGED, (reference,)).fetchone()
        return None if row is None else str(row[0])

    def find_called(self, name: str) -> str | None:
        rows = self._connection.execute(_CALLED, (name,)).fetchall()
        if not rows or (len(rows) > 1 and not rows[0][1]):
            return None  # two devices' references are the same: it is not said which is meant
        return str(rows[0][0])

    def lock_account(self, account: str) -> None:
        self._connection.execute(_LOCK_ACCOUNT, (account,))

    def take_stale(self, limit: int) -> Sequence[str]:
        return sorted(name for (name,) in self._connection.execute(_STALE, (limit,)).fetchall())

    def notices_of(self, request_id: str) -> Sequence[Notice]:
        rows = self._connection.execute(_NOTICES, {"request": request_id}).fetchall()
        return sorted((decode(body, Notice) for (body,) in rows), key=lambda one: (one.made_at, one.id))

    def keep_view(self, request_id: str, applicant: str, view: bytes, *, awaits_dues: bool) -> None:
        self._connection.execute(_KEEP, (request_id, applicant, awaits_dues, view.decode("utf-8")))


class PostgresChannelWork(PostgresWork):
    """See `ChannelWork`."""

    def __init__(self, connection: Connection[Any], references: ReferenceCache) -> None:
        super().__init__(connection, references)
        self.channels = PostgresChannels(connection)


class PostgresChannelStore:
    """See `ChannelStore`: the registrar's own connection."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._references = ReferenceCache()

    @contextmanager
    def work(self) -> Iterator[PostgresChannelWork]:
        with self._store.statements() as connection:
            work = PostgresChannelWork(connection, self._references)
            yield work
            work.write()
