"""The tracks of a request: each small, each with a version of its own (domain.md, Tracks).

A command names the version of the one track it touches, so two people conflict only on the same track. Times are
UTC; dates are local days of Amman.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.area import Area
from desktop_app.domain.copies import CertificateCopy
from desktop_app.domain.fees.calculation import Calculation
from desktop_app.domain.handover import Handover, NotTaken
from desktop_app.domain.money import Fils


class Track(StrEnum):
    """The names of the tracks."""

    INTAKE = "intake"
    DUES = "dues"
    APPROVALS = "approvals"
    INSPECTION = "inspection"
    CIVIL_DEFENCE = "civil_defence"
    FEES = "fees"
    PAYMENT = "payment"
    ISSUE = "issue"
    DOCUMENTS = "documents"


class IntakeState(StrEnum):
    DRAFT = "draft"
    LODGED = "lodged"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Intake:
    """How the request came in. `reason` says why it was returned, refused or withdrawn."""

    state: IntakeState = IntakeState.DRAFT
    lodged_at: datetime | None = None
    lodged_by: str = ""
    accepted_at: datetime | None = None
    accepted_by: str = ""
    reason: str = ""
    answer_by: date | None = None
    version: int = 0


class DuesState(StrEnum):
    NOT_APPLICABLE = "not_applicable"
    CLEAR = "clear"
    OUTSTANDING = "outstanding"
    SETTLED = "settled"


class DueKind(StrEnum):
    """مسقفات (building and land tax) and تحققات (other assessed dues)."""

    MUSAQQAFAT = "musaqqafat"
    TAHAQQUQAT = "tahaqquqat"


@dataclass(frozen=True, slots=True)
class Due:
    """One amount that a person owes the municipality; `reference` is unique in the register of dues."""

    reference: str
    kind: DueKind
    amount: Fils
    about_ar: str


@dataclass(frozen=True, slots=True)
class DuesAccount:
    """All that one person (`id` is their `Identity.key`) owes; empty when clear."""

    id: str
    dues: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Dues:
    """The dues hold: amounts as they stood when the request was lodged, and how they were settled."""

    state: DuesState = DuesState.NOT_APPLICABLE
    outstanding: tuple[Due, ...] = ()
    payment_reference: str = ""
    version: int = 0


class ApprovalState(StrEnum):
    REQUIRED = "required"
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter that reminds of one that has had no answer: its number and date, who sent it, when (UTC)."""

    number: str
    dated: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """One outside body's word. Letter out and answer in, each by number and date; `scan` is a document's hash."""

    body: str
    state: ApprovalState = ApprovalState.REQUIRED
    letter_number: str = ""
    letter_date: date | None = None
    answer_number: str = ""
    answer_date: date | None = None
    reason: str = ""
    scan: str = ""
    version: int = 0
    reminders: tuple[Reminder, ...] = ()


class VisitState(StrEnum):
    TO_SCHEDULE = "to_schedule"
    SCHEDULED = "scheduled"
    COMPLIANT = "compliant"
    NON_COMPLIANT = "non_compliant"
    RECTIFIED = "rectified"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one checklist item; `rectify` says what must be put right when it is not met."""

    item: str
    met: bool
    note: str = ""
    rectify: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredUnit:
    """A unit's area as measured on site."""

    unit: str
    area: Area


@dataclass(frozen=True, slots=True)
class Extension:
    """More time to put something right: the last day `before` and the new one, why, who gave it, when (UTC)."""

    before: date
    until: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to all units of the split. `ordinal` starts at 1; a non-compliant one leads to the next."""

    ordinal: int
    state: VisitState = VisitState.TO_SCHEDULE
    inspector: str = ""
    day: date | None = None
    window: str = ""
    findings: tuple[Finding, ...] = ()
    measured: tuple[MeasuredUnit, ...] = ()
    note: str = ""
    rectify_by: date | None = None
    held_at: datetime | None = None
    version: int = 0
    extensions: tuple[Extension, ...] = ()


class CivilDefenceState(StrEnum):
    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CivilDefence:
    """The Civil Defence's word, asked for after a compliant visit."""

    state: CivilDefenceState = CivilDefenceState.NOT_NEEDED
    letter_number: str = ""
    letter_date: date | None = None
    answer_number: str = ""
    answer_date: date | None = None
    reason: str = ""
    version: int = 0
    scan: str = ""
    reminders: tuple[Reminder, ...] = ()


