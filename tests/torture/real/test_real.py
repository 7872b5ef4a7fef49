"""Real processes, a real PostgreSQL, a line that fails, and kill -9: what was acknowledged is never lost, and every
queue is empty soon after healing."""

from __future__ import annotations

from tests.torture.real.campaign import DRAINED_WITHIN, torture

KILLS = 20


def test_kills_and_a_failing_line_lose_nothing() -> None:
    came = torture(KILLS, seed=7)
    assert came.well, came.told
    assert came.kills == KILLS
    assert came.worst_drain_s <= DRAINED_WITHIN
    assert came.steps > KILLS
