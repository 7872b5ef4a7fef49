"""The shipped store, that notes on a tape what it was about to commit and what somebody was then told is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.storage.opening import Driver
from desktop_app.storage.store import Store
from desktop_app.storage.writing import ReplicaWrites
from tests.power.tape import Begun, CommandAcknowledged, Committed, Tape

_STATE = (
    "SELECT branch, epoch, reached FROM cursor ORDER BY 1",
    "SELECT branch, epoch, at, reached, done FROM snapshot ORDER BY 1",
    # Triggers keep these sums for every fact that stands in the tables, whoever said it.
    "SELECT branch, kind, held, total FROM holding ORDER BY 1, 2",
    "SELECT sequence, id, state, decided_at FROM command ORDER BY 1",
    "SELECT command_id, dismissed_at FROM refusal ORDER BY 1",
    "SELECT kind, id, branch, body FROM base ORDER BY 1, 2",
    "SELECT id FROM outcome ORDER BY 1",
    "SELECT form, key, saved_at, fields FROM draft ORDER BY 1, 2",
    "SELECT name, next FROM series ORDER BY 1",
    "SELECT name, value FROM setting ORDER BY 1",
    "SELECT branch, status, held FROM queue_count WHERE held <> 0 ORDER BY 1, 2",
    "SELECT id, pending, refused FROM request WHERE pending + refused > 0 ORDER BY 1",
    "SELECT id FROM paper WHERE held ORDER BY 1",
    "SELECT id, length(data) FROM paper_bytes ORDER BY 1",
    "SELECT kind, id, branch FROM gone ORDER BY 1, 2",
)
_GIVEN = "SELECT sequence, id, payload, signature FROM command WHERE sequence > ? ORDER BY sequence"


def state_of(driver: Driver) -> str:
    """All that a store holds, as one digest: the same after the same transactions."""
    return hashlib.sha256(repr([driver.execute(one).fetchall() for one in _STATE]).encode()).hexdigest()


class RecordedStore(Store):
    """`tape` is to be set once it is open. With `hasty`, a bug: a command is acknowledged before it is committed."""

    tape: Tape
    hasty = False
    _told = 0

    def know(self) -> None:
        """What lies in its log was acknowledged before."""
        with self.glancing() as driver:
            (self._told,) = driver.execute("SELECT coalesce(max(sequence), 0) FROM command").fetchone()

    @contextmanager
    def writing(self) -> Iterator[ReplicaWrites]:
        marks = self.tape.entries
        with super().writing() as writes:
            yield writes
            self.tape.states.append(state_of(writes.driver))
            state = len(self.tape.states) - 1
            given = list(writes.driver.execute(_GIVEN, (self._told,)))
            marks.append(Begun(state))
            acknowledged = [CommandAcknowledged(*row) for _, *row in given]
            if self.hasty:
                marks += [Committed(state), *acknowledged]
        if not self.hasty:
            marks += [Committed(state), *acknowledged]
        self._told = given[-1][0] if given else self._told
