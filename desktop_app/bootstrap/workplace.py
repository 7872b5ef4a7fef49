"""The workplace of somebody who is signed in, over this device's store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.application.late import late
from desktop_app.application.ports.clock import Clock

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.application.auditing.proof import Proofs
    from desktop_app.application.lease_watch import LeaseWatch
    from desktop_app.application.ports.administration import Administration
    from desktop_app.application.ports.attachments import Attachments
    from desktop_app.application.ports.camera import Camera
    from desktop_app.application.ports.checking import Checks
    from desktop_app.application.ports.drafts import Drafts
    from desktop_app.application.ports.office_papers import OfficeRenderer
    from desktop_app.application.ports.page_trial import PageTrial
    from desktop_app.application.ports.printing import Printing
    from desktop_app.application.ports.scanning import Scanning
    from desktop_app.application.settings import CentreAddress
    from desktop_app.application.workplace import CommandDesk, Papers, SignedIn, Workplace
    from desktop_app.storage.store import Store
    from desktop_app.sync.runner import SyncRunner


def make_workplace(
    store: Store,
    signed_in: SignedIn,
    sync: SyncRunner,
    clock: Clock,
    centre: CentreAddress,
    lease: Callable[[], LeaseWatch],
    may_give: Callable[[], None],
    printer: Path,
    lists: Path,
) -> Workplace:
    """What this person works with. Only the queries are there at once; the rest is loaded when it is first asked for.

    `may_give` raises where no command may be given now; `printer` is the file that remembers the printer, `lists`
    the folder of what certificates are checked against.
    """
    from desktop_app.application.workplace import Workplace
    from desktop_app.storage.queries import StoreQueries

    return Workplace(
        session=signed_in.session,
        queries=StoreQueries(store),
        commands=late(lambda: _desk(store, signed_in, clock, sync, may_give)),
        drafts=late(lambda: _drafts(store)),
        papers=late(lambda: _papers(store)),
        sync=sync,
        clock=clock,
        printing=late(lambda: _printing(printer)),
        attachments=late(lambda: _attachments(store)),
        lease=late(lease),
        scanning=late(_scanning),
        administration=late(lambda: _administration(centre, signed_in)),
        office=late(_office),
        proofs=late(lambda: _proofs(store)),
        checks=late(lambda: _checks(lists)),
        camera=late(_camera),
        page_trial=late(_page_trial),
    )


def _desk(
    store: Store, signed_in: SignedIn, clock: Clock, sync: SyncRunner, may_give: Callable[[], None]
) -> CommandDesk:
    from desktop_app.application.command_desk import ReplicaDesk

    return ReplicaDesk(store, signed_in.session, signed_in.signer, clock, sync.given, check_lease=may_give)


def _administration(centre: CentreAddress, signed_in: SignedIn) -> Administration:
    from desktop_app.gateway.administration import PostgresAdministration

    return PostgresAdministration(centre, signed_in.connect)


def _drafts(store: Store) -> Drafts:
    from desktop_app.storage.drafts import StoreDrafts

    return StoreDrafts(store)


def _attachments(store: Store) -> Attachments:
    from desktop_app.storage.attachments import StoreAttachments

    return StoreAttachments(store)


def _papers(store: Store) -> Papers:
    from desktop_app.storage.papers import StorePapers

    return StorePapers(store)


def _printing(kept: Path) -> Printing:
    from desktop_app.system.printing import find_printing

    return find_printing(kept)


def _proofs(store: Store) -> Proofs:
    from desktop_app.storage.verifying import StoreProofs

    return StoreProofs(store)


def _checks(lists: Path) -> Checks:
    from desktop_app.application.certificate_checking import FolderChecks
    from desktop_app.bootstrap.papers import certificate_verifier

    return FolderChecks(certificate_verifier(), lists)


def _camera() -> Camera:
    from desktop_app.system.camera import QtCamera

    return QtCamera()


def _page_trial() -> PageTrial:
    from desktop_app.documents.look_apart import ApartTrial

    return ApartTrial()


def _office() -> OfficeRenderer:
    from desktop_app.documents.office_renderer import ReportlabOffice

    return ReportlabOffice()


def _scanning() -> Scanning:
    from desktop_app.system.scanning import find_scanning

    return find_scanning()
