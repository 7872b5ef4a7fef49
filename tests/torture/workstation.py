"""One workstation: the shipped store, command desk and engine, over a disk that fills and a program that is killed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

import msgspec.structs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop_app.application.command_desk import ReplicaDesk
from desktop_app.application.sealed_keys import Ed25519Signer
from desktop_app.application.workplace import Session
from desktop_app.domain.actor import Actor
from desktop_app.storage.connections import Connections
from desktop_app.storage.opening import Driver
from desktop_app.storage.reading import ReplicaReads
from desktop_app.storage.store import Store
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.centre_link import CentreLink
from desktop_app.sync.engine import Engine, Round
from desktop_app.sync.replica import Held, PendingCommand, SeenChains, SnapshotHeld
from desktop_app.sync.tally import Tally
from desktop_app.wire.envelope import Envelope, Signed, seal
from desktop_app.wire.versions import NEWEST
from tests.store_key import STORE_KEY

_ALL_PAGES = 1_073_741_823


@cache
def _connections(file: Path) -> Connections:
    """The shipped connections, kept from schedule to schedule; what is open is closed with each store."""
    return Connections(file, STORE_KEY)


class KilledError(BaseException):
    """The program ends here: nothing that would follow happens. No `Exception`, so that nothing can catch it."""


class Fuse:
    """Burns down by one at every step; when it has burnt down, `blow` is called, once."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.blow: Callable[[], None] = _killed

    def light(self, steps: int, blow: Callable[[], None] | None = None) -> None:
        self.left, self.blow = steps, blow or _killed

    def put_out(self) -> None:
        self.left = None

    def burn(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            self.blow()


def _killed() -> None:
    raise KilledError


class MortalDriver:
    """The store's own driver, whose process may die before any statement."""

    def __init__(self, driver: Driver, fuse: Fuse) -> None:
        self._driver = driver
        self._fuse = fuse

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = (), /) -> Any:
        self._fuse.burn()
        return self._driver.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any] | Mapping[str, Any]], /) -> Any:
        self._fuse.burn()
        return self._driver.executemany(sql, parameters)


class Writes(Protocol):
    """How a transaction of the replica is made of an open one: planted bugs replace it."""

    def __call__(self, opened: ReplicaWrites) -> ReplicaWrites: ...


def _as_written_by(protocol: int, envelope: Envelope) -> msgspec.Raw:
    """The body as a program of that version writes it: before the third, nobody was asked for a language; before the
    fourth, no scan came with an answer, a delivery said but name and number, and a spoilt sheet not what was wrong."""
    body = msgspec.json.decode(envelope.body)
    if protocol < 3 and envelope.kind in ("save_draft", "lodge"):
        del body["content"]["applicant"]["language"]
    elif protocol < 4 and envelope.kind in ("record_approval", "record_civil_defence"):
        del body["document"]
    elif protocol < 4 and envelope.kind == "deliver":
        body = {name: body[name] for name in ("request_id", "delivered_to", "identity")}
    elif protocol < 4 and envelope.kind == "confirm_print":
        body = {name: body[name] for name in ("request_id", "licence_number", "serial", "fine")}
    else:
        return envelope.body
    return msgspec.Raw(msgspec.json.encode(body))


class MortalStore:
    """`sync.replica.Replica` and `CommandReplica`: the shipped store, whose process may die before any statement that
    it writes with, before a commit and after it."""

    def __init__(self, file: Path, fuse: Fuse, writes: Writes, batch: int) -> None:
        self.store = Store(file, _connections(file))
        self._fuse = fuse
        self._writes = writes
        self._batch = batch
        self.protocol = NEWEST
        self.signer: Ed25519Signer | None = None

    def _append(self, append: Callable[[Envelope, Signed], None], envelope: Envelope, signed: Signed) -> None:
        """As the program of this device's version writes it."""
        if self.protocol != envelope.protocol and self.signer is not None:
            envelope = msgspec.structs.replace(
                envelope, protocol=self.protocol, body=_as_written_by(self.protocol, envelope)
            )
            payload = seal(envelope)
            signed = Signed(payload=payload, signature=self.signer.sign(payload))
        append(envelope, signed)

    @contextmanager
    def writing(self) -> Iterator[ReplicaWrites]:
        with self.store.writing() as opened:
            writes = self._writes(opened)
            writes.driver = MortalDriver(writes.driver, self._fuse)
            writes.append = partial(self._append, writes.append)  # type: ignore[method-assign]
            yield writes
            self._fuse.burn()
        self._fuse.burn()

    def reading(self) -> AbstractContextManager[ReplicaReads]:
        return self.store.reading()

    def epoch(self) -> str | None:
        return self.store.epoch()

    def cursors(self) -> Mapping[int, int]:
        return self.store.cursors()

    def snapshots(self) -> Mapping[int, SnapshotHeld]:
        return self.store.snapshots()

    def waiting(self, limit: int) -> Sequence[PendingCommand]:
        return self.store.waiting(min(limit, self._batch))

    def has_unsettled(self) -> bool:
        return self.store.has_unsettled()

    @property
    def held(self) -> Held:
        return self.store.held

    @property
    def chains(self) -> SeenChains:
        return self.store.chains

    def tally(self) -> Tally:
        return self.store.tally()

    def missing_papers(self, limit: int) -> Sequence[str]:
        return self.store.missing_papers(limit)

    def fill_disk(self, full: bool) -> None:
        """SQLite itself then refuses to take another page."""
        with self.store.writing() as writes:
            writes.driver.execute(f"PRAGMA max_page_count = {1 if full else _ALL_PAGES}")


