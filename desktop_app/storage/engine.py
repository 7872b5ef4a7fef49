"""SQLAlchemy's engines over the connections of `opening`.

One connection writes, a few read beside it (WAL). Nothing is created at import.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from desktop_app.storage.opening import Driver, open_reader, open_writer

__all__ = ["Driver", "Engines", "create_engines", "driver_of"]

READERS = 8
_WAIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Engines:
    """`writer` has one connection and begins by taking the write lock; `readers` cannot write."""

    writer: Engine
    readers: Engine

    def dispose(self) -> None:
        self.readers.dispose()
        self.writer.dispose()


def driver_of(connection: Connection) -> Driver:
    """Beneath an open connection of an engine."""
    driver = connection.connection.driver_connection
    assert driver is not None
    return cast(Driver, driver)


def create_engines(file: Path) -> Engines:
    """Engines over `file`, which is made by the first connection of the writer."""
    writer = _engine(lambda: open_writer(file), 1)
    readers = _engine(lambda: open_reader(file), READERS)
    event.listen(writer, "begin", lambda connection: driver_of(connection).execute("BEGIN IMMEDIATE"))
    event.listen(readers, "begin", lambda connection: driver_of(connection).execute("BEGIN"))
    return Engines(writer, readers)


def _engine(opened: Callable[[], sqlite3.Connection], connections: int) -> Engine:
    return create_engine(
        "sqlite://",
        creator=opened,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_WAIT_SECONDS,
    )
