"""The one place that wires everything: says which room answers to which port.

No other module picks an implementation, so the whole of the program's composition is read here. What is heavy is
imported where it is first needed: nothing of the store or the network before the first paint.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from desktop_app.application.door import KnownPerson
from desktop_app.application.late import late
from desktop_app.application.ports.clock import Clock
from desktop_app.application.settings import WorkstationSettings
from desktop_app.sync.progress import ProgressBoard
from desktop_app.system.clock import SystemClock
from desktop_app.system.crash_log import CrashLog
from desktop_app.system.paths import Places, places_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.application.certificate_publishing import CentreSigning
    from desktop_app.application.certificate_verifying import CertificateVerifier
    from desktop_app.application.enrolling import WorkstationEnrolment
    from desktop_app.application.lease_watch import LeaseWatch
    from desktop_app.application.machine_secrets import MachineSecrets
    from desktop_app.application.ports.administration import Administration
    from desktop_app.application.ports.attachments import Attachments
    from desktop_app.application.ports.drafts import Drafts
    from desktop_app.application.ports.papers import CertificateContent, PaperRenderer, ReceiptContent
    from desktop_app.application.ports.printing import Printing
    from desktop_app.application.ports.secrets import Secrets
    from desktop_app.application.protocol_watch import ProtocolWatch
    from desktop_app.application.sign_in import SignIn
    from desktop_app.application.workplace import CommandDesk, Papers, SignedIn, Workplace
    from desktop_app.centre.sending_service import SendingService
    from desktop_app.centre.service import RegistrarService
    from desktop_app.gateway.link import PostgresLink
    from desktop_app.storage.store import Store
    from desktop_app.sync.centre_link import CentreLink, Scope
    from desktop_app.sync.engine import Engine
    from desktop_app.sync.runner import SyncRunner
    from desktop_app.wire.audit import SignedHead
    from desktop_app.wire.audit_findings import AuditReport


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
        from desktop_app.system.store_lock import StoreLock

        # As in `_lease`: once it is open, nobody waits for anybody.
        if (held := self._store) is not None:
            return held
        with self._one_at_a_time:
            if self._store is None:
                self._places.make()
                with ExitStack() as opening:
                    opening.enter_context(StoreLock(self._places.lock))
                    self._store = _open_sealed(self._places.store, self._secrets, self._settings.device)
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

        link = open_link(self._settings, login, password, self._secrets)
        with suppress(OSError):  # where the network or the disk fails, the lists are fetched another time
            keep_lists(link.certificate_lists, self._places.certificate_lists, self._clock.now())
        return link

    def open_session(self, signed_in: SignedIn) -> Workplace:
        """The workplace of somebody who has been let in; the session before it ends."""
        from desktop_app.application.workplace import Workplace
        from desktop_app.storage.queries import StoreQueries
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
        return Workplace(
            session=signed_in.session,
            queries=StoreQueries(store),
            commands=late(lambda: self._desk(store, signed_in, runner)),
            drafts=late(lambda: _drafts(store)),
            papers=late(lambda: _papers(store)),
            sync=runner,
            clock=self._clock,
            printing=late(_printing),
            attachments=late(lambda: _attachments(store)),
            lease=late(self._lease),
            administration=late(lambda: self._administration(signed_in)),
        )

    def _administration(self, signed_in: SignedIn) -> Administration:
        from desktop_app.gateway.administration import PostgresAdministration

        return PostgresAdministration(self._settings.centre, signed_in.connect)

    def _desk(self, store: Store, signed_in: SignedIn, runner: SyncRunner) -> CommandDesk:
        from desktop_app.application.command_desk import ReplicaDesk

        return ReplicaDesk(
            store,
            signed_in.session,
            signed_in.signer,
            self._clock,
            runner.given,
            check_lease=self._may_give,
        )

    def _end_session(self) -> None:
        if self._runner is not None:
            self._runner.stop()
            self._runner = None


def _open_sealed(file: Path, secrets: Secrets, device: str) -> Store:
    """The store, whose key lies among this machine's secrets; one that an earlier version left in the clear is sealed
    first. Its folder's lock is held. Raises as `get_store_key`, `seal_store` and `Store.open`."""
    from desktop_app.application.store_key import get_store_key
    from desktop_app.storage.encrypting import has_to_be_sealed, seal_store, stands_sealed
    from desktop_app.storage.opening import StoreKey
    from desktop_app.storage.store import Store

    key = StoreKey(get_store_key(secrets, device, stands=stands_sealed(file)))
    if has_to_be_sealed(file):
        from desktop_app.system.whole_files import wipe

        seal_store(file, key, wipe)
    return Store.open(file, key)


