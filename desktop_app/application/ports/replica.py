"""The workstation's store as the use-cases see it: reads, and one transaction that writes. `storage` answers."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from desktop_app.application.ports.facts import Facts

if TYPE_CHECKING:
    from desktop_app.domain.deciding import Outcome
    from desktop_app.wire.envelope import Envelope, Signed


class ReplicaReading(Facts, Protocol):
    """One read transaction: everything read in it stood at the same moment."""

    def peek_series(self, series: str) -> int:
        """The next number of a series of this device, from 1, without using it up."""


class ReplicaWriting(ReplicaReading, Protocol):
    """One write transaction: all of it is stored durably when the block ends, or none of it."""

    def take_from_series(self, series: str, wanted: int = 0) -> int:
        """Uses up a number of a series of this device: `wanted` if nothing has used it yet, else the next one."""

    def append(self, envelope: Envelope, signed: Signed) -> None:
        """Puts a command at the end of the pending log."""

    def apply(self, outcome: Outcome) -> None:
        """Lays the effect of an accepted decision on top of what the centre says."""

    def dismiss(self, command_id: str, reason: str, by: str, at: datetime) -> None:
        """Takes a refused command out of the conflict inbox, and keeps it. Raises KeyError for one not there."""


class CommandReplica(Protocol):
    """The store behind the command desk. Raises StoreFailedError when the disk fails."""

    def reading(self) -> AbstractContextManager[ReplicaReading]: ...

    def writing(self) -> AbstractContextManager[ReplicaWriting]: ...
