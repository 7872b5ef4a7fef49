"""What stands on the papers of the office's own day, and their renderer, which `documents` answers with reportlab.

A content holds everything that is shown. None of these papers proves anything by itself: they are drawn where they are
wanted, from what the replica holds, as often as they are wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from desktop_app.application.ports.papers import ReceiptLine
from desktop_app.domain.area import Area
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Person
from desktop_app.domain.reference import District
from desktop_app.domain.tracks import PaymentMethod


@dataclass(frozen=True, slots=True)
class Premises:
    """Which request a paper is about, and where its shop is."""

    request_number: str
    parent_number: str
    trade_name: str
    district: District
    address_ar: str


@dataclass(frozen=True, slots=True)
class FeeNoticeContent:
    """What is to be paid after approval (إشعار رسوم). The lines sum to `amount`; `pay_by` is the last day, if any."""

    premises: Premises
    applicant: Person
    lines: tuple[ReceiptLine, ...]
    amount: Fils
    approved_on: date
    pay_by: date | None
    drawn_on: date
    sample: bool


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """One question of the checklist and what was found; `rectify` is set where something is to be put right."""

    text_ar: str
    met: bool
    note: str = ""
    rectify: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredArea:
    """A unit's area as asked for and as measured."""

    title: str
    asked: Area
    measured: Area | None


@dataclass(frozen=True, slots=True)
class VisitContent:
    """A visit that was held. The rectification notice shows what was not met, the inspection report all of it."""

    premises: Premises
    applicant: Person
    ordinal: int
    inspector_ar: str
    held_on: date
    compliant: bool
    items: tuple[CheckedItem, ...]
    measured: tuple[MeasuredArea, ...]
    note: str
    rectify_by: date | None
    drawn_on: date
    sample: bool


@dataclass(frozen=True, slots=True)
class DayVisit:
    """One stop of an inspector's day."""

    window: str
    request_number: str
    trade_name: str
    applicant_ar: str
    mobile: str
    place_ar: str
    units: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class DailyListContent:
    """The visits of one inspector on one day, in the order in which they are to be made."""

    inspector_ar: str
    day: date
    district: District
    visits: tuple[DayVisit, ...]
    sample: bool


@dataclass(frozen=True, slots=True)
class TakenReceipt:
    """One receipt of the day. A voided one is listed and counts for nothing. `taken_at` is UTC."""

    number: str
    request_number: str
    payer_ar: str
    method: PaymentMethod
    amount: Fils
    taken_at: datetime
    voided: bool = False


@dataclass(frozen=True, slots=True)
class DayCloseContent:
    """What a cashier took on one day (إقفال اليوم). Sums are made from the receipts by whoever draws it."""

    cashier_ar: str
    day: date
    district: District
    receipts: tuple[TakenReceipt, ...]
    drawn_on: date
    sample: bool


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a request's history, in words. `proof` says what this workstation can prove of it, `hash` is that of
    its entry in the audit chain."""

    when: str
    what: str
    who: str
    device: str
    detail: str
    proof: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class HistoryContent:
    """All that happened to a request, the first thing first, as one workstation holds it on a day."""

    premises: Premises
    applicant: Person
    status: str
    entries: tuple[HistoryEntry, ...]
    drawn_by: str
    drawn_on: date
    sample: bool


class OfficeRenderer(Protocol):
    """Draws papers as PDF, on as many sheets as they take. All raise ValueError for what the fonts cannot set."""

    def fee_notice(self, content: FeeNoticeContent) -> bytes: ...

    def rectification_notice(self, content: VisitContent) -> bytes: ...

    def inspection_report(self, content: VisitContent) -> bytes: ...

    def daily_list(self, content: DailyListContent) -> bytes: ...

    def day_close(self, content: DayCloseContent) -> bytes: ...

    def history(self, content: HistoryContent) -> bytes: ...
