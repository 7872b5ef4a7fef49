"""The sender as a service beside the registrar, or as a process of its own: sends what is due, waits for news."""

from __future__ import annotations

import select
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import structlog
from psycopg import Connection

from desktop_app.centre.store import environment_told_apart

_log = structlog.get_logger(__name__)

_FEED = "tajzia_feed"
_LOOK_ANYWAY_SECONDS = 5.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0

SendDue = Callable[[Callable[[], bool]], tuple[int, bool]]
"""`Sender.send_due`."""


class SendingService:
    """`run` blocks until `stop` is called from any thread or signal handler. While the gateway has trouble, or the
    database, it waits twice as long each time, up to a minute; `chance` (0 to 1) spreads that."""

    def __init__(self, conninfo: str, send_due: SendDue, chance: Callable[[], float]) -> None:
        self._conninfo = conninfo
        self._send_due = send_due
        self._chance = chance
        self._stopping = threading.Event()

    def run(self, when_ready: Callable[[], None] = lambda: None) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                with environment_told_apart(), psycopg.connect(self._conninfo, autocommit=True) as connection:
                    connection.execute(f"listen {_FEED}")
                    when_ready()
                    when_ready = _nothing
                    while not self._stopping.is_set():
                        _, trouble = self._send_due(lambda: not self._stopping.is_set())
                        if trouble:
                            pause = self._rest(pause)
                        else:
                            pause = _FIRST_PAUSE
                            self._wait_for_news(connection)
            except OSError as why:
                _log.warning("notices cannot be sent", trouble=type(why).__name__)
                pause = self._rest(pause)
            except Exception:  # noqa: BLE001 (logged, and gone on from)
                # The registrar beside goes on; whatever was under way is on record, and never taken for a failure.
                _log.exception("the sender of notices met a bug")
                pause = self._rest(pause)

    def run_once(self) -> None:
        """Sends what is due, and ends. Raises CentreTroubleError."""
        self._send_due(lambda: not self._stopping.is_set())

    def stop(self) -> None:
        """Lets the attempt that is under way end."""
        self._stopping.set()

    def _rest(self, pause: float) -> float:
        self._stopping.wait(pause * (0.5 + self._chance() / 2))
        return min(_LONGEST_PAUSE, 2 * pause)

    def _wait_for_news(self, connection: Connection[Any]) -> None:
        # In steps, so that a stop is heard; news that came during the work are in psycopg's hands already.
        waited = 0.0
        while not self._stopping.is_set() and waited < _LOOK_ANYWAY_SECONDS:
            if list(connection.notifies(timeout=0)):
                return
            select.select([connection.fileno()], [], [], 0.25)
            waited += 0.25


def _nothing() -> None:
    return
