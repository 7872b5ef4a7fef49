"""Tells a failing disk from a bug: SQLite's errors of the environment become the typed errors of the ports."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop_app.application.ports.store_trouble import StoreDamagedError, StoreFailedError, StoreInUseError
from desktop_app.storage.opening import driver

_FULL = driver.SQLITE_FULL
_BUSY = (driver.SQLITE_BUSY, driver.SQLITE_LOCKED)
_BROKEN = (
    driver.SQLITE_IOERR,
    driver.SQLITE_CANTOPEN,
    driver.SQLITE_READONLY,
    driver.SQLITE_PERM,
)
_DAMAGED = (driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB)
_LEAST_ROOM = 128 * 1024  # bytes: the shared memory of a WAL and a few pages
_PRIMARY = 0xFF  # the extended codes carry the primary one in their low byte


def _is_full(place: str) -> bool:
    try:
        return shutil.disk_usage(Path(place).parent).free < _LEAST_ROOM
    except OSError:
        return False


class environment_told_apart:  # noqa: N801 - read as a word of the language, as `suppress`
    """Raises StoreFailedError or StoreInUseError for what the machine did; lets everything else pass as it is."""

    # No generator: a round enters this a dozen times.
    __slots__ = ("_place",)

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        # SQLAlchemy wraps what the driver raised, and keeps it as `orig`.
        cause = getattr(error, "orig", error)
        if not isinstance(cause, driver.Error):
            return
        code = getattr(cause, "sqlite_errorcode", None)
        primary = code & _PRIMARY if code is not None else None
        if primary == _FULL:
            raise StoreFailedError.full() from error
        if primary in _BUSY:
            raise StoreInUseError(self._place) from error
        if primary in _BROKEN and _is_full(self._place):
            # Where not even the memory shared by connections can be laid out, SQLite speaks of another failure.
            raise StoreFailedError.full() from error
        named = getattr(cause, "sqlite_errorname", "unknown")
        if primary in _DAMAGED:
            raise StoreDamagedError(named) from error
        if primary in _BROKEN:
            raise StoreFailedError.broken(named) from error
