"""The one place where a file of the store is opened: the driver, the key, and how every connection behaves.

The file is SQLCipher's: every page of it, of its WAL and of its rollback journal is encrypted and authenticated under
one random key. A connection is the driver's own; nothing here needs SQLAlchemy, so the first page of the queue is
read before that is loaded. `synchronous=FULL`: what was acknowledged survives a power cut. Nothing is created at
import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sqlcipher3 import dbapi2 as driver

__all__ = [
    "Connection",
    "Driver",
    "Error",
    "PageSeal",
    "StoreKey",
    "driver",
    "open_reader",
    "open_still",
    "open_writer",
]

CHANGE = "holding_change"
"""The function that triggers call, on every connection: `holdings.changed_total`."""
_WAIT_SECONDS = 10
_CACHE_KIB = 16 * 1024

if TYPE_CHECKING:
    # The driver has the face of the standard library's, and no types of its own.
    from sqlite3 import Connection, Error
else:
    Connection, Error = driver.Connection, driver.Error


class PageSeal(Enum):
    """What each page is authenticated with, as SQLCipher names it. A file is sealed in one way for as long as it lives,
    and says nowhere which: `key_check` finds out."""

    SHA256 = "HMAC_SHA256"
    SHA512 = "HMAC_SHA512"
    """SQLCipher's own choice, that of stores made before. The other one has instructions of its own in processors."""


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The random 256-bit key of one store. It is never shown, and no password of a person is made of it. `seal` is how
    the file that it opens is sealed; a new file is sealed so."""

    raw: bytes = field(repr=False)
    seal: PageSeal = PageSeal.SHA256

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            raise ValueError("a store's key has 32 bytes")

    @classmethod
    def make(cls) -> StoreKey:
        import secrets

        return cls(secrets.token_bytes(32))


class Driver(Protocol):
    """What a statement runs on: the driver's own connection."""

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any] | Mapping[str, Any]], /) -> Any: ...


def open_writer(file: Path, key: StoreKey, *, make: bool = True) -> Connection:
    """The connection that writes; makes the file if it is not there, or where not `make` raises the driver's error
    (SQLITE_CANTOPEN). To be used from one thread at a time.

    Raises the driver's error (SQLITE_NOTADB) for a file that this key does not open, and leaves it as it is.
    """
    connection = _connect(file if make else _there_already(file), key)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(file: Path, key: StoreKey) -> Connection:
    """A connection that cannot write. To be used from one thread at a time. Raises as `open_writer`."""
    connection = _connect(_there_already(file), key)
    try:
        _prepare(connection)
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def open_still(file: Path, key: StoreKey) -> Connection:
    """A connection that looks at the file as it lies there and changes nothing on the disk: not even a WAL that a crash
    left is read or folded in. Only while nobody else has the store open."""
    return _connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", key)


def _there_already(file: Path) -> str:
    return f"{file.absolute().as_uri()}?mode=rw"


def _connect(file: Path | str, key: StoreKey) -> Connection:
    # isolation_level None: transactions begin where the store says, never inside the driver.
    connection: Connection = driver.connect(
        file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False, uri=isinstance(file, str)
    )
    # What goes wrong is raised; SQLCipher would also write it to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Given raw: there is no password here to be made slow. It cannot be a parameter of the statement.
    connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")
    connection.execute(f"PRAGMA cipher_hmac_algorithm = {key.seal.value}")
    return connection


def _changed_total(total: bytes, kind: str, identity: str, before: bytes | None, after: bytes | None) -> bytes:
    # Digests are needed with the first row that is written.
    from desktop_app.storage.holdings import changed_total

    return changed_total(total, kind, identity, before, after)


def _prepare(connection: Connection) -> None:
    connection.create_function(CHANGE, 5, _changed_total, deterministic=True)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    # Sorting never spills to a file: what lies in the store must not lie beside it.
    connection.execute("PRAGMA temp_store = MEMORY")
