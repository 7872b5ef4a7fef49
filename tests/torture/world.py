"""One schedule: workstations, a registrar and the administration, in an order that the seed alone decides."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from desktop_app.application.ports.centre import CentreTroubleError
from desktop_app.application.provisional import decide_again
from desktop_app.application.registrar import Registrar
from desktop_app.application.uuid7 import uuid7
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.extend_rectification import ExtendRectification
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.commands.remind_body import RemindBody
from desktop_app.domain.commands.remind_civil_defence import RemindCivilDefence
from desktop_app.domain.commands.remove_document import RemoveDocument
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError, TamperingError
from desktop_app.sync.engine import Engine
from desktop_app.wire.codec import encode
from desktop_app.wire.envelope import open_payload
from desktop_app.wire.versions import NEWEST, OLDEST
from tests.domain import builders
from tests.torture.beginning import DEVICES, STAFF, beginning, scratch
from tests.torture.door import Door
from tests.torture.feed import Counters, LockedCounters
from tests.torture.network import Far, Line, Weather
from tests.torture.others import other_writer
from tests.torture.people import some_command
from tests.torture.store import MemoryStore
from tests.torture.tables import Tables
from tests.torture.tale import PlainPapers, Tale, notice_words
from tests.torture.workstation import KilledError, MortalStore, Workstation, Writes, copy_store, key_from

if TYPE_CHECKING:
    from desktop_app.domain.actor import Actor

STEPS = (100, 110)
WORKSTATIONS = (5, 5, 5, 5, 6, 6, 7, 8, 10)
PAGES = (None, None, None, 50, 20, 7, 2)
_YEAR = timedelta(days=365)
_OF_THE_FOURTH = (RemindBody, RemindCivilDefence, ExtendRectification, RemoveDocument, OrderCopy)
"""Commands that came with the fourth version of the protocol."""


def _prints_a_copy(made: Command | None) -> bool:
    return isinstance(made, ConfirmPrint) and made.copy > 0


def _as_it_is(opened: ReplicaWrites) -> ReplicaWrites:
    return opened


def _shipped_engine(store: MortalStore, now: Callable[[], datetime]) -> Engine[ReplicaWrites]:
    return Engine(store, decide_again, now)


def _shipped_registrar(world: World) -> Registrar:
    return Registrar(world.store, world, notice_words, PlainPapers())


def _the_door_itself(door: Door, world: World) -> Far:
    return door


@dataclass(frozen=True, slots=True)
class Parts:
    """What a schedule is made of; planted bugs replace one of these."""

    counters: Callable[[], Counters] = LockedCounters
    writes: Writes = _as_it_is
    engine: Callable[[MortalStore, Callable[[], datetime]], Engine[ReplicaWrites]] = _shipped_engine
    far: Callable[[Door, World], Far] = _the_door_itself
    registrar: Callable[[World], Registrar] = _shipped_registrar


SHIPPED = Parts()


class World:
    """`phantoms` are commands that were reported as not stored and yet are; `tampering` says that the centre took
    an honest command for another's."""

    def __init__(self, seed: int, parts: Parts = SHIPPED) -> None:
        self.chance = Random(seed)
        self.parts = parts
        self.tale = Tale()
        self.time = builders.NOW
        begun = beginning()
        self.contents = begun.contents
        self.tables = begun.tables.copy()
        self.store = MemoryStore(self.tables, self._at_the_centre, parts.counters())
        self.registrar = self._registrar()
        self.phantoms: list[str] = []
        self.tampering: list[str] = []
        self.healed = False
        self.fuse_left: int | None = None
        self._fuse: Callable[[], None] = lambda: None
        self.deep = False
        self.writers: list[Generator[None, None, None]] = []
        self.in_flight: list[tuple[int, Callable[[], object]]] = []
        self.backups: list[Tables] = []
        self._epochs = 1
        self.stations = [self._station(at) for at in range(self.chance.choice(WORKSTATIONS))]

    # What there is

    def now(self) -> datetime:
        return self.time

    def _registrar(self) -> Registrar:
        return self.parts.registrar(self)

    def _station(self, at: int) -> Workstation:
        device = DEVICES[at]
        file = scratch() / f"{device}.db"
        for old in scratch().glob(f"{device}.db*"):
            old.unlink()
        copy_store(beginning().file if self.chance.random() < 0.8 else beginning().empty, file)
        batch = self.chance.choice((1, 2, 3, 100))
        parts = self.parts
        made = Workstation(device, file, self.now, self._identity, batch, parts.writes, parts.engine)
        self.sign_in(made, self.chance.choice(tuple(STAFF.values())))
        if self.chance.random() < 0.3:
            made.update(self.chance.randint(OLDEST, NEWEST))
        if self.chance.random() < 0.2:
            made.offset = self.chance.choice((-1, 1)) * _YEAR
        return made

    def _identity(self, at: datetime) -> str:
        return uuid7(at, self.chance.getrandbits(74))

    def door(self, station: Workstation, login: str) -> Far:
        return self.parts.far(Door(self.tables, login, station.device, self.tables.life, self.time), self)

    def line(self, station: Workstation, bad: float = 0.0, page: int | None = None) -> Line:
        assert station.actor is not None
        weather = Weather(self.chance, bad, self._late, self._meanwhile, self.tale.fault, page)
        return Line(self.door(station, station.actor.id), weather)

    def sign_in(self, station: Workstation, actor: Actor, bad: float = 0.0) -> None:
        """Online where the line allows; else with the key that lies there, if one does."""
        key = station.keys.get(actor.id) or key_from(self.chance.randbytes(32))
        weather = Weather(self.chance, bad, self._late, lambda: None, self.tale.fault)
        try:
            Line(self.door(station, actor.id), weather).register_key(key.public)
        except CentreUnreachableError:
            if actor.id not in station.keys:
                return
        station.keys[actor.id] = key
        station.sign_in(actor)

    # One schedule

    def run(self) -> None:
        steps = (
            (self.give, 34), (self.round, 26), (self.decide, 16), (self.others, 10), (self.deliver_late, 4),
            (self.restart, 1), (self.change_user, 4), (self.fill_disk, 2), (self.turn_clock, 2), (self.dismiss, 2),
            (self.server_crashes, 1), (self.back_up, 1), (self.restore, 1), (self.pass_time, 2),
        )  # fmt: skip
        kinds, weights = [one for one, _ in steps], [weight for _, weight in steps]
        for _ in range(self.chance.randint(*STEPS)):
            (step,) = self.chance.choices(kinds, weights)
            self.time += timedelta(seconds=self.chance.randint(1, 120))
            self.tale.steps += 1
            self.tale.say(f"{self.tale.steps} {step.__name__}")
            step()

    def some_station(self) -> Workstation:
        return self.chance.choice(self.stations)

    def give(self) -> None:
        station = self.some_station()
        command = self._some_command(station)
        if command is None:
            return
        if self.chance.random() < 0.06:
            station.fuse.light(self.chance.randrange(12))
        station.last_identity = ""
        try:
            outcome = station.desk.give(command)
        except KilledError:
            self._died(station)
            self._remember(station, station.last_identity)
        except OSError as why:
            self.tale.fault(f"{station.device}: {why}")
            if station.holds(station.last_identity) is not None:
                self.phantoms.append(station.last_identity)
        else:
            said = "given" if outcome.accepted else [one.key for one in outcome.refusals]
            self.tale.say(f"    {station.device} {type(command).__name__} {command.request_id} {said}")
            if outcome.accepted:
                station.given[station.last_identity] = encode(command)
        station.fuse.put_out()

    def _some_command(self, station: Workstation) -> Command | None:
        assert station.actor is not None
        actor = station.actor
        with station.store.reading() as reads:
            reference = reads.reference()
            requests = [one for (one,) in reads.driver.execute("SELECT id FROM request ORDER BY id")]
        if self.chance.random() < 0.2 and actor.role.value == "clerk":
            content = self.chance.choice(self.contents)
            kind = SaveDraft if self.chance.random() < 0.2 else Lodge
            identity = self._identity(station.now())
            return kind(identity, f"{station.device}-{identity[-6:]}", content)
        if not requests:
            return None
        # The newest and those of the same few: conflicts are what this is about.
        with station.store.reading() as reads:
            request = reads.find_request(self.chance.choice(requests))
        assert request is not None
        branch = request.branch
        made = some_command(
            self.chance,
            actor,
            request,
            reference,
            station.now().date(),
            lambda: station.desk.next_receipt_number(branch),
        )
        # What only a later version knows, a program of an earlier one does not give.
        unknown = (station.protocol < 2 and isinstance(made, AttachDocument)) or (
            station.protocol < 4 and (isinstance(made, _OF_THE_FOURTH) or _prints_a_copy(made))
        )
        return None if unknown else made

    def _remember(self, station: Workstation, identity: str) -> None:
        """Whether it was stored when the program died, its log tells; what is there was given."""
        payload = station.holds(identity) if identity else None
        if payload is not None:
            station.given[identity] = bytes(open_payload(payload).body)

    def _died(self, station: Workstation) -> None:
        self.tale.fault(f"{station.device} killed")
        station.begin_again()

    def round(self) -> None:
        self._round(self.some_station())

    def _round(self, station: Workstation) -> None:
        bad = self.chance.choice((0.0, 0.0, 0.05, 0.2))
        if self.chance.random() < 0.12:
            station.fuse.light(self.chance.randrange(80))
        try:
            done = station.round(self.line(station, bad, self.chance.choice(PAGES)))
            self.tale.say(f"    {station.device} pushed {done.pushed}, facts {done.facts}")
        except KilledError:
            self._died(station)
        except TamperingError as why:
            self.tampering.append(f"{station.device}: {why}")
        except (CentreUnreachableError, NotAdmittedError) as why:
            self.tale.say(f"    {station.device} {type(why).__name__}")
        except OSError as why:
            self.tale.fault(f"{station.device}: {why}")
        station.fuse.put_out()

    def decide(self) -> None:
        if self.chance.random() < 0.35:
            self.fuse_left, self._fuse = self.chance.randrange(30), self.chance.choice(self._troubles())
        try:
            for _ in range(self.chance.randint(1, 6)):
                if not self.registrar.decide_some(self.chance.choice((1, 1, 3, 8))):
                    break
        except KilledError:
            self.tale.fault("registrar killed")
            self.registrar = self._registrar()
        except OSError as why:
            self.tale.fault(f"registrar: {type(why).__name__} {why}")
        self.fuse_left = None

    def _troubles(self) -> tuple[Callable[[], None], ...]:
        return (self._kill, self._trouble, self._disk, self.tables.crash, self._visited, self._visited, self._visited)

    def _kill(self) -> None:
        raise KilledError

    def _trouble(self) -> None:
        raise CentreTroubleError("serialization")

    def _disk(self) -> None:
        raise OSError(28, "the centre's disk is full")

    def _visited(self) -> None:
        """In the middle of the registrar's transaction others read and write."""
        self.deep = True
        self.tale.say("    meanwhile")
        self.others()
        self.round()
        self.deep = False

    def _at_the_centre(self, point: str) -> None:
        if self.fuse_left is None:
            return
        self.fuse_left -= 1
        if self.fuse_left < 0:
            self.fuse_left = None
            self.tale.say(f"    at {point}: {self._fuse.__name__}")
            self._fuse()

    def _meanwhile(self) -> None:
        """Between two messages of a round."""
        if self.deep or self.chance.random() > 0.06:
            return
        self.deep = True
        self.others()
        self.decide()
        self.deep = False

    def others(self) -> None:
        if len(self.writers) < 3 and self.chance.random() < 0.6:
            self.writers.append(other_writer(self.store, self.chance))
        for writer in list(self.writers):
            if self.chance.random() < 0.6 and next(writer, self) is self:
                self.writers.remove(writer)

    def _late(self, message: Callable[[], object]) -> None:
        self.in_flight.append((self.tables.life, message))

    def deliver_late(self) -> None:
        self.chance.shuffle(self.in_flight)
        waiting, self.in_flight = self.in_flight, []
        for life, message in waiting:
            if life == self.tables.life:
                self.tale.fault("a message arrives late")
                message()

    def restart(self) -> None:
        """Of a program that may have been brought up to date meanwhile."""
        station = self.some_station()
        station.restart()
        if self.chance.random() < 0.5:
            station.update(NEWEST)

    def change_user(self) -> None:
        station = self.some_station()
        actor = self.chance.choice(tuple(STAFF.values()))
        self.sign_in(station, actor, 0.2)
        assert station.actor is not None
        self.tale.say(f"    {station.device}: {station.actor.id}")

    def fill_disk(self) -> None:
        station = self.some_station()
        station.disk_full = not station.disk_full
        station.store.fill_disk(station.disk_full)

    def turn_clock(self) -> None:
        station = self.some_station()
        station.offset = self.chance.choice((-_YEAR, timedelta(), _YEAR))
        self.tale.fault(f"{station.device}: clock {station.offset.days} days off")

    def dismiss(self) -> None:
        station = self.some_station()
        with station.store.reading() as reads:
            refused = reads.driver.execute(
                "SELECT command_id FROM refusal WHERE dismissed_at IS NULL ORDER BY command_id LIMIT 1"
            ).fetchone()
        if refused is not None and not station.disk_full:
            station.desk.dismiss(refused[0], "اطلعت عليه")

    def server_crashes(self) -> None:
        self.tale.fault("the server crashes")
        self.tables.crash()

    def back_up(self) -> None:
        self.backups.append(self.tables.copy())

    def restore(self) -> None:
        """Of any backup: keys and staff are then what they were."""
        if not self.backups:
            return
        self._epochs += 1
        self.tale.fault("a backup is restored")
        self.tables.crash()
        self.tables.committed = self.chance.choice(self.backups).copy().committed
        self.tables.committed["epoch"]["name"] = f"epoch-{self._epochs}"

    def pass_time(self) -> None:
        self.time += timedelta(hours=self.chance.randint(1, 30))

    def pending(self, station: Workstation) -> int:
        tally = station.store.tally()
        return tally.waiting + tally.sent

    def close(self) -> None:
        for station in self.stations:
            station.throw_away()
