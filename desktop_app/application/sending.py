"""Sends what waits in the outbox: the attempt is written down before the gateway is spoken to, its answer after.

So whatever ends this process in between leaves an attempt without an answer, which nobody takes for a failed one. What
may be done about it stands in `domain/delivery.py`.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog

from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.outbox import Answered, Attempt, NoticeGateway, Outbox
from desktop_app.domain.delivery import GIVE_UP_AFTER, Answer, next_try

_log = structlog.get_logger(__name__)


class Sender:
    """Several may work at the same time, in one process or many. `chance` gives numbers from 0 to 1, which spread the
    tries."""

    def __init__(self, outbox: Outbox, gateway: NoticeGateway, clock: Clock, chance: Callable[[], float]) -> None:
        self._outbox = outbox
        self._gateway = gateway
        self._clock = clock
        self._chance = chance

    def send_due(self, go_on: Callable[[], bool] = lambda: True) -> tuple[int, bool]:
        """Tries each notice that is due once, until `go_on` says no; returns how many tries there were, and whether the
        gateway has trouble that the next notice would meet as well. Raises CentreTroubleError."""
        self._outbox.end_silent(self._clock.now(), knows_ids=self._gateway.knows_ids)
        count, trouble = 0, False
        while go_on() and not trouble:
            attempt = self._outbox.claim(self._gateway.name, self._clock.now(), self._gateway.lease)
            if attempt is None:
                break
            trouble = self._try(attempt)
            count += 1
        self._outbox.show()
        return count, trouble

    def _try(self, attempt: Attempt) -> bool:
        try:
            answered = self._gateway.send(attempt)
        except Exception as bug:  # noqa: BLE001 (logged, and taken for what it is)
            # Nobody can tell how far it came.
            _log.exception("a notice met a bug on its way to the gateway", notice=attempt.notice_id)
            answered = Answered(Answer.UNKNOWN, detail=type(bug).__name__, everybody=True)
        now = self._clock.now()
        gives_up = now - attempt.since > GIVE_UP_AFTER
        again = None if gives_up else next_try(attempt.number, now, self._chance(), everybody=answered.everybody)
        if answered.answer is Answer.UNKNOWN and self._gateway.knows_ids:
            answered = Answered(Answer.POSTPONED, answered.message_id, answered.detail, answered.everybody)
        self._outbox.finish(attempt, answered, now, again)
        if answered.answer is not Answer.ACCEPTED:
            _log.warning(
                "a notice did not go out",
                notice=attempt.notice_id,
                answer=answered.answer.value,
                attempt=attempt.number,
                detail=answered.detail,
            )
        return answered.everybody
