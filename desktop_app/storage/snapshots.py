"""The snapshots that are being taken over: how far each is, beside the cursors of the feeds."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.storage.opening import Driver
from desktop_app.sync.replica import SnapshotHeld
from desktop_app.wire.snapshot import SnapshotStart

_BEGIN = """
INSERT INTO snapshot (branch, epoch, at, reached, done, total) VALUES (?, ?, ?, 0, 0, ?)
ON CONFLICT (branch) DO UPDATE SET epoch = excluded.epoch, at = excluded.at, reached = 0, done = 0,
    total = excluded.total
"""


def begin(driver: Driver, start: SnapshotStart) -> None:
    driver.execute(_BEGIN, (start.branch, start.epoch, start.at, start.total))


def advance(driver: Driver, branch: int, after: int, reached: int, came: int) -> bool:
    """False when it does not stand at `after`."""
    done = driver.execute(
        "UPDATE snapshot SET reached = ?, done = done + ? WHERE branch = ? AND reached = ?",
        (reached, came, branch, after),
    )
    return bool(done.rowcount)


def end(driver: Driver, branch: int) -> None:
    driver.execute("DELETE FROM snapshot WHERE branch = ?", (branch,))


def held(driver: Driver) -> Mapping[int, SnapshotHeld]:
    rows = driver.execute("SELECT branch, epoch, at, reached, done, total FROM snapshot")
    return {row[0]: SnapshotHeld(*row) for row in rows}
