"""Whether a key opens a store, found out before anything is opened in earnest.

SQLite folds the WAL of a crash into the file when the last connection closes, be its key right or wrong: a refusal
that came from there would have changed all three files. So the first look is at the file as it lies, and what a
crash may have left half-written is tried on a copy (which is as encrypted as the file).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.application.ports.store_trouble import StoreDamagedError, StoreIsPlainError, WrongStoreKeyError
from desktop_app.storage.opening import Connection, Error, PageSeal, StoreKey, driver, open_still, open_writer

_PLAIN = b"SQLite format 3\x00"
_PAGE = 4096
"""SQLCipher's, and the size of the smallest store."""


def is_plain(file: Path) -> bool:
    """Whether the file begins as a store in the clear does. Raises OSError."""
    try:
        with file.open("rb") as begun:
            return begun.read(len(_PLAIN)) == _PLAIN
    except FileNotFoundError:
        return False


def check_key(file: Path, key: StoreKey) -> StoreKey:
    """The key as it opens the file, whichever way that is sealed; the same where there is no store yet. Nobody else may
    have it open.

    Raises StoreIsPlainError, WrongStoreKeyError, StoreDamagedError, OSError, or the driver's error.
    """
    if is_plain(file):
        raise StoreIsPlainError(str(file))
    if not file.exists() or not file.stat().st_size:
        return key
    keys = [key, *(replace(key, seal=seal) for seal in PageSeal if seal is not key.seal)]
    for opens in (_opens, _opens_with_its_log):
        for one in keys:
            if opens(file, one):
                return one
    raise _why(file, keys)


def _opens(file: Path, key: StoreKey) -> bool:
    return _readable(open_still(file, key))


def _opens_with_its_log(file: Path, key: StoreKey) -> bool:
    """A power cut while the WAL was folded in leaves pages half-written here and whole there."""
    log = Path(f"{file}-wal")
    if not log.exists() or not log.stat().st_size:
        return False
    import shutil
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="tajzia-") as folder:
        copy = Path(shutil.copy(file, folder))
        shutil.copy(log, folder)
        try:
            return _readable(open_writer(copy, key))
        except driver.DatabaseError as error:
            return _refused(error)


def _readable(connection: Connection) -> bool:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        return _refused(error)
    finally:
        connection.close()
    return True


def _refused(error: Error) -> bool:
    """False for what a wrong key or a damaged page says. Raises everything else."""
    if error.sqlite_errorcode & 0xFF not in (driver.SQLITE_NOTADB, driver.SQLITE_CORRUPT):
        raise error
    return False


def _why(file: Path, keys: Sequence[StoreKey]) -> OSError:
    """A wrong key opens no page; of a damaged file the right one opens some, or it has no whole number of pages. Reads
    the whole file."""
    pages, over = divmod(file.stat().st_size, _PAGE)
    wrong = min(_unreadable_pages(file, key) for key in keys)
    if over or wrong < pages:
        return StoreDamagedError(f"{wrong} of {pages} pages cannot be read")
    return WrongStoreKeyError(str(file))


def _unreadable_pages(file: Path, key: StoreKey) -> int:
    still = open_still(file, key)
    try:
        return len(still.execute("PRAGMA cipher_integrity_check").fetchall())
    finally:
        still.close()