def _drafts(store: Store) -> Drafts:
    from desktop_app.storage.drafts import StoreDrafts

    return StoreDrafts(store)


def _attachments(store: Store) -> Attachments:
    from desktop_app.storage.attachments import StoreAttachments

    return StoreAttachments(store)


def _papers(store: Store) -> Papers:
    from desktop_app.storage.papers import StorePapers

    return StorePapers(store)


def _printing() -> Printing:
    from desktop_app.system.printing import find_printing

    return find_printing()


class CrashReports:
    """`ui.program.OldCrashes` over the crash log."""

    def __init__(self, crash_log: CrashLog) -> None:
        self._crash_log = crash_log

    def waiting(self) -> tuple[str, ...]:
        return tuple(report.reference for report in self._crash_log.to_offer())

    def save_all(self, folder: str) -> None:
        for report in self._crash_log.to_offer():
            self._crash_log.save(report, Path(folder) / f"tajzia-{report.reference}.txt")


def district_names(number: int) -> str:
    """What the sign-in screen calls a district, before any store is open."""
    from desktop_app.application.districts import district_name

    return district_name(number)


def certificate_verifier() -> CertificateVerifier:
    """Checks certificates in PDFs, pictures and scanners' texts."""
    from desktop_app.application.certificate_verifying import CertificateVerifier
    from desktop_app.documents.code_reader import ZxingCodeFinder

    return CertificateVerifier(ZxingCodeFinder())


class Press:
    """`application.ports.papers.PaperRenderer`, loaded with the first paper that is drawn."""

    @cached_property
    def _renderer(self) -> PaperRenderer:
        from desktop_app.documents.renderer import ReportlabRenderer

        return ReportlabRenderer()

    def certificate(self, content: CertificateContent) -> bytes:
        return self._renderer.certificate(content)

    def receipt(self, content: ReceiptContent) -> bytes:
        return self._renderer.receipt(content)


@contextmanager
def registrar_service(
    conninfo: str,
    notices: Path | None,
    authority: Path | None = None,
    audit_key: Path | None = None,
    gateway: Path | None = None,
    signing: CentreSigning | None = None,
) -> Iterator[RegistrarService]:
    """The centre's registrar, ready to run: decides what is submitted, draws papers, sends notices (into the folder
    `notices`, or by the `gateway` with these settings; neither leaves them to another process), and signs for new
    devices with the key in the folder `authority`, and the heads of the audit chains with `audit_key`. Certificates
    bear a code, and the lists to check it against are kept, where there is something to sign with.

    Raises KeyFileError, GatewaySettingsError, OSError.
    """
    from desktop_app.application.auditing.heads import HeadSigner
    from desktop_app.application.certificate_publishing import ListPublisher
    from desktop_app.application.channel_desk import ChannelDesk
    from desktop_app.application.papers import DrawingDesk
    from desktop_app.application.registrar import Registrar
    from desktop_app.application.sending import Sender
    from desktop_app.centre.audit_book import PostgresHeadBook, open_audit_key
    from desktop_app.centre.certificate_register import PostgresListShelf
    from desktop_app.centre.certificates import Authority
    from desktop_app.centre.channels import PostgresChannelStore
    from desktop_app.centre.notice_folder import NoticeFolder
    from desktop_app.centre.outbox import PostgresOutbox
    from desktop_app.centre.service import RegistrarService
    from desktop_app.centre.steward import Steward
    from desktop_app.centre.store import PostgresStore
    from desktop_app.texts.notices import notice_text

    clock = SystemClock()
    store = PostgresStore(conninfo)
    registrar = Registrar(store, clock, notice_text, DrawingDesk(Press(), signing.certify if signing else None))
    lists = ListPublisher(PostgresListShelf(store), signing, clock) if signing is not None else None
    channels = ChannelDesk(PostgresChannelStore(store), registrar, clock)
    chance = SystemRandom().random
    folder = Sender(PostgresOutbox(store), NoticeFolder(notices), clock, chance) if notices is not None else None
    signer = HeadSigner(PostgresHeadBook(store), open_audit_key(audit_key), clock) if audit_key is not None else None
    steward = Steward(conninfo, (lambda: Authority.open(authority)) if authority is not None else None, clock.now)

    def work() -> None:
        steward.work()
        registrar.drain()
        channels.drain()
        if folder is not None:
            folder.send_due()
        if signer is not None:
            signer.sign_what_is_due()
        if lists is not None:
            lists.publish_what_is_due()

    service = RegistrarService(conninfo, work)
    try:
        with sending_beside(conninfo, gateway) if gateway is not None else nullcontext():
            yield service
        if signer is not None:
            with suppress(OSError):  # the database is gone: what is not signed now is signed after the next start
                signer.sign_all()
    finally:
        service.close()
        steward.close()
        store.close()


