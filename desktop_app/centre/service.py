"""The registrar as a service: waits for submissions, decides them, sends notices, stops when it is told to."""

from __future__ import annotations

import os
import random
import select
import signal
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import structlog
from psycopg import Connection

from desktop_app.centre.store import environment_told_apart

_log = structlog.get_logger(__name__)

INBOX = "tajzia_inbox"
_SEAT = 0x7A6A2A1
"""The name of the lock that one registrar holds while it works."""
_LOOK_ANYWAY_SECONDS = 30.0
_IDLE_SECONDS = 20
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 3.0


class SeatTakenError(RuntimeError):
    """Another registrar works on this centre."""


class RegistrarService:
    """`run` blocks until `stop` is called from any thread or signal handler.

    `work` decides and sends all that waits; it may raise OSError (CentreTroubleError among them), which is tried
    again after a pause that grows to three seconds. Whatever else it raises ends the service.
    """

    def __init__(self, conninfo: str, work: Callable[[], object]) -> None:
        self._conninfo = conninfo
        self._work = work
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._wake_read, self._wake_write = os.pipe()

    def run(self, when_ready: Callable[[], None] = lambda: None) -> None:
        """Calls `when_ready` once, when the first session listens. Raises SeatTakenError when another registrar works
        already."""
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                with environment_told_apart(), psycopg.connect(self._conninfo, autocommit=True) as connection:
                    self._take_seat(connection)
                    connection.execute(f"listen {INBOX}")
                    if not self._ready.is_set():
                        self._ready.set()
                        when_ready()
                    while not self._stopping.is_set():
                        self._work()
                        pause = _FIRST_PAUSE
                        self._watch(connection)
                        self._wait_for_news(connection)
            except OSError as why:
                _log.warning("the centre cannot be worked on", trouble=str(why), again_in=round(pause, 1))
                self._sleep(pause)
                pause = min(_LONGEST_PAUSE, pause * (1.5 + random.random()))  # noqa: S311 (spreads tries, hides nothing)

    def stop(self) -> None:
        """Lets the command that is being decided end, then ends `run`."""
        self._stopping.set()
        os.write(self._wake_write, b"x")

    def wait_until_ready(self, seconds: float) -> bool:
        """Whether the service has taken its seat and listens."""
        return self._ready.wait(seconds)

    def stop_on_signals(self) -> None:
        """SIGTERM and SIGINT end the service cleanly. Main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())

    def close(self) -> None:
        os.close(self._wake_read)
        os.close(self._wake_write)

    def _take_seat(self, connection: Connection[Any]) -> None:
        row = connection.execute("select pg_try_advisory_lock(%s)", (_SEAT,)).fetchone()
        if row != (True,):
            raise SeatTakenError("another registrar works on this centre")

    def _watch(self, connection: Connection[Any]) -> None:
        """Sessions own their transaction boundaries: one that forgets its transaction is ended."""
        row = connection.execute("select tajzia.end_idle_transactions(%s)", (_IDLE_SECONDS,)).fetchone()
        if row is not None and row[0]:
            _log.info("idle transactions were ended", sessions=row[0])

    def _wait_for_news(self, connection: Connection[Any]) -> None:
        # Notifications that came during the work are in psycopg's hands already: look there before sleeping.
        if list(connection.notifies(timeout=0)):
            return
        ready, _, _ = select.select([connection.fileno(), self._wake_read], [], [], _LOOK_ANYWAY_SECONDS)
        if connection.fileno() in ready:
            list(connection.notifies(timeout=0))

    def _sleep(self, seconds: float) -> None:
        select.select([self._wake_read], [], [], seconds)
