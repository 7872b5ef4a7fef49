"""Who asks for a split, in which capacity, and who holds a licence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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

    `signatory_ar` is needed for a business, `authority_reference` for an agent (the power of attorney) and
    for a government body (its letter).
    """

    kind: ApplicantKind
    capacity: Capacity
    person: Person
    mobile: str
    signatory_ar: str = ""
    authority_reference: str = ""
