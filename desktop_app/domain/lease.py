"""The lease: for how long a workstation goes on working without having reached the centre (the centre says how long).

What is used up is the time that the device's own clock has passed through since. It only ever grows until the centre
is reached again: a clock that is set back gives nothing back and goes on counting, and one that is set right again
is not counted twice beyond the furthest time that was ever seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

USUAL_DAYS = 14
"""Where the centre has not said otherwise yet."""
WARN_BEFORE = timedelta(days=3)
LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Lease:
    """`used` of `days` is gone. `furthest` and `last` are the furthest and the last time that this device's clock has
    shown since the centre was reached (UTC); `granted` is the centre's time then."""

    days: int
    granted: datetime
    used: timedelta
    furthest: datetime
    last: datetime


class LeaseState(StrEnum):
    """RUNNING_OUT: less than three days are left. LAPSED: nothing but the centre helps."""

    GOOD = "good"
    RUNNING_OUT = "running_out"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class LeaseStands:
    """How a lease stands; `left` is never below zero."""

    state: LeaseState
    left: timedelta


UNBOUND = LeaseStands(LeaseState.GOOD, timedelta(days=LONGEST_DAYS))
"""Of a workstation that has never reached the centre: nobody can have signed in there yet."""


def grant(days: int, granted: datetime, now: datetime) -> Lease:
    """A fresh lease; `granted` is the centre's time, `now` this device's. Days out of bounds are brought into them."""
    return Lease(min(max(days, 1), LONGEST_DAYS), granted, timedelta(0), now, now)


def observe(lease: Lease, now: datetime) -> Lease:
    """The lease after this device's clock has shown `now`."""
    passed = now - lease.furthest if now >= lease.furthest else max(timedelta(0), now - lease.last)
    return replace(lease, used=lease.used + passed, furthest=max(lease.furthest, now), last=now)


def lease_stands(lease: Lease, now: datetime) -> LeaseStands:
    """How it stands at this moment of the device's clock."""
    left = timedelta(days=lease.days) - observe(lease, now).used
    if left <= timedelta(0):
        return LeaseStands(LeaseState.LAPSED, timedelta(0))
    return LeaseStands(LeaseState.RUNNING_OUT if left <= WARN_BEFORE else LeaseState.GOOD, left)
