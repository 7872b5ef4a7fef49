"""Who asks for a split, in which capacity, and who holds a licence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.notice_kinds import NoticeLanguage


class IdentityKind(StrEnum):
    """How a person or body is identified (domain.md, Identifiers)."""

    NATIONAL_NUMBER = "national_number"
    RESIDENCY_NUMBER = "residency_number"
    PASSPORT = "passport"
    ESTABLISHMENT_NUMBER = "establishment_number"
    GOVERNMENT_LETTER = "government_letter"


class ApplicantKind(StrEnum):
    """The beneficiaries that the service card names."""

    CITIZEN = "citizen"
    RESIDENT = "resident"
    BUSINESS = "business"
    GOVERNMENT = "government"


class Capacity(StrEnum):
    """In what capacity the applicant asks: مالك، مستأجر، وكيل."""

    OWNER = "owner"
    TENANT = "tenant"
    AGENT = "agent"


IDENTITIES_OF = {
    ApplicantKind.CITIZEN: (IdentityKind.NATIONAL_NUMBER,),
    ApplicantKind.RESIDENT: (IdentityKind.RESIDENCY_NUMBER, IdentityKind.PASSPORT),
    ApplicantKind.BUSINESS: (IdentityKind.ESTABLISHMENT_NUMBER,),
    ApplicantKind.GOVERNMENT: (IdentityKind.GOVERNMENT_LETTER,),
}
"""By what each kind of applicant is known; the usual one first."""


def needs_signatory(kind: ApplicantKind) -> bool:
    """Whether somebody signs for the applicant: for a business."""
    return kind is ApplicantKind.BUSINESS


def needs_authority(kind: ApplicantKind, capacity: Capacity) -> bool:
    """Whether a paper must say that the one who asks may: an agent's power of attorney, a government body's letter."""
    return capacity is Capacity.AGENT or kind is ApplicantKind.GOVERNMENT


@dataclass(frozen=True, slots=True)
class Identity:
    """A kind and its number, stored with ASCII digits."""

    kind: IdentityKind
    number: str

    @property
    def key(self) -> str:
        """One string that names this identity wherever records are looked up by person."""
        return f"{self.kind.value}:{self.number}"


@dataclass(frozen=True, slots=True)
class Person:
    """A holder of a licence: a natural person, an establishment or a government body."""

    name_ar: str
    identity: Identity
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """The one who stands at the counter (or signs for the establishment that asks).

    When `signatory_ar` and `authority_reference` are needed, `needs_signatory` and `needs_authority` say. `language` is
    that of the notices.
    """

    kind: ApplicantKind
    capacity: Capacity
    person: Person
    mobile: str
    signatory_ar: str = ""
    authority_reference: str = ""
    language: NoticeLanguage = NoticeLanguage.ARABIC
