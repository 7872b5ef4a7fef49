"""Papers that wait for their signature: what signs could not be reached when they were ordered, and nothing else waits
with them. They are drawn in the order in which they were ordered, as of the moment in which they are drawn."""

from __future__ import annotations

import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from desktop_app.application.papers import DrawingDesk, stored_paper_fact
from desktop_app.application.ports.centre import CentreWork
from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.key_token import SigningUnavailableError
from desktop_app.domain.deciding import PaperOrder
from desktop_app.wire.audit import Cause, What

_log = structlog.get_logger(__name__)

_LOOK_AGAIN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """`place` is its place in the row, `since` when it was ordered (UTC)."""

    place: int
    order: PaperOrder
    branch: int
    since: datetime


class WaitingWork(CentreWork, Protocol):
    """One transaction; see `CentreWork`."""

    def next_waiting_paper(self) -> WaitingPaper | None:
        """The one that was ordered first, of those that were not set aside."""

    def settle_waiting_paper(self, place: int) -> None:
        """It is drawn, or needed no more."""

    def set_waiting_paper_aside(self, place: int, reference: str) -> None:
        """It cannot be drawn: a person looks at it, and the others go on."""


class WaitingStore(Protocol):
    def work(self) -> AbstractContextManager[WaitingWork]: ...


class LatePapers:
    """Not safe across threads."""

    def __init__(self, store: WaitingStore, desk: DrawingDesk, clock: Clock) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock
        self._not_before: datetime | None = None

    def draw_what_waits(self) -> int:
        """Draws what can be signed by now; returns how many papers there are more. May be called often. Raises
        CentreTroubleError."""
        now = self._clock.now()
        if self._not_before is not None and now < self._not_before <= now + _LOOK_AGAIN:
            return 0
        count = 0
        try:
            while self._draw_next():
                count += 1
        except SigningUnavailableError as why:
            self._not_before = now + _LOOK_AGAIN
            _log.warning("papers wait for their signature", trouble=str(why))
        return count

    def _draw_next(self) -> bool:
        waiting: WaitingPaper | None = None
        try:
            with self._store.work() as work:
                waiting = work.next_waiting_paper()
                if waiting is None:
                    return False
                now = self._clock.now()
                content = self._desk.draw_late(waiting.order, now, work)
                work.settle_waiting_paper(waiting.place)
                if content is not None:
                    fact = stored_paper_fact(work, waiting.order, content, waiting.branch, now)
                    work.put((fact,), Cause(what=What.DRAWN, request_id=waiting.order.request_id))
        except OSError:
            raise
        except Exception:
            if waiting is None:
                raise
            reference = secrets.token_hex(4).upper()
            _log.exception("a paper that waited cannot be drawn", reference=reference)
            with self._store.work() as work:
                work.set_waiting_paper_aside(waiting.place, reference)
        return True
