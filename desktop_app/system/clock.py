"""The machine's clock, the only one that is asked what time it is."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """`application.ports.clock.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)
