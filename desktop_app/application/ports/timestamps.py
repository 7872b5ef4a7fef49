"""The way to a time-stamping authority, and what came of asking it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop_app.application.ports.papers import PaperStamper


class TimestampTroubleError(OSError):
    """The authority could not be reached, or did not answer in time. The text says why, and no secret."""


class TimestampLine(Protocol):
    def ask(self, request: bytes) -> bytes:
        """The authority's answer to an RFC 3161 request, within a bounded time. Raises TimestampTroubleError."""


class RevocationLine(Protocol):
    def fetch(self, place: str) -> bytes:
        """What lies at this address, within a bounded time and size. Raises TimestampTroubleError."""


@dataclass(frozen=True, slots=True)
class StampCounts:
    """How many papers were signed with a timestamp and without since the last time, and how many of those with one have
    evidence of its authority, too (`lasting`). `trouble` is why the last one has no timestamp, `evidence_trouble` why
    papers have no evidence; "" where they have."""

    stamped: int
    unstamped: int
    trouble: str
    lasting: int = 0
    evidence_trouble: str = ""

    @property
    def any(self) -> bool:
        return self.stamped + self.unstamped > 0


class CountingStamper(PaperStamper, Protocol):
    """One that knows what came of it."""

    def take_counts(self) -> StampCounts:
        """Since it was last asked."""

    def start(self) -> None:
        """Before the first paper: learns whose the timestamps will be, and from here on keeps what vouches for them."""

    def stop(self) -> None: ...


class StampBook(Protocol):
    """Where an administrator finds it."""

    def note(self, counts: StampCounts, at: datetime) -> None:
        """May raise CentreTroubleError."""