class Workstation:
    """`given` is what was acknowledged here: command id → its bytes. `keys` are the people's on this device."""

    def __init__(
        self,
        device: str,
        file: Path,
        now: Callable[[], datetime],
        identity: Callable[[datetime], str],
        batch: int,
        writes: Writes,
        engine: Callable[[MortalStore, Callable[[], datetime]], Engine[ReplicaWrites]],
    ) -> None:
        self.device = device
        self.file = file
        self.offset = timedelta()
        self.keys: dict[str, Ed25519Signer] = {}
        self.given: dict[str, bytes] = {}
        self.differences: list[str] = []
        self.last_identity = ""
        self.disk_full = False
        self.protocol = NEWEST
        self.fuse = Fuse()
        self._now = now
        self._make_identity = identity
        self._batch = batch
        self._writes = writes
        self._make_engine = engine
        self.actor: Actor | None = None
        self.start()

    def now(self) -> datetime:
        """What this device takes for the time (UTC)."""
        return self._now() + self.offset

    def start(self) -> None:
        self.fuse.put_out()
        self.store = MortalStore(self.file, self.fuse, self._writes, self._batch)
        self.engine = self._make_engine(self.store, self.now)
        self.disk_full = False
        if self.actor is not None:
            self.sign_in(self.actor)

    def round(self, line: CentreLink) -> Round:
        """One round; what a comparison of both sides has to mend is a bug somewhere."""
        done = self.engine.round(line)
        if done.cared is not None:
            self.differences += [f"{self.device}: {one}" for one in done.cared.compared.differences]
        return done

    def stop(self) -> None:
        self.fuse.put_out()
        self.store.store.close()

    def throw_away(self) -> None:
        """At the end: nobody reads this store again. SQLite folds no WAL into a file that has no name any more."""
        self.file.unlink()
        self.stop()

    def restart(self) -> None:
        """In good order: what was open is closed, and opened anew."""
        self.stop()
        self.start()

    def begin_again(self) -> None:
        """After it was killed: what was open and not committed is undone already, and nothing else was at stake."""
        self.fuse.put_out()
        if self.disk_full:
            self.store.fill_disk(False)
        self.start()

    def update(self, protocol: int) -> None:
        """The program is now one that speaks this version; what it had written stays as it is."""
        self.protocol = protocol
        if self.actor is not None:
            self.sign_in(self.actor)

    def sign_in(self, actor: Actor) -> None:
        """Of somebody whose key lies on this device."""
        self.actor = actor
        self.store.signer, self.store.protocol = self.keys[actor.id], self.protocol
        session = Session(actor, self.device, min(actor.branches, default=0), online=False)
        self.desk = ReplicaDesk(self.store, session, self.keys[actor.id], self, identity=self._identity)

    def holds(self, command_id: str) -> bytes | None:
        """The payload of a command as it lies in the log."""
        with self.store.reading() as reads:
            found = reads.driver.execute("SELECT payload FROM command WHERE id = ?", (command_id,)).fetchone()
            return found[0] if found is not None else None

    def _identity(self, at: datetime) -> str:
        self.last_identity = self._make_identity(at)
        return self.last_identity


def key_from(seed: bytes) -> Ed25519Signer:
    return Ed25519Signer(Ed25519PrivateKey.from_private_bytes(seed))


def copy_store(beginning: Path, file: Path) -> None:
    shutil.copyfile(beginning, file)
