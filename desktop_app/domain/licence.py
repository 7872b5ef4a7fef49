"""The vocational licence (رخصة مهن): what it covers, who holds it, and what is promised away from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop_app.domain.area import Area, total_area
from desktop_app.domain.people import Person


class LicenceStatus(StrEnum):
    """Whether a licence is in force; a parent whose whole premises were given away is closed."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign (آرمة) of the premises; `code` is unique within a licence. `area` is of its face."""

    code: str
    text_ar: str
    area: Area
    lit: bool


@dataclass(frozen=True, slots=True)
class Parcel:
    """A land parcel by its registration (domain.md, Identifiers)."""

    directorate_ar: str
    village_ar: str
    basin_number: str
    basin_ar: str
    quarter_ar: str
    plate: str
    number: str


@dataclass(frozen=True, slots=True)
class Reservation:
    """What an accepted request holds of a parent until it is issued or ends (domain.md: nothing is given twice).

    `area`, `vocations` and `signs` are what the children take; the remainder is not reserved.
    """

    request_id: str
    request_number: str
    area: Area
    vocations: tuple[str, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence as it stands. `number` is its identity; `vocations` are codes of the reference table.

    `parent_number`, `made_by_request` and `amended_by_requests` are its genealogy; children are found by their
    `parent_number`. `district` is the branch it belongs to. `renewed_for` is the last year that was paid for,
    `renewed_on` the day on which that was done, where the register says it. `copies` is how many copies of
    its certificates were ever ordered, of whichever request: the count of the next is one more.
    """

    number: str
    district: int
    holder: Person
    trade_name: str
    area: Area
    vocations: tuple[str, ...]
    signs: tuple[Sign, ...]
    parcel: Parcel
    address_ar: str
    status: LicenceStatus
    renewed_for: int
    issued_on: date
    valid_until: date
    parent_number: str | None = None
    made_by_request: str | None = None
    amended_by_requests: tuple[str, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    renewed_on: date | None = None
    copies: int = 0

    @property
    def reserved_area(self) -> Area:
        return total_area(tuple(held.area for held in self.reservations))

    @property
    def free_area(self) -> Area:
        """What no accepted request holds."""
        return self.area - self.reserved_area

    def without_reservation(self, request_id: str) -> Licence:
        """This licence with nothing held by that request: how the request itself sees it."""
        return replace(self, reservations=tuple(r for r in self.reservations if r.request_id != request_id))

    def holder_of_vocation(self, code: str) -> Reservation | None:
        """The reservation that already took this vocation, if any."""
        return next((held for held in self.reservations if code in held.vocations), None)

    def holder_of_sign(self, code: str) -> Reservation | None:
        """The reservation that already took this sign, if any."""
        return next((held for held in self.reservations if code in held.signs), None)
