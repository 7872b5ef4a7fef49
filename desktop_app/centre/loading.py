"""Facts in bulk: sample data, and what is imported from elsewhere (see `FactLoading`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from psycopg import Connection

from desktop_app.application.ports.loading import Counters, LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.centre.numbers import keep_paper_numbers, raise_counters
from desktop_app.centre.shelf import keep_paper
from desktop_app.centre.store import environment_told_apart
from desktop_app.wire.facts import FactKind


class PostgresLoading:
    """See `FactLoading`. `put` locks the feeds until the transaction ends: call it last, and once if it may be."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def find_bodies(self, kind: FactKind, ids: Iterable[str]) -> Mapping[str, bytes]:
        rows = self._connection.execute(
            "select id, body from tajzia.fact where kind = %s and id = any(%s) and body is not null"
            " order by id for update",
            (kind.value, list(ids)),
        ).fetchall()
        return {identity: body.encode("utf-8") for identity, body in rows}

    def put(self, facts: Iterable[LoadedFact]) -> int:
        told = tuple(facts)
        keep_paper_numbers(self._connection, told)
        return put_facts(self._connection, told)

    def keep_paper(self, digest: str, content: bytes, at: datetime) -> None:
        """See `PaperShelf`: papers of what was issued elsewhere may be drawn while it is loaded."""
        keep_paper(self._connection, digest, content, at)

    def raise_counters(self, counters: Counters) -> None:
        raise_counters(self._connection, counters)


@contextmanager
def loading(conninfo: str) -> Iterator[PostgresLoading]:
    """One transaction of its own; committed when left without an error. Raises CentreTroubleError."""
    with environment_told_apart(), psycopg.connect(conninfo) as connection:
        yield PostgresLoading(connection)
