"""What the status bar and the sync page are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop_app.sync.tally import NOT_YET, Care

if TYPE_CHECKING:
    from desktop_app.sync.progress import Bootstrap


class SyncState(StrEnum):
    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    WORKING_OFFLINE = "working_offline"
    REFUSED = "refused"
    """The centre lets this person or device in no more, or what came from it is not to be trusted: nothing is
    exchanged until somebody has seen to it. Commands that it refused are `SyncStatus.refused`."""


CLOCK = "clock"
"""The `trouble` of a workstation whose clock is not the centre's."""
TOO_OLD, TOO_NEW = "too_old", "too_new"
"""The `trouble` of a program older or newer than what the centre takes: `wire.versions.Standing`, by its values."""


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What the status bar and the sync page show. Counts are commands; `trouble` is the environment's, if any.

    `waiting` have not reached the centre, `sent` lie in its inbox undecided, `confirmed` were accepted and are still
    kept here, `refused` lie in the conflict inbox. Times are UTC. `bootstrap` is there while this workstation takes
    over what the centre holds; `care` says when both sides were compared, and with what result.
    """

    state: SyncState
    last_contact: datetime | None
    waiting: int
    sent: int
    confirmed: int
    refused: int
    next_try: datetime | None = None
    trouble: str = ""
    bootstrap: Bootstrap | None = None
    care: Care = NOT_YET