@contextmanager
def sending_service(conninfo: str, gateway: Path) -> Iterator[SendingService]:
    """The sender of notices, ready to run; its door for delivery reports stands open meanwhile.

    Raises GatewaySettingsError, OSError.
    """
    from desktop_app.application.sending import Sender
    from desktop_app.centre.gateway_settings import read_gateway
    from desktop_app.centre.http_gateway import HttpGateway
    from desktop_app.centre.outbox import PostgresOutbox
    from desktop_app.centre.report_door import report_door
    from desktop_app.centre.sending_service import SendingService
    from desktop_app.centre.store import PostgresStore

    clock, chance = SystemClock(), SystemRandom().random
    settings = read_gateway(gateway)
    with ExitStack() as opening:
        store = PostgresStore(conninfo)
        opening.callback(store.close)
        if settings.reports is not None:
            reported = PostgresStore(conninfo)
            opening.callback(reported.close)
            inbound = PostgresOutbox(reported)
            opening.enter_context(
                report_door(
                    settings.reports,
                    lambda token, message_id, report: inbound.report(
                        settings.name, token, message_id, report, clock.now()
                    ),
                )
            )
        sender = Sender(PostgresOutbox(store), HttpGateway(settings), clock, chance)
        yield SendingService(conninfo, sender.send_due, chance)


@contextmanager
def sending_beside(conninfo: str, gateway: Path) -> Iterator[None]:
    """`sending_service` at work in a thread of its own: a gateway that is slow keeps nobody waiting for a decision.
    Raises as `sending_service`."""
    with sending_service(conninfo, gateway) as service:
        thread = threading.Thread(target=service.run, name="notices")
        thread.start()
        try:
            yield
        finally:
            service.stop()
            thread.join()


def machine_secrets(settings: Path) -> MachineSecrets:
    """Where the secrets of the workstation with this settings file lie: in the operating system's keyring, or sealed
    beside that file."""
    from desktop_app.application.machine_secrets import MachineSecrets
    from desktop_app.system.keyring_secrets import KeyringSecrets
    from desktop_app.system.sealed_secrets import SealedSecrets

    def begun() -> bool:
        # Earlier versions kept the key of the certificate in a file and none for the store.
        return settings.exists() and not (settings.parent / "device.key").exists()

    return MachineSecrets(KeyringSecrets(), SealedSecrets(settings.parent), begun)


def open_link(settings: WorkstationSettings, login: str, password: str, secrets: Secrets) -> PostgresLink:
    """A connection to the centre for this person on this device. Raises as `application.ports.connector` says, and as
    `application.device_key`."""
    from desktop_app.application.device_key import get_device_key
    from desktop_app.gateway.link import connect
    from desktop_app.system.device_home import with_key_taken_in

    known = with_key_taken_in(settings, secrets)
    return connect(known.centre, login, password, get_device_key(secrets, known))


