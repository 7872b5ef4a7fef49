"""Tells a failing disk from a bug: SQLite's errors of the environment become the typed errors of the ports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.application.ports.store_trouble import StoreFailedError, StoreInUseError

_FULL = sqlite3.SQLITE_FULL
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BROKEN = (
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
)
_PRIMARY = 0xFF  # the extended codes carry the primary one in their low byte


@contextmanager
def environment_told_apart(place: str) -> Iterator[None]:
    """Raises StoreFailedError or StoreInUseError for what the machine did; lets everything else pass as it is."""
    try:
        yield
    except Exception as error:
        # SQLAlchemy wraps what the driver raised, and keeps it as `orig`.
        cause = getattr(error, "orig", error)
        if not isinstance(cause, sqlite3.Error):
            raise
        code = getattr(cause, "sqlite_errorcode", None)
        primary = code & _PRIMARY if code is not None else None
        if primary == _FULL:
            raise StoreFailedError.full() from error
        if primary in _BUSY:
            raise StoreInUseError(place) from error
        if primary in _BROKEN:
            raise StoreFailedError.broken(getattr(cause, "sqlite_errorname", "unknown")) from error
        raise
