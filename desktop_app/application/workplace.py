"""What a signed-in person works with: everything a screen may ask for, handed in by `bootstrap`.

Screens and presenters get a `Workplace` and nothing else; tests give them one made of fakes or of a real store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol, cast

from desktop_app.application.auditing.proof import NoProofs
from desktop_app.application.ports.camera import NoCamera
from desktop_app.application.ports.checking import NoChecks
from desktop_app.application.ports.page_trial import NoTrial
from desktop_app.application.ports.printing import NoPrinters
from desktop_app.application.ports.scanning import NoScanning

if TYPE_CHECKING:
    from desktop_app.application.auditing.proof import Proofs
    from desktop_app.application.ports.administration import Administration
    from desktop_app.application.ports.attachments import Attachments
    from desktop_app.application.ports.camera import Camera
    from desktop_app.application.ports.checking import Checks
    from desktop_app.application.ports.clock import Clock
    from desktop_app.application.ports.drafts import Drafts
    from desktop_app.application.ports.office_papers import OfficeRenderer
    from desktop_app.application.ports.page_trial import PageTrial
    from desktop_app.application.ports.printing import Printing
    from desktop_app.application.ports.queries import Queries
    from desktop_app.application.ports.scanning import Scanning
    from desktop_app.application.ports.signer import Signer
    from desktop_app.domain.actions import Availability
    from desktop_app.domain.actor import Actor
    from desktop_app.domain.commands import Command
    from desktop_app.domain.deciding import Case, Context, Outcome
    from desktop_app.domain.lease import LeaseStands
    from desktop_app.domain.lodging import RequestContent
    from desktop_app.sync.centre_link import CentreLink
    from desktop_app.sync.status import SyncStatus


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in on which device. `online` says whether the password was proved at the centre this time."""

    actor: Actor
    device: str
    branch: int
    online: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person's session: who, the key they sign with, and how their connections to the centre are made."""

    session: Session
    signer: Signer
    connect: Callable[[], CentreLink]


class CommandDesk(Protocol):
    """Where commands are given. All of it runs the domain's own rules over the replica; none of it needs the centre."""

    def give(self, command: Command, base: int | None = None) -> Outcome:
        """Decides, signs, stores in the pending log and applies, in one transaction. A refused outcome changes
        nothing. `base` is the version of the track that the person saw (None: the one that stands now)."""

    def rehearse(self, command: Command) -> Outcome:
        """What `give` would answer now; stores nothing. For inline checks while typing."""

    def available(self, request_id: str) -> tuple[Availability, ...]:
        """The actions that this person sees on this request now, with what nearly legal ones lack."""

    def case_of(self, request_id: str, *, content: RequestContent | None = None, day: date | None = None) -> Case:
        """The case as the rules see it."""

    def context(self, base: int = 0) -> Context:
        """The context of this person, device and moment."""

    def new_request_id(self) -> str:
        """A fresh UUIDv7."""

    def next_reference(self) -> str:
        """The device's own readable number for a new request."""

    def next_receipt_number(self, branch: int) -> str:
        """The next number of the device's receipt series. It is used up when a command that carries it is given."""

    def dismiss(self, command_id: str, reason: str) -> None:
        """Takes a refused command out of the conflict inbox; it is kept with the reason, and who said so."""


class SyncControl(Protocol):
    """The background synchronisation. Listeners are called on the sync thread; the UI hands them over itself."""

    def status(self) -> SyncStatus: ...

    def sync_now(self) -> None:
        """Asks for a round at once; returns at once."""

    def run_once(self) -> SyncStatus:
        """One whole round in the caller's thread: push, pull until nothing is left, fetch papers."""

    def work_offline(self, wanted: bool) -> None: ...

    def listen(self, told: Callable[[SyncStatus], None]) -> Callable[[], None]:
        """`told` is called after every change; the returned function ends it."""


class Leased(Protocol):
    """For how long this workstation may go on without the centre."""

    def look(self) -> LeaseStands:
        """How the lease stands now. Blocks for the disk."""


class NoAdministration:
    """For a workplace from which nothing is looked after: a simulation's, and most people's."""

    def __getattr__(self, name: str) -> object:
        raise ConnectionError("nothing is looked after from this workplace")


class NotLeased:
    """For a workplace that no lease binds: a simulation's."""

    def look(self) -> LeaseStands:
        from desktop_app.domain.lease import UNBOUND

        return UNBOUND


class Papers(Protocol):
    """The stored papers: the very bytes that the centre drew."""

    def find(self, number: str) -> bytes | None:
        """The newest certificate or receipt of this number, if it has been fetched."""

    def find_drawn(self, digest: str) -> bytes | None:
        """The paper that is known by the SHA-256 of its bytes (`StoredPaper.id`), if it has been fetched."""


def _no_attachments() -> Attachments:
    from desktop_app.application.ports.attachments import NoAttachments

    return NoAttachments()


def _no_office() -> OfficeRenderer:
    from desktop_app.application.office_papers import NoOffice

    return cast("OfficeRenderer", NoOffice())


@dataclass(frozen=True, slots=True)
class Workplace:
    """Handed to every screen."""

    session: Session
    queries: Queries
    commands: CommandDesk
    drafts: Drafts
    papers: Papers
    sync: SyncControl
    clock: Clock
    printing: Printing = field(default_factory=NoPrinters)
    attachments: Attachments = field(default_factory=_no_attachments)
    lease: Leased = field(default_factory=NotLeased)
    scanning: Scanning = field(default_factory=NoScanning)
    administration: Administration = field(default_factory=lambda: cast("Administration", NoAdministration()))
    office: OfficeRenderer = field(default_factory=_no_office)
    proofs: Proofs = field(default_factory=NoProofs)
    checks: Checks = field(default_factory=NoChecks)
    camera: Camera = field(default_factory=NoCamera)
    page_trial: PageTrial = field(default_factory=NoTrial)
