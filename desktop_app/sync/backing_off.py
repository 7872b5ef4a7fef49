"""How long to wait before the next try, so that a centre that comes back is not overrun by all at once."""

from __future__ import annotations

from random import Random

FIRST, LONGEST = 1.0, 4.0
"""Seconds. A centre that is back gets all that waits within ten: a try that is under way may take five to fail, and a
round its time. Of a hundred workstations some thirty knock each second, at a few milliseconds each."""


def pause_before(attempt: int, random: Random) -> float:
    """Seconds before try number `attempt` (from 1) after failures: doubled each time up to `LONGEST`, of which a
    random half is taken away."""
    whole = min(LONGEST, FIRST * 2.0 ** min(attempt - 1, 16))
    return whole * (0.5 + random.random() / 2)
