"""What the log of commands and the settings say, read on the driver alone: needed before anything else is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.sync.tally import Care, Tally

if TYPE_CHECKING:
    from desktop_app.storage.opening import Driver
    from desktop_app.sync.replica import PendingCommand

WAITING, SENT = "waiting", "sent"
"""The states of a pending command: not yet in the centre's inbox, and there undecided."""
CONFIRMED, REFUSED = "confirmed", "refused"
EPOCH, LAST_CONTACT = "epoch", "last_contact"
COMPARED, MENDED, HISTORY = "compared_at", "mended", "history_disagrees"
UNSETTLED = (
    "SELECT outcome.body FROM command JOIN outcome ON outcome.id = command.id"
    f" WHERE command.state IN ('{WAITING}', '{SENT}') ORDER BY command.sequence"
)
"""The outcomes that have come of pending commands."""


def find_setting(driver: Driver, name: str) -> str | None:
    """What this device knows of itself under `name`."""
    found = driver.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchall()
    return found[0][0] if found else None


def commands(driver: Driver, states: Sequence[str], limit: int | None = None) -> tuple[PendingCommand, ...]:
    """Commands of this device in these states, in the order they were given."""
    from desktop_app.sync.replica import PendingCommand
    from desktop_app.wire.envelope import Signed

    found = driver.execute(
        "SELECT sequence, id, request_id, payload, signature FROM command"
        f" WHERE state IN ({', '.join('?' * len(states))}) ORDER BY sequence LIMIT ?",
        (*states, -1 if limit is None else limit),
    )
    return tuple(
        PendingCommand(sequence, command_id, request_id, Signed(payload=payload, signature=signature))
        for sequence, command_id, request_id, payload, signature in found
    )


def tally(driver: Driver) -> Tally:
    """How many commands there are of each kind."""
    held: dict[str, int] = dict(driver.execute("SELECT state, count(*) FROM command GROUP BY state").fetchall())
    contact = find_setting(driver, LAST_CONTACT)
    return Tally(
        waiting=held.get(WAITING, 0),
        sent=held.get(SENT, 0),
        confirmed=held.get(CONFIRMED, 0),
        refused=count_refused(driver),
        last_contact=datetime.fromisoformat(contact) if contact else None,
        care=_care(driver),
    )


def _care(driver: Driver) -> Care:
    compared, mended, history = (find_setting(driver, name) for name in (COMPARED, MENDED, HISTORY))
    mended_at, _, count = (mended or "").partition(" ")
    return Care(
        compared_at=datetime.fromisoformat(compared) if compared else None,
        mended_at=datetime.fromisoformat(mended_at) if mended_at else None,
        mended=int(count or 0),
        history=int(history or 0),
    )


def count_refused(driver: Driver) -> int:
    """How many commands lie in the conflict inbox."""
    found: int = driver.execute("SELECT count(*) FROM refusal WHERE dismissed_at IS NULL").fetchone()[0]
    return found
