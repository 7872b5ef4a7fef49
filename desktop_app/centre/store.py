"""The registrar's transactions over PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import psycopg.errors
from psycopg import Connection

from desktop_app.application.ports.centre import CentreTroubleError
from desktop_app.centre.facts import ReferenceCache
from desktop_app.centre.work import PostgresWork


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
                work = PostgresWork(connection, self._references)
                yield work
                work.write()

    @contextmanager
    def statements(self) -> Iterator[Connection[Any]]:
        """A transaction for what is no decision. Raises CentreTroubleError."""
        with environment_told_apart():
            connection = self._open()
            with connection.transaction():
                yield connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._conninfo, autocommit=True)
        return self._connection
