"""The real torture: workstations that work, a line that fails, processes that are killed; then everything heals, and
all must be well within ten seconds."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.torture.beginning import DEVICES, STAFF, beginning
from tests.torture.real.centre import PASSWORD, RealCentre
from tests.torture.real.driver import REST, WORK, Seat
from tests.torture.real.proxy import FINE, FaultProxy, Way, Weather
from tests.torture.real.workstations import Station, listen
from tests.torture.tables import Tables
from tests.torture.verdict import diverged_from, doubled_at, lost_of, outcomes_at

PEOPLE = ("both", "clerk", "clerk9", "supervisor", "cashier")
DRAINED_WITHIN = 10.0
"""Seconds after healing."""
_GIVEN_UP_AFTER = 60.0
_LOOK_AGAIN = 0.05
_KILLS_AT_ONCE = (2, 5)
_FAULT_LASTS = (0.3, 0.9)
"""Seconds before each kill."""


@dataclass(slots=True)
class Figures:
    """What came of it; `steps` are commands that were acknowledged, `schedules` healings. `told` says what is wrong."""

    seed: int
    schedules: int = 0
    steps: int = 0
    faults: int = 0
    lost: int = 0
    diverged: int = 0
    stuck: int = 0
    double_applied: int = 0
    kills: int = 0
    worst_drain_s: float = 0.0
    told: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        return not (self.lost or self.diverged or self.stuck or self.double_applied)


def torture(kills: int, seed: int) -> Figures:
    """Until so many processes were killed. What happens on the machine decides the rest: a seed gives the same faults,
    not the same run."""
    folder = Path(tempfile.mkdtemp(prefix="tajzia-torture-"))
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        return _Campaign(folder, seed, ending).run(kills)


class _Campaign:
    def __init__(self, folder: Path, seed: int, ending: ExitStack) -> None:
        self._chance = Random(seed)
        self._figures = Figures(seed)
        people = [STAFF[login] for login in PEOPLE]
        devices = DEVICES[: len(PEOPLE)]
        self._centre = ending.enter_context(RealCentre(folder, people, devices))
        self._proxy = FaultProxy(self._centre.server.port, self._chance)
        ending.callback(self._proxy.close)
        contents = beginning().contents
        self._stations = []
        for actor, device in zip(people, devices, strict=True):
            key = self._centre.register(actor, device)
            address = self._centre.address(device, self._proxy.port)
            file = folder / f"{device}.db"
            station = Station(Seat(actor, device, PASSWORD, key, address, file, contents))
            ending.callback(station.end)
            station.start(self._chance.getrandbits(32), working=False)
            self._stations.append(station)

    def run(self, kills: int) -> Figures:
        figures = self._figures
        self._settle()
        while figures.kills < kills and figures.well:
            self._fault(min(kills - figures.kills, self._chance.randint(*_KILLS_AT_ONCE)))
            self._heal()
            self._settle()
            figures.schedules += 1
        figures.steps = sum(len(station.given) for station in self._stations)
        return figures

    def _fault(self, kills: int) -> None:
        weather = self._some_weather()
        if weather is not FINE:
            self._figures.faults += 1
        self._say(f"{weather}, {kills} kills")
        for station in self._stations:
            station.resting = False
            station.tell(WORK)
        self._work(self._chance.uniform(0.2, 0.6))
        self._proxy.become(weather)
        for _ in range(kills):
            self._work(self._chance.uniform(*_FAULT_LASTS))
            self._kill()
        self._work(self._chance.uniform(*_FAULT_LASTS))

    def _kill(self) -> None:
        victims = [self._kill_registrar, self._kill_server, *[self._kill_workstation] * 3]
        self._chance.choice(victims)()
        self._figures.kills += 1
        self._figures.faults += 1

    def _kill_workstation(self) -> None:
        station = self._chance.choice(self._stations)
        self._say(f"    kill -9 {station.seat.device}")
        station.kill()
        station.start(self._chance.getrandbits(32), working=True)

    def _kill_registrar(self) -> None:
        self._say("    kill -9 registrar")
        self._centre.kill_registrar()
        if self._chance.random() < 0.5:
            self._centre.start_registrar()

    def _kill_server(self) -> None:
        self._say("    kill -9 server")
        self._centre.server.kill_processes()
        self._work(self._chance.uniform(0.0, 0.5))
        self._centre.server.revive()

    def _heal(self) -> None:
        for station in self._stations:
            station.tell(REST)
        while not all(station.resting for station in self._stations):
            listen(self._stations, 1.0)
        if not self._centre.registrar_runs:
            self._centre.start_registrar()
        self._proxy.become(FINE)

    def _settle(self) -> None:
        """Until every queue is empty and every workstation shows what the centre holds; and judges."""
        figures, began = self._figures, time.monotonic()
        while True:
            listen(self._stations, _LOOK_AGAIN)
            pending = sum(_pending(station) for station in self._stations)
            tables = self._centre.read() if not pending else None
            diverged = [] if tables is None else self._diverged(tables)
            took = time.monotonic() - began
            if (tables is not None and not diverged) or took > _GIVEN_UP_AFTER:
                break
        figures.worst_drain_s = round(max(figures.worst_drain_s, took), 2)
        self._say(f"    drained after {took:.2f} s")
        if took > DRAINED_WITHIN:
            figures.stuck += 1
        if tables is None:
            tables = self._centre.read()
            self._say(f"    {pending} pending")
        outcomes = outcomes_at(tables)
        for kind, found in (
            ("lost", [one for at in self._stations for one in lost_of(at.given, at.store, tables, outcomes)]),
            ("diverged", diverged + [one for station in self._stations for one in station.troubles]),
            ("double_applied", doubled_at(tables, outcomes) + self._not_given(tables)),
            ("stuck", [one for one in tables.committed["inbox"].values() if one.state != "decided"]),
        ):
            setattr(figures, kind, getattr(figures, kind) + len(found))
            figures.told += [f"{kind}: {one}" for one in found]

    def _diverged(self, tables: Tables) -> list[str]:
        outcomes = outcomes_at(tables)
        return [
            one
            for at in self._stations
            for one in diverged_from(tables, at.seat.actor.id, at.seat.device, at.store, outcomes)
        ]

    def _not_given(self, tables: Tables) -> list[str]:
        given = {command_id for station in self._stations for command_id in station.given}
        return [f"{one} was never given" for one in tables.committed["inbox"].keys() - given]

    def _work(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            listen(self._stations, left)

    def _some_weather(self) -> Weather:
        chance = self._chance
        return chance.choice((
            FINE,
            Weather(latency=chance.uniform(0.02, 0.25)),
            Weather(rate=chance.choice((2_000, 8_000, 32_000))),
            Weather(latency=0.05, rate=16_000),
            Weather(Way.CUT),
            Weather(Way.DEAD),
            Weather(Way.UNSTEADY),
        ))  # fmt: skip

    def _say(self, what: str) -> None:
        self._figures.told.append(what)


def _pending(station: Station) -> int:
    tally = station.store.tally()
    return tally.waiting + tally.sent
