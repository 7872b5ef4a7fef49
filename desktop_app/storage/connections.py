"""The connections to one file: one that writes, a few that read beside it (WAL).

Reading and writing need nothing but the driver: what every round and decision runs many times costs several times as
much behind SQLAlchemy, which is loaded when the schema has to change.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.ports.store_trouble import StoreInUseError
from desktop_app.storage.opening import Connection, Driver, StoreKey, open_reader, open_writer

if TYPE_CHECKING:
    import sqlalchemy

READERS = 8
_WAIT_SECONDS = 10


class Connections:
    """Safe to use from any thread. May be used again after `dispose`: what is needed is opened anew."""

    def __init__(self, file: Path, key: StoreKey) -> None:
        self._file = file
        self._key = key
        self._free = threading.BoundedSemaphore(READERS)
        self._one_at_a_time = threading.Lock()
        self._idle: list[Connection] = []
        self._writers: list[Connection] = []
        self._disposed = 0

    @contextmanager
    def changing(self) -> Iterator[sqlalchemy.Connection]:
        """The connection that writes behind SQLAlchemy, in a transaction, for steps that change the schema."""
        from desktop_app.storage.engine import create_writer

        writer = create_writer(self._take_writer)
        try:
            with writer.begin() as connection:
                yield connection
        finally:
            writer.dispose()

    @contextmanager
    def looking(self) -> Iterator[Driver]:
        """The connection that writes, with the write lock and nothing written. Makes the file."""
        disposed = self._disposed
        connection = self._take_writer()
        whole = False
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            finally:
                _end(connection)
                whole = True
        finally:
            self._give_back(connection, whole, disposed, self._writers)

    @contextmanager
    def writing(self) -> Iterator[Driver]:
        """The connection that writes, in a transaction: committed when the block ends, undone if it raises. One block
        at a time."""
        disposed = self._disposed
        connection = self._take_writer()
        whole = False
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                _end(connection)
                whole = True
        finally:
            self._give_back(connection, whole, disposed, self._writers)

    @contextmanager
    def reading(self) -> Iterator[Driver]:
        """A connection that cannot write, in a transaction that ends with the block: one moment of the store.

        Raises StoreInUseError when all of them have been read with for ten seconds.
        """
        if not self._free.acquire(timeout=_WAIT_SECONDS):
            raise StoreInUseError(str(self._file))
        try:
            disposed = self._disposed
            connection = self._take_reader()
            whole = False
            try:
                connection.execute("BEGIN")
                try:
                    yield connection
                finally:
                    _end(connection)
                    whole = True
            finally:
                self._give_back(connection, whole, disposed, self._idle)
        finally:
            self._free.release()

    def dispose(self) -> None:
        """Closes what nobody is using; what is being read with closes when it is given back."""
        with self._one_at_a_time:
            self._disposed += 1
            closed = [*self._idle, *self._writers]
            self._idle.clear()
            self._writers.clear()
        for connection in closed:
            connection.close()

    def _take_writer(self) -> Connection:
        with self._one_at_a_time:
            if self._writers:
                return self._writers.pop()
        return open_writer(self._file, self._key)

    def _take_reader(self) -> Connection:
        with self._one_at_a_time:
            if self._idle:
                return self._idle.pop()
        return open_reader(self._file, self._key)

    def _give_back(self, connection: Connection, whole: bool, disposed: int, to: list[Connection]) -> None:
        with self._one_at_a_time:
            kept = whole and disposed == self._disposed
            if kept:
                to.append(connection)
        if not kept:
            connection.close()


def _end(connection: Connection) -> None:
    # After some errors (a read that failed among them) SQLite has undone everything by itself: to say so again would
    # be an error of its own, and hide the one that tells what happened.
    if connection.in_transaction:
        connection.execute("ROLLBACK")
