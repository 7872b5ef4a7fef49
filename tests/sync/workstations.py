"""A workstation with the shipped store, desk, sign-in and engine, that speaks with a real centre."""

from __future__ import annotations

from pathlib import Path
from random import Random

from desktop_app.application.command_desk import ReplicaDesk
from desktop_app.application.provisional import decide_again
from desktop_app.application.sign_in import SignIn
from desktop_app.gateway.link import connect
from desktop_app.storage.authors import StoreAuthors
from desktop_app.storage.queries import StoreQueries
from desktop_app.storage.store import Store
from desktop_app.storage.writing import ReplicaWrites
from desktop_app.sync.centre_link import CentreLink
from desktop_app.sync.engine import Engine
from desktop_app.sync.runner import SyncRunner
from desktop_app.sync.status import SyncState
from desktop_app.wire.facts import EVERYWHERE
from tests.postgres_fixture import PASSWORD, SampleCentre
from tests.store_key import STORE_KEY
from tests.workplaces import CHEAP


class Workstation:
    """Signs in as the program does, and synchronises only when told to."""

    def __init__(self, file: Path, sample: SampleCentre, device: str, login: str) -> None:
        self.sample, self.device = sample, device
        self.store = Store.open(file, STORE_KEY)
        self.engine: Engine[ReplicaWrites] = Engine(self.store, decide_again, sample.clock.now)
        self.sign_in = SignIn(
            StoreAuthors(self.store),
            self._connect,
            lambda link: self.engine.catch_up(link, (EVERYWHERE,)),
            sample.clock,
            device,
            8,
            CHEAP,
        )
        signed_in = self.sign_in.sign_in(login, PASSWORD)
        assert signed_in.session.online
        self.connected = signed_in.connect
        self.desk = ReplicaDesk(self.store, signed_in.session, signed_in.signer, sample.clock)
        self.queries = StoreQueries(self.store)
        self.sync = SyncRunner(
            self.engine, signed_in.connect, self.store.tally, sample.clock.now, Random(1), self._fail
        )

    def _connect(self, login: str, password: str) -> CentreLink:
        return connect(self.sample.address(self.device), login, password)

    def _fail(self, error: Exception) -> None:
        raise error

    def round(self) -> None:
        status = self.sync.run_once()
        assert (status.state, status.waiting) == (SyncState.SYNCED, 0), status
