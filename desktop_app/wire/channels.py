"""What other systems hand in and are told (docs/portal.md), version 1: the types that the JSON schemas are made of.

Money is whole fils, area whole hundredths of m², times are UTC. What is handed in is read strictly: a name that is not
known here is refused, and so is what is too long.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec

from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.people import ApplicantKind, Capacity, IdentityKind
from desktop_app.domain.request_status import Status
from desktop_app.domain.tracks import DueKind, DuesState, FeesState, PaymentState

VERSION = 1
REFERENCE_FORM = "^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$"

Version = Literal[1]
Word = Annotated[str, msgspec.Meta(max_length=64)]
Line = Annotated[str, msgspec.Meta(max_length=200)]
Codes = Annotated[tuple[Word, ...], msgspec.Meta(max_length=100)]
Amount = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000_000)]
Reference = Annotated[str, msgspec.Meta(pattern=REFERENCE_FORM)]


class _In(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Handed in."""


class _Out(msgspec.Struct, frozen=True, kw_only=True):
    """Told. A later version may add names: read those that you know."""


class IdentityIn(_In, frozen=True, kw_only=True):
    """By what a person or body is known; digits may be Arabic ones."""

    kind: IdentityKind
    number: Word


class PersonIn(_In, frozen=True, kw_only=True):
    name_ar: Line
    identity: IdentityIn
    name_en: Line = ""


class ApplicantIn(_In, frozen=True, kw_only=True):
    """Who asks. `mobile` is +962 7[789] and seven digits; `signatory_ar` for a business; `authority_reference` for an
    agent and a government body."""

    kind: ApplicantKind
    capacity: Capacity
    person: PersonIn
    mobile: Word
    signatory_ar: Line = ""
    authority_reference: Line = ""
    language: NoticeLanguage = NoticeLanguage.ARABIC


class RequirementsIn(_In, frozen=True, kw_only=True):
    """References of papers; the construction certificate where a vocation needs it."""

    title_deed: Line
    construction_certificate: Line = ""


class ChildIn(_In, frozen=True, kw_only=True):
    """One licence that the split shall make. `area` in hundredths of m²; `vocations` and `signs` are codes that go with
    it from the parent, `added_vocations` are new to it."""

    key: Word
    holder: PersonIn
    trade_name: Line
    area: Annotated[int, msgspec.Meta(le=1_000_000_000)]
    vocations: Codes
    added_vocations: Codes = ()
    signs: Codes = ()


class Lodging(_In, frozen=True, kw_only=True):
    """The request of `portal.lodge`. `completes` is the reference of an earlier one that came back for completion."""

    version: Version
    applicant: ApplicantIn
    requirements: RequirementsIn
    parent_number: Word
    children: Annotated[tuple[ChildIn, ...], msgspec.Meta(max_length=100)]
    completes: Annotated[str, msgspec.Meta(max_length=64)] = ""


class DueIn(_In, frozen=True, kw_only=True):
    """The due of `dues.put`: what stands from now on under its reference. An amount of 0 is paid, and taken out."""

    version: Version
    owner: IdentityIn
    kind: DueKind
    amount_fils: Amount
    about_ar: Line = ""


class PaymentIn(_In, frozen=True, kw_only=True):
    """What `epay.record_payment` and `epay.record_dues_payment` make of their arguments."""

    request: Word
    amount_fils: Amount
    paid_at: datetime


class Argument(_Out, frozen=True, kw_only=True):
    """A value inside a sentence, by its type: text, count, fils, area (hundredths of m²), day or moment (UTC)."""

    type: Literal["text", "count", "fils", "area", "day", "moment"]
    value: str | int


class Sentence(_Out, frozen=True, kw_only=True):
    """What the rules say: a key that does not change, its arguments, the field it is about ("" for the whole), and the
    words in Arabic and English."""

    key: str
    arguments: dict[str, Argument]
    field: str
    ar: str
    en: str


class StatusOut(_Out, frozen=True, kw_only=True):
    """Where a request stands, in one word."""

    key: Status
    ar: str
    en: str


class DueOut(_Out, frozen=True, kw_only=True):
    reference: str
    kind: DueKind
    amount_fils: int
    about_ar: str


class DuesOut(_Out, frozen=True, kw_only=True):
    """What the owner still has to pay before acceptance, and the card's notice of it, sentence by sentence."""

    state: DuesState
    total_fils: int
    items: tuple[DueOut, ...]
    notice: tuple[Sentence, ...]


class FeesOut(_Out, frozen=True, kw_only=True):
    """`due_fils` is there once the bill is approved, until it is paid: exactly this is to be paid."""

    state: FeesState
    due_fils: int | None
    approved_at: datetime | None


class PaymentOut(_Out, frozen=True, kw_only=True):
    state: PaymentState
    receipt: str
    paid_fils: int | None
    paid_at: datetime | None


class LicenceOut(_Out, frozen=True, kw_only=True):
    """`unit` is the child's key, or "remainder"."""

    unit: str
    number: str


class NoticeOut(_Out, frozen=True, kw_only=True):
    kind: NoticeKind
    made_at: datetime


class RequestOut(_Out, frozen=True, kw_only=True):
    """How a request of the portal stands. `number` is the centre's, from acceptance on; `reference` names it before."""

    number: str | None
    reference: str
    branch: int
    status: StatusOut
    reason: str
    answer_by: date | None
    lodged_at: datetime | None
    accepted_at: datetime | None
    dues: DuesOut
    fees: FeesOut
    payment: PaymentOut
    licences: tuple[LicenceOut, ...]
    notices: tuple[NoticeOut, ...]


class PaidOut(_Out, frozen=True, kw_only=True):
    """What an electronic payment came to: the receipt, and the licences that were issued by it (none for dues)."""

    request: str
    receipt: str
    amount_fils: int
    licences: tuple[LicenceOut, ...]


class Taken(_Out, frozen=True, kw_only=True):
    """What `lodge`, `record_payment`, `record_dues_payment` and `put` answer: the same each time for the same."""

    version: Version
    reference: Reference
    taken_at: datetime


State = Literal["waiting", "held", "refused", "accepted"]


class _Found(_Out, frozen=True, kw_only=True):
    """What `find` answers. `waiting`: not decided yet. `held`: a person at the centre must look. `refused`: nothing
    changed, and `refusals` says why. `accepted`: done."""

    version: Version
    reference: Reference
    taken_at: datetime
    decided_at: datetime | None
    state: State
    refusals: tuple[Sentence, ...]


class LodgingFound(_Found, frozen=True, kw_only=True):
    """What `portal.find` answers."""

    result: RequestOut | None


class PaymentFound(_Found, frozen=True, kw_only=True):
    """What `epay.find` answers."""

    result: PaidOut | None


class DueFound(_Found, frozen=True, kw_only=True):
    """What `dues.find` answers."""

    result: None


SCHEMAS: dict[str, Any] = {
    "lodge.request": Lodging,
    "lodge.answer": Taken,
    "find.answer": LodgingFound,
    "record_payment.answer": Taken,
    "epay.find.answer": PaymentFound,
    "dues.put.due": DueIn,
    "dues.put.answer": Taken,
    "dues.find.answer": DueFound,
}
"""Which type says what, by the name of its file in docs/portal."""


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one of `SCHEMAS`. Raises KeyError."""
    made = msgspec.json.schema(SCHEMAS[name])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **made}
