"""The one place where a file of the store is opened: the driver, and how every connection behaves.

A connection is the driver's own; nothing here needs SQLAlchemy, so the first page of the queue is read before that is
loaded. `synchronous=FULL`: what was acknowledged survives a power cut. Nothing is created at import.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from desktop_app.storage.holdings import CHANGE, changed_total

_WAIT_SECONDS = 10
_CACHE_KIB = 16 * 1024


Connection = sqlite3.Connection
Error = sqlite3.Error
"""What the driver raises."""


class Driver(Protocol):
    """What a statement runs on: the driver's own connection."""

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any] | Mapping[str, Any]], /) -> Any: ...


def open_writer(file: Path) -> Connection:
    """The connection that writes; makes the file if it is not there. To be used from one thread at a time."""
    connection = _connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    _prepare(connection)
    return connection


def open_reader(file: Path) -> Connection:
    """A connection that cannot write. To be used from one thread at a time."""
    connection = _connect(file)
    _prepare(connection)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(file: Path) -> Connection:
    # isolation_level None: transactions begin where the store says, never inside the driver.
    return sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)


def _prepare(connection: Connection) -> None:
    connection.create_function(CHANGE, 5, changed_total, deterministic=True)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    # Sorting never spills to a file: what lies in the store must not lie beside it.
    connection.execute("PRAGMA temp_store = MEMORY")
