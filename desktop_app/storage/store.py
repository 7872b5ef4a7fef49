"""The workstation's store: one file, one transaction at a time that writes, readers beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from desktop_app.storage import command_log, migrate
from desktop_app.storage.connections import Connections
from desktop_app.storage.key_check import check_key
from desktop_app.storage.trouble import environment_told_apart

if TYPE_CHECKING:
    from desktop_app.storage.chains import StoreChains
    from desktop_app.storage.holdings import StoreHeld
    from desktop_app.storage.opening import Driver, StoreKey
    from desktop_app.storage.reading import ReplicaReads
    from desktop_app.storage.writing import ReplicaWrites
    from desktop_app.sync.replica import PendingCommand, SnapshotHeld
    from desktop_app.sync.tally import Tally


class Store:
    """`sync.replica.Replica` and `application.ports.replica.CommandReplica` over one SQLCipher file.

    Safe to use from any thread. Whoever opens it holds the lock of its folder (`system.store_lock`).
    Every method may raise StoreFailedError; then nothing was half-saved.
    """

    def __init__(self, file: Path, connections: Connections) -> None:
        self._file = file
        self._connections = connections
        self._one_writer = threading.Lock()

    @classmethod
    def open(cls, file: Path, key: StoreKey) -> Self:
        """Opens the store in `file` with its key, or makes it there, and brings its schema up to date.

        Raises WrongStoreKeyError, StoreIsPlainError, StoreFailedError (StoreDamagedError among them), StoreInUseError
        or StoreIsNewerError; the file is then as it was.
        """
        with environment_told_apart(str(file)):
            connections = Connections(file, check_key(file, key))
            try:
                with connections.looking() as driver:
                    stands = migrate.current_step(driver)
                if stands != migrate.HEAD:
                    with connections.changing() as connection:
                        migrate.bring_up_to_date(connection, str(file))
            except BaseException:
                connections.dispose()
                raise
        return cls(file, connections)

    def close(self) -> None:
        with self._one_writer:
            self._connections.dispose()

    @contextmanager
    def writing(self) -> Iterator[ReplicaWrites]:
        """One transaction: durable when the block ends, undone if it raises. Not to be nested."""
        from desktop_app.storage.writing import ReplicaWrites

        with self._one_writer, environment_told_apart(str(self._file)), self._connections.writing() as driver:
            yield ReplicaWrites(driver)

    @contextmanager
    def reading(self) -> Iterator[ReplicaReads]:
        """One moment of the store, however long the block reads."""
        from desktop_app.storage.reading import ReplicaReads

        with self.glancing() as driver:
            yield ReplicaReads(driver)

    @contextmanager
    def glancing(self, *, once: bool = False) -> Iterator[Driver]:
        """As `reading`, on the driver's own connection, for what needs none of the domain; `once` for one statement
        that is read to its end."""
        with environment_told_apart(str(self._file)), self._connections.reading(once=once) as driver:
            yield driver

    def epoch(self) -> str | None:
        return self.find_setting(command_log.EPOCH)

    def cursors(self) -> Mapping[int, int]:
        with self.glancing(once=True) as driver:
            return dict(driver.execute("SELECT branch, reached FROM cursor").fetchall())

    def snapshots(self) -> Mapping[int, SnapshotHeld]:
        from desktop_app.storage import snapshots

        with self.glancing(once=True) as driver:
            return snapshots.held(driver)

    def waiting(self, limit: int) -> Sequence[PendingCommand]:
        with self.glancing(once=True) as driver:
            return command_log.commands(driver, (command_log.WAITING,), limit)

    def has_unsettled(self) -> bool:
        with self.glancing(once=True) as driver:
            return bool(driver.execute(f"{command_log.UNSETTLED} LIMIT 1").fetchall())

    def tally(self) -> Tally:
        with self.glancing() as driver:
            return command_log.tally(driver)

    def missing_papers(self, limit: int) -> Sequence[str]:
        with self.glancing(once=True) as driver:
            missing = driver.execute("SELECT id FROM paper WHERE held = 0 ORDER BY at DESC LIMIT ?", (limit,))
            return [digest for (digest,) in missing]

    @property
    def held(self) -> StoreHeld:
        from desktop_app.storage.holdings import StoreHeld

        return StoreHeld(self)

    @property
    def chains(self) -> StoreChains:
        from desktop_app.storage.chains import StoreChains

        return StoreChains(self)

    def find_setting(self, name: str) -> str | None:
        """What this device knows of itself under `name`."""
        with self.glancing(once=True) as driver:
            return command_log.find_setting(driver, name)

    def set_setting(self, name: str, value: str) -> None:
        with self.writing() as writes:
            writes.set_setting(name, value)
