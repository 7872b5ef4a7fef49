"""Seals the store that an earlier version of the program left in the clear, once.

The sealed copy is whole, looked through and on the disk before anything of the old one is touched. From its last name
on, whatever interrupts, the next start goes on forward; before that, it begins anew. Nothing is ever in between.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.application.ports.store_trouble import StoreDamagedError
from desktop_app.storage.key_check import check_key, is_plain
from desktop_app.storage.opening import Connection, StoreKey, open_still, open_writer

_ON_THE_WAY = (".sealed", ".plain", ".plain-wal")
_TABLES = "SELECT name FROM {}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def has_to_be_sealed(file: Path) -> bool:
    """Whether something of a store in the clear lies there. Raises OSError."""
    return is_plain(file) or any(_beside(file, end).exists() for end in _ON_THE_WAY)


def stands_sealed(file: Path) -> bool:
    """Whether a store lies there, or is on its way there, that some key was made for. Raises OSError."""
    return _beside(file, ".sealed").exists() or (file.exists() and not is_plain(file))


def seal_store(file: Path, key: StoreKey, wipe: Callable[[Path], None]) -> None:
    """Seals the store under `key`; harmless where it is sealed. `wipe` takes a file away with what was in it.

    Nobody else may have it open. Raises StoreDamagedError for a copy that is not what was copied, as `check_key`,
    OSError, or the driver's error; the store in the clear is then as it was.
    """
    sealed, plain, plain_log = (_beside(file, end) for end in _ON_THE_WAY)
    if sealed.exists():
        check_key(sealed, key)
    elif is_plain(file):
        _copy(file, key).replace(sealed)
        _sync(file.parent)
    if sealed.exists():
        log = _beside(file, "-wal")
        # Moved while the file is the old one: beside the new one it would be another store's.
        if log.exists():
            log.replace(plain_log)
        if file.exists():
            file.replace(plain)
        _sync(file.parent)
        sealed.replace(file)
        _sync(file.parent)
    wipe(plain)
    wipe(plain_log)


def _copy(file: Path, key: StoreKey) -> Path:
    """The sealed copy under a name that promises nothing."""
    copy = _beside(file, ".sealing")
    for left in (copy, _beside(copy, "-wal"), _beside(copy, "-shm"), _beside(copy, "-journal")):
        left.unlink(missing_ok=True)
    with _both(file, open_writer(copy, key)) as connection:
        # The order of the tables is not that of their references.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("SELECT sqlcipher_export('main', 'plain')")
        (version,) = connection.execute("PRAGMA plain.user_version").fetchone()
        connection.execute(f"PRAGMA main.user_version = {version}")
        # Closing would do it too, and would not say that it could not: the copy is what lies in this one file.
        connection.execute("PRAGMA main.wal_checkpoint(PASSIVE)").fetchone()
    with _both(file, open_still(copy, key)) as connection:
        _compare(connection)
    _beside(file, "-shm").unlink(missing_ok=True)
    with copy.open("rb") as made:
        os.fsync(made.fileno())
    return copy


@contextmanager
def _both(file: Path, connection: Connection) -> Iterator[Connection]:
    """The copy, with the store in the clear as `plain` beside it: read alone, so that what a crash left in its WAL is
    read with it and stays where it is."""
    try:
        connection.execute("ATTACH ? AS plain KEY ''", (f"{file.absolute().as_uri()}?mode=ro",))
        yield connection
        connection.execute("DETACH plain")
    finally:
        connection.close()


def _compare(connection: Connection) -> None:
    said = connection.execute("PRAGMA main.integrity_check").fetchall()
    if said != [("ok",)]:
        raise StoreDamagedError(str(said[0][0]))
    names = [[name for (name,) in connection.execute(_TABLES.format(side))] for side in ("main", "plain")]
    if names[0] != names[1]:
        raise StoreDamagedError("tables are missing from the copy")
    for name in names[0]:
        here, there = (
            connection.execute(f'SELECT count(*) FROM {side}."{name}"').fetchone() for side in ("main", "plain")
        )
        if here != there:
            raise StoreDamagedError(f"rows of {name} are missing from the copy")


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(f"{file.name}{ending}")


def _sync(folder: Path) -> None:
    """What was renamed is on the disk. Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
