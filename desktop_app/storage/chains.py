"""The centre's audit chains as this device has seen them: heads, and entries from where it began to follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.storage.command_log import find_setting
from desktop_app.wire.audit import Entry, Head, SignedHead
from desktop_app.wire.audit_check import Anchor

if TYPE_CHECKING:
    from desktop_app.storage.opening import Driver
    from desktop_app.storage.store import Store

AUDIT_KEY = "audit_key"
_ENTRY = "SELECT branch, position, command_id, previous, record, hash FROM audit_entry"
_KEEP = "INSERT INTO audit_entry (branch, position, command_id, previous, record, hash) VALUES (?, ?, ?, ?, ?, ?)"
_KEEP_HEAD = """
INSERT INTO audit_head (branch, position, epoch, statement, signature) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_BEGIN = """
INSERT INTO audit_start (branch, position, hash) VALUES (?, ?, ?)
ON CONFLICT (branch) DO UPDATE SET position = excluded.position, hash = excluded.hash
"""


class StoreChains:
    """`sync.replica.SeenChains` over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def key(self) -> bytes | None:
        with self._store.glancing() as driver:
            return pinned_key(driver)

    def knows(self, head: Head) -> bool:
        with self._store.glancing() as driver:
            found = driver.execute(
                "SELECT 1 FROM audit_head WHERE branch = ? AND position = ? AND epoch = ?",
                (head.branch, head.position, head.epoch),
            ).fetchone()
        return found is not None and self.hash_at(head.branch, head.position) == bytes.fromhex(head.hash)

    def start(self, branch: int) -> Anchor | None:
        with self._store.glancing() as driver:
            return start_of(driver, branch)

    def tip(self, branch: int) -> Anchor | None:
        with self._store.glancing() as driver:
            last = driver.execute(
                "SELECT position, hash FROM audit_entry WHERE branch = ? ORDER BY position DESC LIMIT 1", (branch,)
            ).fetchone()
            return Anchor(*last) if last is not None else start_of(driver, branch)

    def hash_at(self, branch: int, position: int) -> bytes | None:
        with self._store.glancing() as driver:
            found = driver.execute(
                "SELECT hash FROM audit_entry WHERE branch = ? AND position = ?"
                " UNION SELECT hash FROM audit_start WHERE branch = ? AND position = ?",
                (branch, position, branch, position),
            ).fetchone()
        return found[0] if found is not None else None

    def epochs(self, branch: int) -> frozenset[str]:
        with self._store.glancing() as driver:
            rows = driver.execute("SELECT DISTINCT epoch FROM audit_head WHERE branch = ?", (branch,)).fetchall()
        return frozenset(epoch for (epoch,) in rows)


def pinned_key(driver: Driver) -> bytes | None:
    """The centre's public audit key, as it was first seen here."""
    held = find_setting(driver, AUDIT_KEY)
    return bytes.fromhex(held) if held else None


def start_of(driver: Driver, branch: int) -> Anchor | None:
    """Where this device began to follow a chain."""
    found = driver.execute("SELECT position, hash FROM audit_start WHERE branch = ?", (branch,)).fetchone()
    return Anchor(*found) if found is not None else None


def followed(driver: Driver) -> Sequence[int]:
    """The branches whose chains are followed here."""
    return [branch for (branch,) in driver.execute("SELECT branch FROM audit_start ORDER BY branch").fetchall()]


def entries(driver: Driver, branch: int) -> Iterator[Entry]:
    """The entries kept of a branch, in order, read as they are asked for."""
    for row in driver.execute(f"{_ENTRY} WHERE branch = ? ORDER BY position", (branch,)):
        yield _entry(row)


def find_entry(driver: Driver, command_id: str) -> Entry | None:
    """The entry of a command's outcome, if it has come and been signed for."""
    rows = driver.execute(f"{_ENTRY} WHERE command_id = ? ORDER BY length(record) DESC LIMIT 1", (command_id,))
    found = rows.fetchone()
    return _entry(found) if found is not None else None


def heads(driver: Driver, branch: int) -> Iterator[SignedHead]:
    key = pinned_key(driver) or b""
    for statement, signature in driver.execute(
        "SELECT statement, signature FROM audit_head WHERE branch = ? ORDER BY position", (branch,)
    ):
        yield SignedHead(statement=statement, signature=signature, key=key)


def keep_head(driver: Driver, head: Head, signed: SignedHead) -> None:
    driver.execute(_KEEP_HEAD, (head.branch, head.position, head.epoch, signed.statement, signed.signature))


def keep_entries(driver: Driver, fresh: Iterable[Entry]) -> None:
    driver.executemany(
        _KEEP, [(one.branch, one.position, one.command_id, one.previous, one.record, one.hash) for one in fresh]
    )


def take_back(driver: Driver, branch: int, position: int) -> None:
    """What a restore of the centre has undone, behind `position`. The heads that were signed of it stay."""
    driver.execute("DELETE FROM audit_entry WHERE branch = ? AND position > ?", (branch, position))


def begin(driver: Driver, branch: int, at: Anchor) -> None:
    driver.execute("DELETE FROM audit_entry WHERE branch = ?", (branch,))
    driver.execute(_BEGIN, (branch, at.position, at.hash))


def _entry(row: Sequence[Any]) -> Entry:
    branch, position, command_id, previous, record, chained = row
    return Entry(
        branch=branch, position=position, command_id=command_id, previous=previous, record=record, hash=chained
    )
