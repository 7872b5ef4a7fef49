"""What the screens read from the workstation's replica. All of it is local, paged by key, and quick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.application.ports.given import GivenCommand
    from desktop_app.application.ports.queue import Ground, QueueFilter, QueueKey, QueuePage, QueueView
    from desktop_app.application.ports.sheets import SheetFilter, SheetPage, SheetSums
    from desktop_app.domain.actor import Actor
    from desktop_app.domain.deciding import Booking
    from desktop_app.domain.duplicates import LookAlikeKeys
    from desktop_app.domain.history import Event
    from desktop_app.domain.licence import Licence
    from desktop_app.domain.messages import Message
    from desktop_app.domain.notices import Notice
    from desktop_app.domain.reference import Reference
    from desktop_app.domain.request import Request
    from desktop_app.domain.request_status import Status
    from desktop_app.domain.tracks import DuesAccount
    from desktop_app.wire.facts import StoredPaper


@dataclass(frozen=True, slots=True)
class RequestView:
    """All that the request screen shows. `request` is the centre's state with pending commands on top."""

    request: Request
    parent: Licence | None
    children: tuple[Licence, ...]
    dues: DuesAccount | None
    rivals: tuple[Request, ...]
    history: tuple[Event, ...]
    notices: tuple[Notice, ...]
    papers: tuple[StoredPaper, ...]
    pending: int
    refusals: tuple[RefusedCommand, ...]


@dataclass(frozen=True, slots=True)
class RefusedCommand:
    """A command that the centre refused, kept whole until a person redoes or dismisses it."""

    command_id: str
    request_id: str
    action: str
    author: str
    made_at: datetime
    decided_at: datetime
    reasons: tuple[Message, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class LicenceRow:
    number: str
    trade_name: str
    holder_ar: str
    district: int
    status: str
    area: int
    parent_number: str | None
    children: int


@dataclass(frozen=True, slots=True)
class LicencePage:
    """`next` is the number of the last row when more follow."""

    rows: tuple[LicenceRow, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Genealogy:
    """A licence among its kin: ancestors from the oldest down, and all descendants with their depth below it."""

    ancestors: tuple[Licence, ...]
    licence: Licence
    descendants: tuple[tuple[int, Licence], ...]


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A booked visit, or one that waits to be booked (`day` None)."""

    request_id: str
    number: str
    applicant_ar: str
    trade_name: str
    address_ar: str
    branch: int
    ordinal: int
    inspector: str
    day: date | None
    window: str
    status: Status


@dataclass(frozen=True, slots=True)
class MessagePage:
    rows: tuple[Notice, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hit of the command box: `kind` is "request" or "licence"; `id` opens it."""

    kind: str
    id: str
    title: str
    detail: str


class Queries(Protocol):
    """Reads of the replica; each is one short transaction and safe to call off the UI thread."""

    def queue_page(self, wanted: QueueFilter, after: QueueKey | None, limit: int) -> QueuePage: ...

    def queue_counts(self, as_of: datetime, branch: int | None) -> dict[QueueView, int]: ...

    def get_request(self, request_id: str) -> RequestView:
        """Raises KeyError for a request that the replica does not hold."""

    def find_licence(self, number: str) -> Licence | None: ...

    def find_dues(self, identity_key: str) -> DuesAccount | None: ...

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]: ...

    def look_alikes(self, keys: LookAlikeKeys) -> tuple[Request, ...]:
        """Open requests and drafts that share one of these keys, at most 20 for each key, the newest; what they have
        in common, `domain.duplicates` says."""

    def licence_page(self, text: str, branch: int | None, after: str | None, limit: int) -> LicencePage: ...

    def genealogy(self, number: str) -> Genealogy:
        """Raises KeyError for an unknown licence."""

    def visits_between(self, first: date, last: date) -> tuple[VisitRow, ...]: ...

    def bookings_elsewhere(self, first: date, last: date) -> tuple[Booking, ...]:
        """What requests that this workstation does not hold take of these local days of inspectors: they are booked
        in other branches. Both days are inclusive."""

    def visits_to_book(self) -> tuple[VisitRow, ...]: ...

    def message_page(self, text: str, after: str | None, limit: int) -> MessagePage: ...

    def sheet_page(self, wanted: SheetFilter, after: str | None, limit: int) -> SheetPage:
        """The blank sheets that the requests held here tell of, the newest first."""

    def sheet_sums(self, wanted: SheetFilter) -> SheetSums:
        """How many there are, and which serials nobody has recorded here."""

    def refused_commands(self) -> tuple[RefusedCommand, ...]: ...

    def given_commands(self, limit: int) -> tuple[GivenCommand, ...]:
        """What was given on this device and is still kept, the last first; what was refused and put aside is not."""

    def search(self, text: str, limit: int) -> tuple[SearchHit, ...]: ...

    def staff(self) -> tuple[Actor, ...]: ...

    def reference(self) -> Reference: ...

    def ground(self) -> Ground:
        """The part of `reference` that lists need."""
