"""The door of a workstation: its store, who may come in, the synchronisation that runs meanwhile."""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress
from random import SystemRandom
from typing import TYPE_CHECKING

from desktop_app.application.door import KnownPerson
from desktop_app.application.late import late
from desktop_app.application.ports.clock import Clock
from desktop_app.application.settings import WorkstationSettings
from desktop_app.sync.progress import ProgressBoard
from desktop_app.system.crash_log import CrashLog
from desktop_app.system.paths import Places

if TYPE_CHECKING:
    from desktop_app.application.lease_watch import LeaseWatch
    from desktop_app.application.ports.secrets import Secrets
    from desktop_app.application.protocol_watch import ProtocolWatch
    from desktop_app.application.sign_in import SignIn
    from desktop_app.application.workplace import SignedIn, Workplace
    from desktop_app.storage.store import Store
    from desktop_app.sync.centre_link import CentreLink, Scope
    from desktop_app.sync.engine import Engine
    from desktop_app.sync.runner import SyncRunner


_FIRST_ROUND_AFTER = 0.3
"""Seconds that a first page has before the network's modules are loaded beside it."""


class WorkstationDoor:
    """`application.door.Door` over this device's store and the centre. Safe to use from any thread.

    The store is opened at the first call, not before; `close` ends the synchronisation and gives the store back.
    """

    def __init__(
        self, settings: WorkstationSettings, places: Places, clock: Clock, crash_log: CrashLog, secrets: Secrets
    ) -> None:
        self._settings = settings
        self._places = places
        self._clock = clock
        self._crash_log = crash_log
        self._secrets = secrets
        self._one_at_a_time = threading.RLock()
        self._opened = ExitStack()
        self._store: Store | None = None
        self._runner: SyncRunner | None = None
        self._watch: LeaseWatch | None = None
        self._board = ProgressBoard()

    @property
    def device(self) -> str:
        return self._settings.device

    @property
    def demo_password(self) -> str:
        return self._settings.demo_password

    def people(self) -> tuple[KnownPerson, ...]:
        before = self._sign_in().people()
        named = {person.login for person in self._settings.people}
        return (*self._settings.people, *(person for person in before if person.login not in named))

    def sign_in(self, login: str, password: str) -> Workplace:
        with self._one_at_a_time:
            signed_in = self._sign_in().sign_in(login, password)
            return self.open_session(signed_in)

    def leave(self) -> None:
        with self._one_at_a_time:
            self._end_session()

    def close(self) -> None:
        """Ends the synchronisation and closes the store."""
        with self._one_at_a_time:
            self._end_session()
            self._opened.close()
            self._store = self._watch = None

    def _open_store(self) -> Store:
        from desktop_app.bootstrap.sealed_store import open_sealed
        from desktop_app.system.store_lock import StoreLock

        # As in `_lease`: once it is open, nobody waits for anybody.
        if (held := self._store) is not None:
            return held
        with self._one_at_a_time:
            if self._store is None:
                self._places.make()
                with ExitStack() as opening:
                    opening.enter_context(StoreLock(self._places.lock))
                    self._store = open_sealed(self._places.store, self._secrets, self._settings.device)
                    opening.callback(self._store.close)
                    self._opened = opening.pop_all()
            return self._store

    def _engine(self) -> Engine:  # type: ignore[type-arg]
        from desktop_app.application.provisional import decide_again
        from desktop_app.storage.attachments import StoreAttachments
        from desktop_app.sync.attachments import Transfers
        from desktop_app.sync.engine import Engine

        return Engine(
            self._open_store(),
            decide_again,
            self._clock.now,
            self._board,
            Transfers(StoreAttachments(self._open_store())),
            contacted=self._contacted,
        )

    def _contacted(self, scope: Scope) -> None:
        self._lease().renew(scope.lease_days, scope.server_time)
        self._protocols().note(scope.spoken)

    def _may_give(self) -> None:
        self._lease().check()
        self._protocols().check()

    def _protocols(self) -> ProtocolWatch:
        from desktop_app.application.protocol_watch import ProtocolWatch

        return ProtocolWatch(self._store if self._store is not None else self._open_store())

    def _lease(self) -> LeaseWatch:
        from desktop_app.application.lease_watch import LeaseWatch
        from desktop_app.storage.lease import StoreLease

        # Never under the lock: the synchronisation asks, whose end a sign-out awaits while it holds it.
        store = self._open_store()
        watch = self._watch
        if watch is None:
            watch = self._watch = LeaseWatch(StoreLease(store), self._clock)
        return watch

    def _sign_in(self) -> SignIn:
        from desktop_app.application.sign_in import SignIn
        from desktop_app.storage.authors import StoreAuthors
        from desktop_app.wire.facts import EVERYWHERE

        engine = self._engine()
        return SignIn(
            StoreAuthors(self._open_store()),
            self._connect,
            lambda link: engine.catch_up(link, (EVERYWHERE,)),
            self._clock,
            self._settings.device,
            self._settings.branch,
            check_lease=lambda: self._lease().check(),
        )

    def _connect(self, login: str, password: str) -> CentreLink:
        from desktop_app.application.certificate_trust import keep_lists
        from desktop_app.bootstrap.device import open_link

        link = open_link(self._settings, login, password, self._secrets)
        with suppress(OSError):  # where the network or the disk fails, the lists are fetched another time
            keep_lists(link.certificate_lists, self._places.certificate_lists, self._clock.now())
        return link

    def open_session(self, signed_in: SignedIn) -> Workplace:
        """The workplace of somebody who has been let in; the session before it ends."""
        from desktop_app.bootstrap.workplace import make_workplace
        from desktop_app.sync.runner import SyncRunner

        self._end_session()
        store = self._open_store()
        runner = SyncRunner(
            late(self._engine),
            signed_in.connect,
            store.tally,
            self._clock.now,
            SystemRandom(),
            self._crash_log,
            board=self._board,
        )
        self._runner = runner
        runner.start(_FIRST_ROUND_AFTER)
        return make_workplace(
            store,
            signed_in,
            runner,
            self._clock,
            self._settings.centre,
            lease=self._lease,
            may_give=self._may_give,
            printer=self._places.printer,
            lists=self._places.certificate_lists,
        )

    def _end_session(self) -> None:
        if self._runner is not None:
            self._runner.stop()
            self._runner = None
