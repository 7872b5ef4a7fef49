"""The connections to one file: one that writes, a few that read beside it (WAL).

Reading needs nothing but the driver. The one that writes stands behind SQLAlchemy, which is loaded when something is
written for the first time: a start that writes nothing shows its first page without it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.application.ports.store_trouble import StoreInUseError
from desktop_app.storage.opening import Connection, Driver, StoreKey, open_reader, open_writer

if TYPE_CHECKING:
    from sqlalchemy import Engine

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
        self._not_yet_used: list[Connection] = []
        self._disposed = 0

    @cached_property
    def writer(self) -> Engine:
        """Has one connection, and begins by taking the write lock."""
        from desktop_app.storage.engine import create_writer

        return create_writer(self._take_writer)

    @contextmanager
    def looking(self) -> Iterator[Driver]:
        """The connection that will write, with the write lock and nothing written: before SQLAlchemy is there.

        Makes the file. Only before the first use of `writer`.
        """
        connection = self._take_writer()
        with self._one_at_a_time:
            self._not_yet_used.append(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

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
                    connection.execute("ROLLBACK")
                    whole = True
            finally:
                self._give_back(connection, whole and disposed == self._disposed)
        finally:
            self._free.release()

    def dispose(self) -> None:
        """Closes what nobody is using; what is being read with closes when it is given back."""
        with self._one_at_a_time:
            self._disposed += 1
            closed = [*self._idle, *self._not_yet_used]
            self._idle, self._not_yet_used = [], []
        for connection in closed:
            connection.close()
        if "writer" in self.__dict__:
            self.writer.dispose()

    def _take_writer(self) -> Connection:
        with self._one_at_a_time:
            if self._not_yet_used:
                return self._not_yet_used.pop()
        return open_writer(self._file, self._key)

    def _take_reader(self) -> Connection:
        with self._one_at_a_time:
            if self._idle:
                return self._idle.pop()
        return open_reader(self._file, self._key)

    def _give_back(self, connection: Connection, usable: bool) -> None:
        if usable:
            with self._one_at_a_time:
                self._idle.append(connection)
        else:
            connection.close()