def workstation_enrolment(settings: Path, secrets: Secrets) -> WorkstationEnrolment:
    """How this computer becomes the device that `settings` will tell of; its key goes to `secrets`."""
    import time

    from desktop_app.application.enrolling import WorkstationEnrolment
    from desktop_app.gateway.enrolment import PostgresEnrolment
    from desktop_app.system.device_home import DeviceFolder

    return WorkstationEnrolment(DeviceFolder(settings, secrets), PostgresEnrolment, time.sleep)


def verify_workstation(
    settings: WorkstationSettings, secrets: Secrets, witnessed: Sequence[SignedHead] = ()
) -> AuditReport:
    """What `audit verify` finds in this device's store. Raises as opening the store does."""
    from desktop_app.storage.verifying import verify_store
    from desktop_app.system.store_lock import StoreLock

    places = places_in(Path(settings.store))
    if not places.store.exists():
        raise FileNotFoundError(f"there is no store in {places.store.parent}")
    with StoreLock(places.lock):
        store = _open_sealed(places.store, secrets, settings.device)
        try:
            return verify_store(store, witnessed)
        finally:
            store.close()


def run_workstation(settings: WorkstationSettings, argv: list[str], secrets: Secrets) -> int:
    """Opens the windows and stays until they are closed; returns the exit status."""
    from PySide6.QtWidgets import QApplication

    with open_program(settings, argv, secrets):
        # `cli.open` has turned the collector off for the start; what is there now is never looked through again.
        gc.freeze()
        gc.enable()
        return QApplication.exec()


def _unlocking(secrets: Secrets) -> MachineSecrets | None:
    """What a passphrase may open: the secrets of a demonstration or a test ask for none."""
    from desktop_app.application.machine_secrets import MachineSecrets

    return secrets if isinstance(secrets, MachineSecrets) else None


def run_first_start(settings: Path, argv: list[str], secrets: Secrets) -> int:
    """The window of enrolment, and once the computer is a device the program; returns the exit status."""
    from PySide6.QtWidgets import QApplication

    with open_first_start(settings, argv, secrets):
        gc.enable()
        return QApplication.exec()


def open_first_start(settings: Path, argv: list[str], secrets: Secrets) -> ExitStack:
    """The window in which this computer is enrolled; the program opens over the same stack afterwards."""
    from desktop_app.ui.feature_switches import leave_sources_unread

    leave_sources_unread()

    from desktop_app import texts
    from desktop_app.ui.application import make_application
    from desktop_app.ui.enrol.first_start import FirstStart

    with ExitStack() as opening:
        places = places_in(settings.parent / "first-start").make()
        texts.use("ar")
        make_application(argv)
        later = ExitStack()

        def go_on(enrolled: WorkstationSettings) -> None:
            later.enter_context(open_program(enrolled, argv, secrets))

        crash_log = CrashLog(places.crashes, SystemClock())
        first = FirstStart(workstation_enrolment(settings, secrets), crash_log, go_on, _unlocking(secrets))
        opening.callback(later.close)
        opening.callback(first.stop)
        first.start()
        return opening.pop_all()


def open_program(settings: WorkstationSettings, argv: list[str], secrets: Secrets) -> ExitStack:
    """The program with its first window on the screen. Leaving the stack ends it, every asked-for write included."""
    from desktop_app.ui.feature_switches import leave_sources_unread

    leave_sources_unread()

    from desktop_app import texts
    from desktop_app.system.logs import start_logging, stop_logging
    from desktop_app.ui.application import make_application
    from desktop_app.ui.program import Program
    from desktop_app.ui.theme import RememberedLook

    with ExitStack() as opening:
        places = places_in(Path(settings.store))
        with suppress(OSError):  # the door tries again, and has a window to say so in
            places.make()
        opening.callback(stop_logging, start_logging(places.logs))
        texts.use("ar")
        remembered = RememberedLook(places.data / "look.json")
        look = remembered.read()
        make_application(argv, scheme=look.scheme, scale=look.scale)
        clock = SystemClock()
        crash_log = CrashLog(places.crashes, clock)
        door = WorkstationDoor(settings, places, clock, crash_log, secrets)
        opening.callback(door.close)
        program = Program(door, district_names, crash_log, CrashReports(crash_log), remembered, _unlocking(secrets))
        opening.callback(program.stop)
        program.start()
        return opening.pop_all()