class FeesState(StrEnum):
    TO_ASSESS = "to_assess"
    ASSESSED = "assessed"
    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Fees:
    """The bill and who stands for it. `touched_by` are all who assessed or adjusted: none of them may approve."""

    state: FeesState = FeesState.TO_ASSESS
    calculation: Calculation | None = None
    assessed_by: str = ""
    touched_by: tuple[str, ...] = ()
    approved_by: str = ""
    approved_at: datetime | None = None
    reason: str = ""
    version: int = 0


class PaymentState(StrEnum):
    DUE = "due"
    PAID = "paid"
    REFUNDED = "refunded"
    VOIDED = "voided"


class PaymentMethod(StrEnum):
    CASH = "cash"
    CARD = "card"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt (سند قبض). Its number is of the device's own series; money once received is never unwritten."""

    number: str
    amount: Fils
    method: PaymentMethod
    reference: str
    cashier: str
    device: str
    taken_at: datetime
    voided_by: str = ""
    void_reason: str = ""
    voided_at: datetime | None = None

    @property
    def valid(self) -> bool:
        return not self.voided_by


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid. Voided receipts stay in the list."""

    state: PaymentState = PaymentState.DUE
    receipts: tuple[Receipt, ...] = ()
    refund_reason: str = ""
    refunded_by: str = ""
    version: int = 0

    @property
    def receipt(self) -> Receipt | None:
        """The receipt that stands."""
        return next((receipt for receipt in reversed(self.receipts) if receipt.valid), None)


class IssueState(StrEnum):
    TO_ISSUE = "to_issue"
    ISSUED = "issued"
    PRINTED = "printed"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class IssuedLicence:
    """A licence that this split made or amended; `unit` is the child's key or "remainder". `valid_until` is the last
    day on its certificate; programs before there were copies did not write it down."""

    unit: str
    number: str
    valid_until: date | None = None


class Spoilt(StrEnum):
    """What is wrong with a sheet."""

    JAMMED = "jammed"
    FAINT = "faint"
    SMUDGED = "smudged"
    MISALIGNED = "misaligned"
    WRONG_SHEET = "wrong_sheet"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet that left a printer, and a person's word on whether it is readable. Of a spoilt one, why, and
    what else was said of it; nothing where a program recorded it that did not ask yet. `copy` is the count of the copy
    that is on it, 0 for the certificate itself."""

    licence_number: str
    serial: str
    fine: bool
    by: str
    at: datetime
    spoilt: Spoilt | None = None
    note: str = ""
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Issue:
    """Issue, print and delivery of the licences; `not_taken` are the times somebody came and would not take them;
    `copies` all that were ever made of their certificates, `taken_back` the sheets of licences that were (their blank
    sheets are used up all the same)."""

    state: IssueState = IssueState.TO_ISSUE
    licences: tuple[IssuedLicence, ...] = ()
    issued_at: datetime | None = None
    sheets: tuple[PrintedSheet, ...] = ()
    delivered_to: str = ""
    delivered_identity: str = ""
    delivered_at: datetime | None = None
    version: int = 0
    handover: Handover | None = None
    not_taken: tuple[NotTaken, ...] = ()
    copies: tuple[CertificateCopy, ...] = ()
    taken_back: tuple[PrintedSheet, ...] = ()

    @property
    def all_sheets(self) -> tuple[PrintedSheet, ...]:
        """Every blank sheet that the request has used."""
        return (*self.taken_back, *self.sheets)
