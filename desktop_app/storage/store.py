"""The workstation's store: one file, one transaction at a time that writes, readers beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

from desktop_app.storage.engine import Driver, Engines, create_engines
from desktop_app.storage.migrate import bring_up_to_date
from desktop_app.storage.reading import SENT, WAITING, ReplicaReads, commands, find_setting
from desktop_app.storage.trouble import environment_told_apart
from desktop_app.storage.writing import CONFIRMED, EPOCH, LAST_CONTACT, UNSETTLED, ReplicaWrites
from desktop_app.sync.replica import PendingCommand, Tally


class Store:
    """`sync.replica.Replica` and `application.ports.replica.CommandReplica` over one SQLite file.

    Safe to use from any thread. Whoever opens it holds the lock of its folder (`system.store_lock`).
    Every method may raise StoreFailedError; then nothing was half-saved.
    """

    def __init__(self, file: Path, engines: Engines) -> None:
        self._file = file
        self._engines = engines
        self._one_writer = threading.Lock()

    @classmethod
    def open(cls, file: Path) -> Store:
        """Opens the store in `file`, or makes it there, and brings its schema up to date.

        Raises StoreFailedError, StoreInUseError, or StoreIsNewerError; the file is then as it was.
        """
        engines = create_engines(file)
        try:
            with environment_told_apart(str(file)), engines.writer.begin() as connection:
                bring_up_to_date(connection, str(file))
        except BaseException:
            engines.dispose()
            raise
        return cls(file, engines)

    def close(self) -> None:
        with self._one_writer:
            self._engines.dispose()

    @contextmanager
    def writing(self) -> Iterator[ReplicaWrites]:
        """One transaction: durable when the block ends, undone if it raises. Not to be nested."""
        with self._one_writer, environment_told_apart(str(self._file)), self._engines.writer.begin() as connection:
            yield ReplicaWrites(connection)

    @contextmanager
    def reading(self) -> Iterator[ReplicaReads]:
        """One moment of the store, however long the block reads."""
        with environment_told_apart(str(self._file)), self._engines.readers.begin() as connection:
            yield ReplicaReads(connection)

    @contextmanager
    def glancing(self) -> Iterator[Driver]:
        """As `reading`, on the driver's own connection: a tenth of the cost before the first row is read."""
        with environment_told_apart(str(self._file)):
            held = self._engines.readers.raw_connection()
            try:
                driver = cast(Driver, held.driver_connection)
                driver.execute("BEGIN")
                try:
                    yield driver
                finally:
                    driver.execute("ROLLBACK")
            finally:
                held.close()

    def epoch(self) -> str | None:
        return self.find_setting(EPOCH)

    def cursors(self) -> Mapping[int, int]:
        with self.glancing() as driver:
            return dict(driver.execute("SELECT branch, reached FROM cursor").fetchall())

    def waiting(self, limit: int) -> Sequence[PendingCommand]:
        with self.glancing() as driver:
            return commands(driver, (WAITING,), limit)

    def has_unsettled(self) -> bool:
        with self.glancing() as driver:
            return driver.execute(f"{UNSETTLED} LIMIT 1").fetchone() is not None

    def tally(self) -> Tally:
        with self.glancing() as driver:
            held: dict[str, int] = dict(driver.execute("SELECT state, count(*) FROM command GROUP BY state").fetchall())
            contact = find_setting(driver, LAST_CONTACT)
            (refused,) = driver.execute("SELECT count(*) FROM refusal WHERE dismissed_at IS NULL").fetchone()
            return Tally(
                waiting=held.get(WAITING, 0),
                sent=held.get(SENT, 0),
                confirmed=held.get(CONFIRMED, 0),
                refused=refused,
                last_contact=datetime.fromisoformat(contact) if contact else None,
            )

    def missing_papers(self, limit: int) -> Sequence[str]:
        with self.glancing() as driver:
            missing = driver.execute("SELECT id FROM paper WHERE held = 0 ORDER BY at DESC LIMIT ?", (limit,))
            return [digest for (digest,) in missing]

    def find_setting(self, name: str) -> str | None:
        """What this device knows of itself under `name`."""
        with self.glancing() as driver:
            return find_setting(driver, name)

    def set_setting(self, name: str, value: str) -> None:
        with self.writing() as writes:
            writes.set_setting(name, value)
