"""A connection that notices when nobody is there any more.

A line can be half-open: the other end, or something in between, has forgotten the connection and tells nobody.
TCP finds out late (what was sent is repeated at ever longer intervals) or never (a middlebox goes on confirming). So
whoever waits here for an answer gives up when nothing at all has moved for `SILENCE` seconds. A slow line is no dead
one: every byte that comes or goes begins the wait anew.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg import Connection
from psycopg.abc import PQGen
from psycopg.waiting import Ready, Wait

RV = TypeVar("RV")

SILENCE = 6.0
"""Seconds. Longer than `submit` may wait for another's lock at the centre (`lock_timeout`, 5 s); so short that a queue
is empty within ten seconds after the line has healed."""


class AttentiveConnection(Connection[Any]):
    """As its base; a call ends with psycopg.OperationalError, and the connection with it, after `SILENCE`."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        # With a timeout of its own somebody waits for news, and expects silence.
        return super().wait(gen if timeout is not None else self._not_forever(gen), interval, timeout)

    def _not_forever(self, gen: PQGen[RV]) -> Generator[Wait, Ready | int, RV]:
        moved = monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    moved = monotonic()
                elif monotonic() - moved > SILENCE:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"no word from the centre for {SILENCE:g} s")
                wanted = gen.send(ready)
        except StopIteration as end:
            answer: RV = end.value
            return answer
