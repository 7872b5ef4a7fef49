"""Watches the lease of this workstation: what its clock has passed through, and whether work may go on."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Protocol

from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.store_trouble import LeaseLapsedError
from desktop_app.domain.lease import UNBOUND, Lease, LeaseStands, LeaseState, grant, lease_stands, observe

_WORTH_KEEPING = timedelta(seconds=30)
_WORTH_RENEWING = timedelta(hours=1)


class LeaseShelf(Protocol):
    """Where the lease lies between two runs. Raises StoreFailedError."""

    def find_lease(self) -> Lease | None: ...

    def keep_lease(self, lease: Lease) -> None: ...


class LeaseWatch:
    """`application.workplace.Leased`. Safe to use from any thread; every method may block for the disk."""

    def __init__(self, shelf: LeaseShelf, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock
        self._one_at_a_time = threading.Lock()

    def look(self) -> LeaseStands:
        """Looks at the clock, keeps what it says, and tells how the lease stands now."""
        now = self._clock.now()
        with self._one_at_a_time:
            lease = self._shelf.find_lease()
            if lease is None:
                return UNBOUND
            seen = observe(lease, now)
            if seen.used - lease.used >= _WORTH_KEEPING or now < lease.last:
                self._shelf.keep_lease(seen)
            return lease_stands(seen, now)

    def check(self) -> None:
        """Raises LeaseLapsedError."""
        if self.look().state is LeaseState.LAPSED:
            raise LeaseLapsedError

    def renew(self, days: int, granted: datetime) -> None:
        """The centre has answered: it was `granted` there, and it gives `days`."""
        now = self._clock.now()
        with self._one_at_a_time:
            before = self._shelf.find_lease()
            fresh = grant(days, granted, now)
            # Every round comes by here: the disk is asked for something only when it makes a difference.
            if before is None or before.days != fresh.days or observe(before, now).used >= _WORTH_RENEWING:
                self._shelf.keep_lease(fresh)
