"""The connections to one file: one that writes, a few that read beside it (WAL).

What is read while nobody writes is read on the connection that writes: it holds what it wrote, decrypted, and its
statements are laid out already. Only what happens at the same time opens others, which cannot write at all.

Reading and writing need nothing but the driver: what every round and decision runs many times costs several times as
much behind SQLAlchemy, which is loaded when the schema has to change.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from desktop_app.application.ports.store_trouble import StoreInUseError
from desktop_app.storage.opening import Connection, Driver, StoreKey, open_reader, open_writer

if TYPE_CHECKING:
    import sqlalchemy

READERS = 8
_WAIT_SECONDS = 10


class WroteWhileReadingError(AssertionError):
    """A bug: what was to read has written. (A connection of its own would have refused it.)"""


class Connections:
    """Safe to use from any thread. May be used again after `dispose`: what is needed is opened anew."""

    def __init__(self, file: Path, key: StoreKey) -> None:
        self._file = file
        self._key = key
        # As a semaphore, but not made of Python: every round takes hundreds.
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(READERS):
            self._free.put(None)
        self._one_at_a_time = threading.Lock()
        self._idle: list[Connection] = []
        self._writers: list[Connection] = []
        self._disposed = 0
        self._opened = False

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

    def reading(self, *, once: bool = False) -> AbstractContextManager[Driver]:
        """A connection that cannot write, in a transaction that ends with the block: one moment of the store. What
        reads `once`, one statement to its end, needs none: that is a moment by itself.

        Raises StoreInUseError when all of them have been read with for ten seconds.
        """
        return _Reading(self, once=once)

    def lend(self) -> tuple[Connection, list[Connection], int]:
        """A connection for `reading`, where it belongs, and how often all had been disposed of by then."""
        try:
            self._free.get(timeout=_WAIT_SECONDS)
        except Empty:
            raise StoreInUseError(str(self._file)) from None
        try:
            disposed = self._disposed
            return *self._take_reader(), disposed
        except BaseException:
            self._free.put(None)
            raise

    def take_back(self, connection: Connection, of: list[Connection], disposed: int, *, whole: bool) -> None:
        """Ends what `lend` began."""
        try:
            self._give_back(connection, whole, disposed, of)
        finally:
            self._free.put(None)

    def dispose(self) -> None:
        """Closes what nobody is using; what is being read with closes when it is given back."""
        with self._one_at_a_time:
            self._disposed += 1
            closed = [*self._idle, *self._writers]
            self._idle.clear()
            self._writers.clear()
            self._opened = False
        for connection in closed:
            connection.close()

    def _take_writer(self) -> Connection:
        with self._one_at_a_time:
            self._opened = True
            if self._writers:
                return self._writers.pop()
        return open_writer(self._file, self._key)

    def _take_reader(self) -> tuple[Connection, list[Connection]]:
        with self._one_at_a_time:
            for idle in (self._writers, self._idle):
                if idle:
                    return idle.pop(), idle
            first, self._opened = not self._opened, True
        if first:  # it will be written with as well
            return open_writer(self._file, self._key, make=False), self._writers
        return open_reader(self._file, self._key), self._idle

    def _give_back(self, connection: Connection, whole: bool, disposed: int, to: list[Connection]) -> None:
        with self._one_at_a_time:
            kept = whole and disposed == self._disposed
            if kept:
                to.append(connection)
        if not kept:
            connection.close()


class _Reading(AbstractContextManager[Driver]):
    """One of `Connections.reading`. No generator, for the same reason."""

    __slots__ = ("_changes", "_connection", "_disposed", "_from", "_of", "_once")

    _connection: Connection
    _from: list[Connection]
    _changes: int

    def __init__(self, of: Connections, *, once: bool) -> None:
        self._of = of
        self._once = once
        self._disposed = 0

    def __enter__(self) -> Driver:
        self._connection, self._from, self._disposed = self._of.lend()
        self._changes = self._connection.total_changes
        if not self._once:
            try:
                self._connection.execute("BEGIN")
            except BaseException:
                self._of.take_back(self._connection, self._from, self._disposed, whole=False)
                raise
        return self._connection

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        whole = False
        try:
            _end(self._connection)
            whole = self._connection.total_changes == self._changes
            if not whole and error is None:  # else it would hide what happened first
                raise WroteWhileReadingError
        finally:
            self._of.take_back(self._connection, self._from, self._disposed, whole=whole)


def _end(connection: Connection) -> None:
    # After some errors (a read that failed among them) SQLite has undone everything by itself: to say so again would
    # be an error of its own, and hide the one that tells what happened.
    if connection.in_transaction:
        connection.execute("ROLLBACK")
