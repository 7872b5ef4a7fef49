"""What stands on the papers, and the renderer that draws them. `documents` answers with reportlab.

A content holds everything in the words and values that are shown, so that drawing needs no other knowledge. The same
content is drawn alike; it is drawn once, at the centre.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from desktop_app.domain.area import Area
from desktop_app.domain.licence import Parcel, Sign
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Person
from desktop_app.domain.reference import District, OutsideBody, Vocation
from desktop_app.domain.tracks import PaymentMethod


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """One licence as its certificate shows it. `sample` marks the sheet («نموذج»): rates and rules are unverified.

    `parent_number` is set on a child; `amended` on the parent that gave part of itself away, and `children` are then
    the licences that came of this request. `code` is the text of the QR code that proves the sheet; without it there is
    none. `copy` is the count of a copy, which the sheet then says; 0 is the certificate itself.
    """

    number: str
    request_number: str
    holder: Person
    trade_name: str
    district: District
    address_ar: str
    parcel: Parcel
    area: Area
    vocations: tuple[Vocation, ...]
    signs: tuple[Sign, ...]
    issued_on: date
    valid_until: date
    drawn_on: date
    parent_number: str | None
    amended: bool
    children: tuple[str, ...]
    sample: bool
    code: str = ""
    copy: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of the bill as paid."""

    label_ar: str
    label_en: str
    article: str
    amount: Fils
    about: str


@dataclass(frozen=True, slots=True)
class ReceiptContent:
    """One receipt (سند قبض). The lines sum to the amount. `taken_at` is UTC."""

    number: str
    request_number: str
    payer: Person
    district: District
    lines: tuple[ReceiptLine, ...]
    amount: Fils
    method: PaymentMethod
    reference: str
    cashier_ar: str
    device: str
    taken_at: datetime
    sample: bool


@dataclass(frozen=True, slots=True)
class LetterUnit:
    """One licence that the split is to make, as an outside body reads of it."""

    trade_name: str
    holder: Person
    area: Area
    vocations: tuple[Vocation, ...]


@dataclass(frozen=True, slots=True)
class RemindedLetter:
    """The letter that a reminder is of, and the how manyeth reminder it is."""

    number: str
    dated: date
    ordinal: int


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A letter to an outside body or to the Civil Defence. `vocations` are those that need this body's word; `visited`
    is the day on which the premises were found in order, where the letter follows a visit; `reminds_of` makes it a
    reminder."""

    number: str
    dated: date
    body: OutsideBody
    request_number: str
    applicant: Person
    parent_number: str
    trade_name: str
    district: District
    address_ar: str
    parcel: Parcel
    units: tuple[LetterUnit, ...]
    vocations: tuple[Vocation, ...]
    sample: bool
    visited: date | None = None
    reminds_of: RemindedLetter | None = None


@dataclass(frozen=True, slots=True)
class StampEvidence:
    """That the `certificate` of a time-stamping authority was not revoked: its issuer's certificate, and the issuer's
    list of `revocations` (CRL), all in DER; when the list was made and by when the next was due (UTC)."""

    issuer: bytes
    certificate: bytes
    revocations: bytes
    made_at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class PaperStamp:
    """A good timestamp of a paper's signature: when (UTC), the certificate (DER) of the authority and the name in it.
    Whether that authority is to be believed, it cannot say. `evidence` is what the paper brings along of its not being
    revoked then, where it does."""

    at: datetime
    certificate: bytes
    authority: str
    evidence: StampEvidence | None = None

    @property
    def listed_on(self) -> datetime | None:
        """When the list in the evidence was made (UTC)."""
        return self.evidence.made_at if self.evidence is not None else None


class PaperStamper(Protocol):
    """Has signatures stamped by a time-stamping authority. It bounds how long it waits, and never raises for what the
    authority or the network does: a paper is not held up."""

    def expected(self) -> bytes | None:
        """The certificate (DER) that the next stamp will be by; None where none can be had now."""

    def evidence(self, at: datetime) -> StampEvidence | None:
        """That the authority of the next stamp is not revoked at `at` (UTC), as far as is known without asking anybody.
        Where it is None, papers bear a stamp and nothing that vouches for it later."""

    def stamp(self, signature: bytes, at: datetime) -> tuple[bytes, bytes] | None:
        """The token (DER, in its one form) over these octets of a signature of that time (UTC), and the certificate
        that it is by. None where none can be had."""

    def note(self, *, stamped: bool, lasting: bool = False) -> None:
        """A paper is signed: with a stamp, or without; `lasting` with evidence of its authority."""


@dataclass(frozen=True, slots=True)
class PaperSeal:
    """What signs one paper: a word of its kind (`certificate`, `copy`, `receipt`, `letter`, `reminder`), when (UTC,
    whole seconds count), the public half of the centre's key (32 bytes of Ed25519, 33 of P-256), and what makes raw
    signatures (64 bytes) by its other half, wherever that lies. `stamper` adds a timestamp of somebody else's, where
    one can be had."""

    kind: str
    at: datetime
    public: bytes
    sign: Callable[[bytes], bytes]
    stamper: PaperStamper | None = None


class PaperRenderer(Protocol):
    """Draws papers as PDF, signed where a seal is given. All raise ValueError for what cannot be set in the fonts
    there are, and what the seal raises."""

    def certificate(self, content: CertificateContent, seal: PaperSeal | None = None) -> bytes: ...

    def receipt(self, content: ReceiptContent, seal: PaperSeal | None = None) -> bytes: ...

    def letter(self, content: LetterContent, seal: PaperSeal | None = None) -> bytes: ...
