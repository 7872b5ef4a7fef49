"""The workstations' processes, seen from outside: started, killed, told to rest, listened to."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from desktop_app.storage.store import Store
from desktop_app.wire.envelope import open_payload
from tests.store_key import STORE_KEY
from tests.torture.real import driver
from tests.torture.real.driver import Given, Seat, Trouble

_NURSERY = multiprocessing.get_context("forkserver")
"""Has imported what a workstation needs: a new process is there at once, as after a restart of the program it would
not be."""
_NURSERY.set_forkserver_preload(["tests.torture.real.driver"])


class Station:
    """One workstation. `given` is what it has acknowledged: command → bytes; `troubles` what nobody foresaw;
    `store` the same file, to look into from here."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.given: dict[str, bytes] = {}
        self.troubles: list[str] = []
        self.resting = False
        self.process: BaseProcess | None = None
        self._line: Connection | None = None
        self.store = Store.open(seat.file, STORE_KEY)

    def start(self, seed: int, *, working: bool) -> None:
        here, there = _NURSERY.Pipe()
        self.resting = False
        self.process = _NURSERY.Process(
            target=driver.run, args=(self.seat, seed, there), kwargs={"working": working}, daemon=True
        )
        self.process.start()
        there.close()
        self._line = here

    def kill(self) -> None:
        """kill -9; what it had said until then is still heard. A command that it had stored, and not yet said so, was
        given all the same: its log tells."""
        assert self.process is not None
        self.process.kill()
        self.process.join()
        while self._line is not None:
            self.hear()
        with self.store.reading() as reads:
            for command_id, payload in reads.driver.execute("SELECT id, payload FROM command").fetchall():
                self.given.setdefault(command_id, bytes(open_payload(payload).body))
        self.process = None

    def tell(self, word: str) -> None:
        if self._line is not None:
            self._line.send(word)

    @property
    def line(self) -> Connection | None:
        return self._line

    def hear(self) -> None:
        """One message, or the end."""
        assert self._line is not None
        try:
            said = self._line.recv()
        except (EOFError, OSError):
            self._line.close()
            self._line = None
            return
        match said:
            case Given(command_id, body):
                self.given[command_id] = body
            case Trouble(what):
                self.troubles.append(what)
            case driver.RESTS:
                self.resting = True

    def end(self) -> None:
        if self.process is not None:
            self.tell(driver.END)
            self.process.join(10)
            self.kill()
        self.store.close()


def listen(stations: Sequence[Station], seconds: float) -> None:
    """Hears what is said within `seconds`; returns after the first words."""
    by_line = {station.line: station for station in stations if station.line is not None}
    for line in wait(list(by_line), seconds):
        by_line[line].hear()  # type: ignore[index]
