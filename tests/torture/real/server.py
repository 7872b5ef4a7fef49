"""The centre's PostgreSQL, with processes that can be killed, and started again where they were."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from desktop_app.demo.postgres import EmbeddedPostgres, PostgresFailedError

_PATIENCE = 30.0


class MortalServer(EmbeddedPostgres):
    """Durable, as at a real centre: what was acknowledged must survive."""

    def kill_processes(self) -> None:
        """kill -9 of the server and of every process it has started."""
        processes = self._processes()
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        until = time.monotonic() + _PATIENCE
        while any(_lives(process) for process in processes):
            if time.monotonic() > until:
                raise PostgresFailedError("a killed server lives on")
            time.sleep(0.01)
        # Until its parent has noticed, a dead process has a number, and the next server would take it for alive.
        assert self._sockets is not None
        (self._data / "postmaster.pid").unlink()
        (self._sockets / f".s.PGSQL.{self.port}.lock").unlink()

    def revive(self) -> None:
        """Starts it again: the same data, port and socket."""
        self._run("pg_ctl", "start", "-w", "-t", "60", "-D", str(self._data), "-l", self._log, "-s")
        with psycopg.connect(self.admin()):
            pass

    def _processes(self) -> tuple[int, ...]:
        head = int((self._data / "postmaster.pid").read_text("ascii").split()[0])
        children = Path(f"/proc/{head}/task/{head}/children").read_text("ascii").split()
        return (head, *map(int, children))


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
