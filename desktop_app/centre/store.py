"""The registrar's transactions over PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
import psycopg.errors
from psycopg import Connection

from desktop_app.application.ports.centre import CentreTroubleError, LetterOut, Submission
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.facts import CentreFacts, ReferenceCache
from desktop_app.centre.feed import put_facts
from desktop_app.centre.numbers import CentreNumbers
from desktop_app.centre.shelf import keep_paper
from desktop_app.wire.envelope import Signed

# Each device's commands in its own sequence; of the devices, the one whose next command waits longest. (Not the one
# whose oldest waits longest: a device that sends ever lower sequences would keep its oldest back, and all others out.)
# The devices with something waiting are found by a few looks into an index, however much of it there is.
_NEXT = """
    with recursive waiting (device) as (
        (select o.device from tajzia.inbox o where o.state = 'waiting' order by o.device limit 1)
        union all
        select (select o.device from tajzia.inbox o where o.state = 'waiting' and o.device > w.device
                order by o.device limit 1)
        from waiting w where w.device is not null
    )
    select i.command_id, i.device, i.sequence, d.branch, i.payload, i.signature
    from tajzia.inbox i join tajzia.device d on d.id = i.device
    where i.command_id = (
        select head.command_id
        from waiting w
        cross join lateral (
            select o.command_id, o.arrival from tajzia.inbox o
            where o.state = 'waiting' and o.device = w.device order by o.sequence limit 1
        ) head
        order by head.arrival limit 1
    )
    for update of i
"""


@contextmanager
def environment_told_apart() -> Iterator[None]:
    """What the environment did (connection, lock, disk, aborted transaction) leaves as CentreTroubleError; whatever
    else PostgreSQL refuses is a bug of ours and leaves as it is."""
    try:
        yield
    except psycopg.errors.ProgramLimitExceeded:
        raise  # no other try will make it smaller
    except (psycopg.OperationalError, psycopg.InterfaceError) as why:
        raise CentreTroubleError(type(why).__name__) from why


class PostgresWork:
    """One transaction; see `CentreWork`."""

    def __init__(self, connection: Connection[Any], references: ReferenceCache) -> None:
        self._connection = connection
        self.facts = CentreFacts(connection, references)
        self.numbers = CentreNumbers(connection)

    def next_submission(self) -> Submission | None:
        row = self._connection.execute(_NEXT).fetchone()
        if row is None:
            return None
        command_id, device, sequence, branch, payload, signature = row
        return Submission(command_id, device, int(sequence), int(branch), Signed(payload=payload, signature=signature))

    def author_keys(self, login: str, device: str) -> tuple[bytes, ...]:
        rows = self._connection.execute(
            "select public_key from tajzia.author_key where login = %s and device = %s order by registered_at desc",
            (login, device),
        ).fetchall()
        return tuple(bytes(key) for (key,) in rows)

    def mark_decided(self, command_id: str, at: datetime) -> None:
        self._connection.execute(
            "update tajzia.inbox set state = 'decided', decided_at = %s where command_id = %s", (at, command_id)
        )

    def quarantine(self, command_id: str, reason: str, reference: str, at: datetime) -> None:
        self._connection.execute(
            "update tajzia.inbox set state = 'quarantined', reason = %s, reference = %s, decided_at = %s"
            " where command_id = %s",
            (reason, reference, at, command_id),
        )

    def keep_paper(self, digest: str, content: bytes, at: datetime) -> None:
        keep_paper(self._connection, digest, content, at)

    def queue_letter(self, letter: LetterOut, at: datetime) -> bool:
        done = self._connection.execute(
            "insert into tajzia.outbox (notice_id, recipient, words, written_at) values (%s, %s, %s, %s)"
            " on conflict do nothing",
            (letter.notice_id, letter.to, letter.text, at),
        )
        return done.rowcount == 1

    def unsent_letters(self, limit: int) -> tuple[LetterOut, ...]:
        rows = self._connection.execute(
            "select notice_id, recipient, words from tajzia.outbox where sent_at is null"
            " order by written_at, notice_id limit %s for update",
            (limit,),
        ).fetchall()
        return tuple(LetterOut(*row) for row in rows)

    def mark_sent(self, notice_id: str, at: datetime) -> None:
        self._connection.execute("update tajzia.outbox set sent_at = %s where notice_id = %s", (at, notice_id))

    def find_body(self, kind: str, identity: str) -> bytes | None:
        row = self._connection.execute(
            "select body from tajzia.fact where kind = %s and id = %s for update", (kind, identity)
        ).fetchone()
        return row[0].encode("utf-8") if row is not None and row[0] is not None else None

    def put(self, facts: Iterable[LoadedFact]) -> int:
        return put_facts(self._connection, facts)


class PostgresStore:
    """The registrar's one connection; see `CentreStore`. A connection that broke is opened anew by the next work."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connection: Connection[Any] | None = None
        self._references = ReferenceCache()

    @contextmanager
    def work(self) -> Iterator[PostgresWork]:
        with environment_told_apart():
            connection = self._open()
            with connection.transaction():
                yield PostgresWork(connection, self._references)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._conninfo, autocommit=True)
        return self._connection
