"""The one place where a connection to the store's file is made.

One connection writes, a few read beside it (WAL). `synchronous=FULL`: what was acknowledged survives a power cut.
Nothing is created at import; the driver and its key are chosen here alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

READERS = 8
_WAIT_SECONDS = 10
_CACHE_KIB = 16 * 1024


@dataclass(frozen=True, slots=True)
class Engines:
    """`writer` has one connection and begins by taking the write lock; `readers` cannot write."""

    writer: Engine
    readers: Engine

    def dispose(self) -> None:
        self.readers.dispose()
        self.writer.dispose()


class Driver(Protocol):
    """The driver's own connection, for the few queries where a microsecond counts."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any] | Mapping[str, Any]], /) -> Any: ...


def driver_of(connection: Connection) -> Driver:
    """Beneath an open connection of an engine."""
    driver = connection.connection.driver_connection
    assert driver is not None
    return cast(Driver, driver)


def create_engines(file: Path) -> Engines:
    """Engines over `file`, which is made by the first connection of the writer."""
    writer = _engine(file, 1)
    readers = _engine(file, READERS)
    event.listen(writer, "connect", _prepare_writer)
    event.listen(writer, "begin", lambda connection: driver_of(connection).execute("BEGIN IMMEDIATE"))
    event.listen(readers, "connect", _prepare_reader)
    event.listen(readers, "begin", lambda connection: driver_of(connection).execute("BEGIN"))
    return Engines(writer, readers)


def _engine(file: Path, connections: int) -> Engine:
    return create_engine(
        "sqlite://",
        creator=lambda: _connect(file),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_WAIT_SECONDS,
    )


def _connect(file: Path) -> sqlite3.Connection:
    # isolation_level None: transactions begin where the engine says, never inside the driver.
    return sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)


def _prepare(connection: Any) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    # Sorting never spills to a file: what lies in the store must not lie beside it.
    connection.execute("PRAGMA temp_store = MEMORY")


def _prepare_writer(connection: Any, record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    _prepare(connection)


def _prepare_reader(connection: Any, record: object) -> None:
    _prepare(connection)
    connection.execute("PRAGMA query_only = ON")
