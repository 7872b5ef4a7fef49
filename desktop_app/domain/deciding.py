"""What a decision is made of: the case as it stands, the context it is made in, and its outcome.

The same `decide` runs on the workstation (over its replica, provisionally) and at the centre (finally). Everything
it may know comes in through `Case` and `Context`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from desktop_app.domain.actor import Actor
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.history import Event
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import Message
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import DuesAccount

LONGEST_OFFLINE = timedelta(days=31)
"""No device works longer than this without the centre: what it says of an earlier time is not believed."""


@dataclass(frozen=True, slots=True)
class Booking:
    """An inspection that is booked: who, which local day, which window, for which request."""

    inspector: str
    day: date
    window: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Case:
    """The facts that a decision on one request may look at.

    `request` is None before it exists here. `rivals` are the other open requests on the same parent. `children`
    are the licences this request issued. `bookings` are those of the day that the command asks for, `inspectors`
    the active staff who inspect in the branch. `missing_documents` are digests of attached documents whose bytes the
    centre does not hold, as far as whoever decides can know.
    """

    request: Request | None = None
    parent: Licence | None = None
    dues: DuesAccount | None = None
    rivals: tuple[Request, ...] = ()
    children: tuple[Licence, ...] = ()
    bookings: tuple[Booking, ...] = ()
    inspectors: tuple[Actor, ...] = ()
    missing_documents: tuple[str, ...] = ()


class Numbering(Protocol):
    """Gives out numbers. `final` is False on a workstation, which can give none: then both return None."""

    @property
    def final(self) -> bool: ...

    def request_number(self, year: int, district: int) -> str | None:
        """The next request number of a year, without gaps."""

    def licence_number(self, year: int, district: int) -> str | None:
        """The next licence number of a year, without gaps."""

    def receipt_number(self, year: int, district: int) -> str | None:
        """The next number of a receipt for what was paid electronically, of the centre's own series, without gaps."""

    def take_receipt(self, number: str, request_id: str) -> bool:
        """Writes down that the receipt of this number is of this request; False when it is another's. A workstation
        cannot know that: there it is True."""

    def take_sheet(self, serial: str, request_id: str) -> bool:
        """Writes down that the blank sheet of this serial was used, fine or spoilt, for this request; False when it was
        for another. A workstation cannot know that: there it is True."""


class NoNumbers:
    """A workstation's numbering: whatever needs a number waits for the centre."""

    final = False

    def request_number(self, year: int, district: int) -> str | None:
        return None

    def licence_number(self, year: int, district: int) -> str | None:
        return None

    def receipt_number(self, year: int, district: int) -> str | None:
        return None

    def take_receipt(self, number: str, request_id: str) -> bool:
        return True

    def take_sheet(self, serial: str, request_id: str) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts, when and where. `now` is the decider's time and `made_at` the device's (UTC); `base` is the version
    of the track that the person saw; `command_id` names the decision in the history. `unproved` are digests of
    documents whose bytes the device never sent, though they are at the centre or in another request already: it may
    not name them. Only the centre knows; elsewhere there are none."""

    command_id: str
    actor: Actor
    device: str
    now: datetime
    made_at: datetime
    base: int
    reference: Reference
    numbers: Numbering
    unproved: frozenset[str] = frozenset()

    @property
    def happened_at(self) -> datetime:
        """When the act itself took place (UTC): what the device says where that can be true, else the decider's time.

        Money is taken and licences are handed over offline, so the device is asked; but a clock that is a year off
        must not put that year on a receipt.
        """
        return self.made_at if self.now - LONGEST_OFFLINE <= self.made_at <= self.now else self.now

    @property
    def today(self) -> date:
        """The decider's local day in Amman."""
        return self.now.astimezone(AMMAN).date()


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """A paper the centre must draw and keep: kind "certificate" or "receipt", by licence or receipt number; "copy", by
    licence and count (`CertificateCopy.number`); "letter" or
    "reminder", by the letter's number, and `part` is then the body that it goes to."""

    kind: str
    number: str
    request_id: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision changes. With `refusals` nothing else is set and nothing changes."""

    refusals: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()
    request: Request | None = None
    licences: tuple[Licence, ...] = ()
    event: Event | None = None
    notices: tuple[Notice, ...] = ()
    papers: tuple[PaperOrder, ...] = ()

    @property
    def accepted(self) -> bool:
        return not self.refusals


def refused(*why: Message) -> Outcome:
    """The outcome that changes nothing and says why."""
    return Outcome(refusals=why)
