"""What is recorded: a store that is brought up to date, then some days at a counter with all that writes to a store.

The same calls in every run, but for what is random in their bytes: keys, identities, clocks and chances are fixed here,
and it runs in a process with `PYTHONHASHSEED=0`.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from desktop_app.application.command_desk import ReplicaDesk
from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.provisional import decide_again
from desktop_app.application.sealed_keys import Ed25519Signer
from desktop_app.application.workplace import Session
from desktop_app.domain.actor import Role
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.decide import decide
from desktop_app.domain.request import Request, Status
from desktop_app.storage import connections, migrate, opening
from desktop_app.storage.connections import Connections
from desktop_app.storage.drafts import StoreDrafts
from desktop_app.storage.opening import Connection, StoreKey
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.centre_link import CentreUnreachableError
from desktop_app.sync.engine import Engine
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import FactKind
from tests.domain.builders import NOW
from tests.power.planted import SHIPPED, Planted
from tests.power.recorded_store import RecordedStore, state_of
from tests.power.recorder import recording
from tests.power.tape import (
    Begun,
    CentreStands,
    CommandAcknowledged,
    Committed,
    DraftAcknowledged,
    StoreBegins,
    Tape,
)
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeCentre, FakeLink
from tests.torture.people import some_command
from tests.torture.workstation import key_from
from tests.workplaces import STAFF, content_for, parent_licence, sample_centre

OLDER, DESK = "older.db", "desk.db"
DEVICE, EVERYBODY_SEES, BRANCHES = "K1", "clerk", (8, 9)
STEPS, COMMANDS_OF_OLD, FREE_LICENCES = 600, 20, 40
OLD_STEP = "0002"
_USED = len(Status)


def record(folder: Path, planted: Planted = SHIPPED, steps: int = STEPS) -> Tape:
    """Works in `folder`, which is to be empty, in so many steps, and returns all that was asked of the disk there."""
    tape, recorded = Tape(), folder / "recorded"
    recorded.mkdir()
    with ExitStack() as stack:
        if planted.synchronous:
            stack.enter_context(_syncing(planted.synchronous))
        stack.enter_context(recording(recorded, tape))
        _bring_up_to_date(recorded / OLDER, folder / "empty.db", tape)
        _Counter(recorded / DESK, tape, planted).work(steps)
    tape.files = {file.name: file.read_bytes() for file in recorded.iterdir()}
    return planted.disk(tape)


@contextmanager
def _syncing(manner: str) -> Iterator[None]:
    def open_writer(file: Path, key: StoreKey) -> Connection:
        connection = opening.open_writer(file, key)
        connection.execute(f"PRAGMA synchronous = {manner}")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "open_writer", open_writer)
        yield


def _bring_up_to_date(file: Path, empty: Path, tape: Tape) -> None:
    """A store of an older program, with commands in its log, is opened by this one."""
    tape.states += ["", ""]
    tape.entries.append(StoreBegins(file.name, 0))
    older = Connections(file, STORE_KEY)
    given = [CommandAcknowledged(f"old-{at}", bytes([at]) * 200, bytes([at]) * 64) for at in range(COMMANDS_OF_OLD)]
    with older.changing() as connection:
        migrate.run_steps(connection, OLD_STEP)
    with older.writing() as driver:
        driver.executemany(
            "INSERT INTO command VALUES (?, ?, 'r1', 'clerk', 'lodge', '2026-03-01T07:00', 'waiting', ?, ?)",
            [(at, one.command_id, one.payload, one.signature) for at, one in enumerate(given, 1)],
        )
        tape.entries.append(Begun(1))
    tape.entries += [Committed(1), *given]
    older.dispose()
    tape.states[:2] = [_state(empty), _state(file)]


def _state(file: Path) -> str:
    store = RecordedStore.open(file, STORE_KEY)
    try:
        with store.glancing() as driver:
            return state_of(driver)
    finally:
        store.close()


class _Counter:
    """One device and who works at it, and the centre it synchronises with."""

    def __init__(self, file: Path, tape: Tape, planted: Planted) -> None:
        self._file, self._tape, self._planted = file, tape, planted
        # What happens and when is drawn apart from what is given: a rule that changes leaves the days as they are.
        self._days = Random("many days")
        self._chance = Random("a counter")
        self._now = NOW
        self._centre = sample_centre(1, FREE_LICENCES)
        self._lodged = 0
        self._imported = 0
        self._keys: dict[str, Ed25519Signer] = {}
        self._held = ExitStack()
        self._cut: int | None = None
        self._centre_stands()
        tape.states.append(tape.states[0])
        tape.entries.append(StoreBegins(file.name, len(tape.states) - 1))
        self._open()

    def now(self) -> datetime:
        return self._now

    def work(self, steps: int) -> None:
        self._round()
        kinds: tuple[tuple[Callable[[], None], int], ...] = (
            (self._give, 60), (self._type, 12), (self._discard, 3), (self._round, 7), (self._decide, 4),
            (self._others, 3), (self._sign_in, 6), (self._reopen, 1), (self._read_on, 3), (self._dismiss, 2),
            (self._take_a_reference, 2), (self._restore, 1),
        )  # fmt: skip
        for (step,) in (self._days.choices(*zip(*kinds, strict=True)) for _ in range(steps)):
            self._now += timedelta(seconds=self._days.randint(1, 90))
            step()
        self._held.close()
        self._store.close()

    # The program

    def _open(self) -> None:
        self._store = RecordedStore.open(self._file, STORE_KEY)
        self._store.tape, self._store.hasty = self._tape, self._planted.hasty
        self._store.know()
        self._drafts = StoreDrafts(self._store)
        self._engine: Engine[ReplicaWrites] = self._planted.engine(self._store, decide_again, self.now)
        self._sign_in()

    def _reopen(self) -> None:
        """The last connection that closes empties the WAL and removes it."""
        self._held.close()
        self._store.close()
        self._open()

    def _read_on(self) -> None:
        """Somebody reads for a while: until then the WAL cannot begin anew."""
        self._held.close()
        if self._chance.random() < 0.5:
            driver = self._held.enter_context(self._store.glancing())
            driver.execute("SELECT count(*) FROM request").fetchone()

    # Who works at it

    def _sign_in(self) -> None:
        clerks = [one for one in STAFF if one.role is not Role.AUDITOR and 8 in one.branches]
        self._actor = self._chance.choice(clerks)
        login = self._actor.id
        signer = self._keys.setdefault(login, key_from(self._chance.randbytes(32)))
        FakeLink(self._centre, login, DEVICE).register_key(signer.public)
        self._centre_stands()
        session = Session(self._actor, DEVICE, 8, online=True)
        self._desk = ReplicaDesk(self._store, session, signer, self, identity=self._identity)

    def _identity(self, at: datetime) -> str:
        return f"{int(at.timestamp() * 1000):012x}-{self._chance.randbytes(10).hex()}"

    def _give(self) -> None:
        command = self._some_command()
        if command is not None:
            self._desk.give(command)

    def _some_command(self) -> Command | None:
        if self._actor.role is Role.CLERK and self._lodged < FREE_LICENCES and self._chance.random() < 0.3:
            self._lodged += 1
            kind = self._chance.choice((SaveDraft, Lodge))
            name = f"new-{self._lodged}"
            return kind(name, f"{DEVICE}-{name}", content_for(_USED + self._lodged - 1))
        with self._store.reading() as reads:
            reference = reads.reference()
            bodies = [body for (body,) in reads.driver.execute("SELECT body FROM request ORDER BY id")]
        if not bodies:  # the line broke before the first page
            return None
        request = decode(self._chance.choice(bodies), Request)
        today, receipt = self._now.date(), lambda: self._desk.next_receipt_number(request.branch)
        for _ in range(5):
            made = some_command(self._chance, self._actor, request, reference, today, receipt)
            if made is not None and self._desk.rehearse(made).accepted:
                return made
        return None

    def _type(self) -> None:
        key = f"new:{self._chance.randrange(6)}"
        fields = {"trade_name": "متجر " * self._chance.randint(1, 400), "at": str(self._now)}
        self._drafts.save(FormDraft("intake", key, self._now, fields))
        self._tape.entries.append(DraftAcknowledged("intake", key, fields))

    def _discard(self) -> None:
        key = f"new:{self._chance.randrange(6)}"
        self._drafts.discard("intake", key)
        self._tape.entries.append(DraftAcknowledged("intake", key, None))

    def _dismiss(self) -> None:
        refused = "SELECT command_id FROM refusal WHERE dismissed_at IS NULL ORDER BY 1 LIMIT 1"
        with self._store.glancing() as driver:
            found = driver.execute(refused).fetchone()
        if found is not None:
            self._desk.dismiss(found[0], "اطلعت عليه")

    def _take_a_reference(self) -> None:
        self._desk.next_reference()

    # The centre

    def _round(self) -> None:
        """Pages of all sizes; now and then the line breaks in the middle."""
        self._cut = self._days.randrange(12) if self._days.random() < 0.25 else None
        page = self._days.choice((7, 40, 500))
        link = FakeLink(self._centre, self._actor.id, DEVICE, BRANCHES, self._at_the_centre, page=page)
        with suppress(CentreUnreachableError):
            self._engine.round(link)

    def _at_the_centre(self, call: str) -> None:
        if call == "submitted":
            self._centre_stands()
        if self._cut is not None:
            self._cut -= 1
            if self._cut < 0:
                raise CentreUnreachableError(call)

    def _decide(self) -> None:
        self._centre.decide_all()
        self._centre_stands()

    def _others(self) -> None:
        """Licences are taken over, and somebody withdraws a request at another counter."""
        for _ in range(30):
            self._imported += 1
            licence = replace(parent_licence(500 + self._imported), number=f"L-2023-08-{self._imported:06d}")
            self._centre.centre.licences[licence.number] = licence
            self._centre.publish(FactKind.LICENCE, licence.number, licence.district, encode(licence))
        centre = self._centre.centre
        name = self._chance.choice(sorted(centre.requests))
        command = Withdraw(name, "بطلب صاحب العلاقة")
        actor = next(one for one in STAFF if one.id == "clerk")
        outcome = decide(centre.case(name), command, centre.context(actor, centre.base_of(command)))
        if outcome.accepted:
            self._centre._write(outcome)
        self._centre_stands()

    def _restore(self) -> None:
        """Of a backup of this moment: another epoch, so everything is taken over anew."""
        self._centre.restore(self._centre.backup())
        self._centre_stands()

    def _centre_stands(self) -> None:
        self._tape.centres.append(pickle.dumps(self._centre))
        self._tape.entries.append(CentreStands(len(self._tape.centres) - 1))


def centre_of(tape: Tape, at: int) -> FakeCentre:
    centre: FakeCentre = pickle.loads(tape.centres[at])
    return centre
