"""A workstation without a window, as a process of its own: the shipped store, command desk, sync engine, runner and
gateway. It gives commands until it is told to rest, and says of each that it was acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random, SystemRandom

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.application.command_desk import ReplicaDesk
from desktop_app.application.provisional import decide_again
from desktop_app.application.sealed_keys import Ed25519Signer
from desktop_app.application.settings import CentreAddress
from desktop_app.application.uuid7 import uuid7
from desktop_app.application.workplace import Session
from desktop_app.domain.actor import Actor
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.request import Request
from desktop_app.gateway.link import connect
from desktop_app.storage.store import Store
from desktop_app.sync.engine import Engine
from desktop_app.sync.runner import SyncRunner
from desktop_app.sync.status import SyncState, SyncStatus
from desktop_app.system.clock import SystemClock
from desktop_app.wire.codec import decode, encode
from tests.store_key import STORE_KEY
from tests.torture.people import some_command

GIVES = (0.01, 0.15)
"""Between two commands (seconds)."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who works where. `key` is the private key that the centre knows of this person on this device."""

    actor: Actor
    device: str
    password: str
    key: bytes
    address: CentreAddress
    file: Path
    contents: tuple[RequestContent, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A command that was acknowledged, and its bytes."""

    command_id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """An exception that nobody foresaw."""

    what: str


REST, WORK, END, RESTS = "rest", "work", "end", "rests"


def run(seat: Seat, seed: int, harness: Connection, *, working: bool) -> None:
    """Until it is told to end, or killed."""
    person = _Person(seat, Random(seed), harness)
    if not working:
        person.rest()
    while True:
        pause = person.chance.uniform(*GIVES)
        if harness.poll(pause if person.working else None):
            match harness.recv():
                case "rest":
                    person.rest()
                case "work":
                    person.working = True
                case _:
                    person.close()
                    return
        elif person.working:
            person.give()


class _Person:
    def __init__(self, seat: Seat, chance: Random, harness: Connection) -> None:
        self.chance = chance
        self.working = True
        self._seat = seat
        self._harness = harness
        self._clock = SystemClock()
        self._store = Store.open(seat.file, STORE_KEY)
        self._runner = SyncRunner(
            Engine(self._store, decide_again, self._clock.now),
            lambda: connect(seat.address, seat.actor.id, seat.password),
            self._store.tally,
            self._clock.now,
            SystemRandom(),
            lambda error: self._harness.send(Trouble(repr(error))),
        )
        self._identity = ""
        session = Session(seat.actor, seat.device, min(seat.actor.branches, default=0), online=False)
        signer = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(seat.key))
        self._desk = ReplicaDesk(self._store, session, signer, self._clock, self._runner.given, self._identify)
        self._runner.listen(self._told)
        self._runner.start()

    def give(self) -> None:
        command = self._some_command()
        if command is not None and self._desk.give(command).accepted:
            self._harness.send(Given(self._identity, encode(command)))

    def rest(self) -> None:
        self.working = False
        self._harness.send(RESTS)

    def close(self) -> None:
        self._runner.stop()
        self._store.close()

    def _told(self, status: SyncStatus) -> None:
        if status.state is SyncState.REFUSED:
            self._harness.send(Trouble(f"turned away: {status.trouble}"))

    def _some_command(self) -> Command | None:
        with self._store.reading() as reads:
            reference = reads.reference()
            bodies = [body for (body,) in reads.driver.execute("SELECT body FROM request ORDER BY id")]
        if self.chance.random() < 0.15 and self._seat.actor.role.value == "clerk" and bodies:
            identity = uuid7(self._clock.now())
            return Lodge(identity, f"{self._seat.device}-{identity[-6:]}", self.chance.choice(self._seat.contents))
        if not bodies:
            return None
        request = decode(self.chance.choice(bodies), Request)
        receipt: Callable[[], str] = lambda: self._desk.next_receipt_number(request.branch)  # noqa: E731
        return some_command(self.chance, self._seat.actor, request, reference, self._clock.now().date(), receipt)

    def _identify(self, at: datetime) -> str:
        self._identity = uuid7(at)
        return self._identity
