"""Facts: what the centre says stands. They flow to workstations in pages of a feed without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.domain.actor import Actor
from desktop_app.domain.deciding import Booking
from desktop_app.domain.history import Event
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import Message
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import DuesAccount

EVERYWHERE = 0
"""The branch of facts that every workstation holds: reference data, staff, dues accounts, bookings."""


@dataclass(frozen=True, slots=True)
class StoredOutcome:
    """What became of a command: accepted, or refused with every reason. `id` is the command's."""

    id: str
    request_id: str
    branch: int
    device: str
    author: str
    accepted: bool
    refusals: tuple[Message, ...]
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper the centre drew: `id` is the SHA-256 of its bytes, `number` the licence, receipt or letter it is; `part`
    is the outside body that a letter goes to."""

    id: str
    kind: str
    number: str
    request_id: str
    branch: int
    size: int
    drawn_at: datetime
    part: str = ""


class FactKind(StrEnum):
    """What kinds of facts there are, as they stand on the wire."""

    REFERENCE = "reference"
    STAFF = "staff"
    DUES = "dues"
    LICENCE = "licence"
    REQUEST = "request"
    EVENT = "event"
    NOTICE = "notice"
    PAPER = "paper"
    OUTCOME = "outcome"
    BOOKING = "booking"


TYPE_OF: dict[FactKind, type] = {
    FactKind.REFERENCE: Reference,
    FactKind.STAFF: Actor,
    FactKind.DUES: DuesAccount,
    FactKind.LICENCE: Licence,
    FactKind.REQUEST: Request,
    FactKind.EVENT: Event,
    FactKind.NOTICE: Notice,
    FactKind.PAPER: StoredPaper,
    FactKind.OUTCOME: StoredOutcome,
    FactKind.BOOKING: Booking,
}


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of the feed: fact `id` of `kind` in `branch` as of `sequence`. `body` is None when it is deleted, or when
    it has `departed`: it stands elsewhere, where this person does not see it (another branch; no longer awaited).

    Reference data has the one id "current"; a licence's id is its number; an outcome's and an event's the command's;
    a booking's its request's.
    """

    kind: FactKind
    id: str
    branch: int
    sequence: int
    body: bytes | None
    departed: bool = False


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Rows of one branch after a cursor, in order; `reached` is the cursor to store with them; `more` says to ask
    again. `epoch` changes when the centre is restored from a backup."""

    epoch: str
    branch: int
    rows: tuple[FactRow, ...]
    reached: int
    more: bool
