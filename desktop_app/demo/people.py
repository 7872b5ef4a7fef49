"""Invented people and establishments: names as Jordan writes them, numbers of the right form."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from desktop_app.demo.word_lists import Word, words
from desktop_app.domain.people import (
    Applicant,
    ApplicantKind,
    Capacity,
    Identity,
    IdentityKind,
    Person,
)


class People:
    """Draws people; no two of one instance share an identity number. Not safe across threads."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[str] = set()

    def citizen(self) -> Person:
        """A Jordanian with first name, father, grandfather and family."""
        female = self._random.random() < 0.3
        birth = self._random.randrange(1948, 2004)
        century = f"9{birth % 100:02d}" if birth < 2000 else "200"
        number = self._fresh(lambda: f"{century}{2 if female else 1}{self._random.randrange(10**6):06d}")
        return self._named(female, Identity(IdentityKind.NATIONAL_NUMBER, number))

    def resident(self) -> Person:
        """Someone who is not Jordanian, by residency number or passport."""
        female = self._random.random() < 0.3
        if self._random.random() < 0.7:
            number = self._fresh(lambda: f"5{self._random.randrange(10**8):08d}")
            return self._named(female, Identity(IdentityKind.RESIDENCY_NUMBER, number))
        number = self._fresh(lambda: f"N{self._random.randrange(10**8):08d}")
        return self._named(female, Identity(IdentityKind.PASSPORT, number))

    def establishment(self) -> Person:
        """A company with its national establishment number."""
        number = self._fresh(lambda: f"2{self._random.randrange(10**8):08d}")
        family = self._pick("family")
        brand = self._pick("brand")
        form_ar, form_en = self._random.choice(
            (
                ("شركة {0} وشركاه", "{1} & Partners Co."),
                ("شركة {2} للتجارة", "{3} Trading Co."),
                ("شركة {2} للاستثمار", "{3} Investment Co."),
                ("مؤسسة {2} التجارية", "{3} Establishment"),
            )
        )
        named = (family.ar, family.en, brand.ar, brand.en)
        return Person(
            form_ar.format(*named), Identity(IdentityKind.ESTABLISHMENT_NUMBER, number), form_en.format(*named)
        )

    def government(self) -> Person:
        """A public body with the number of its letter."""
        body = self._pick("government")
        number = self._fresh(lambda: f"{self._random.randrange(10, 99)}/{self._random.randrange(1000, 9999)}")
        return Person(body.ar, Identity(IdentityKind.GOVERNMENT_LETTER, number), body.en)

    def holder(self) -> Person:
        """Whoever may hold a licence."""
        draw = self._random.random()
        if draw < 0.72:
            return self.citizen()
        if draw < 0.95:
            return self.establishment()
        return self.resident() if draw < 0.985 else self.government()

    def mobile(self) -> str:
        """A number of the right form, of blocks that begin with 000."""
        return f"+9627{self._random.choice('789')}000{self._random.randrange(10**4):04d}"

    def applicant(self, holder: Person, capacity: Capacity) -> Applicant:
        """The one who asks on behalf of a licence: its holder, or an agent with a power of attorney."""
        kind = _KINDS[holder.identity.kind]
        if capacity is Capacity.AGENT and kind is not ApplicantKind.GOVERNMENT:
            agent = self.citizen()
            power = f"وكالة {self._random.randrange(100, 9999)}/{self._random.randrange(2022, 2026)}"
            return Applicant(ApplicantKind.CITIZEN, capacity, agent, self.mobile(), authority_reference=power)
        signatory = self.citizen().name_ar if kind is ApplicantKind.BUSINESS else ""
        letter = holder.identity.number if kind is ApplicantKind.GOVERNMENT else ""
        return Applicant(kind, capacity, holder, self.mobile(), signatory, letter)

    def professional(self) -> str:
        """First name and family, as on a doctor's door."""
        return f"{self._pick('female' if self._random.random() < 0.3 else 'male').ar} {self._pick('family').ar}"

    def brand(self) -> Word:
        return self._pick("brand")

    def _named(self, female: bool, identity: Identity) -> Person:
        parts = (
            self._pick("female" if female else "male"),
            self._pick("male"),
            self._pick("male"),
            self._pick("family"),
        )
        spelt = self._random.random() < 0.6
        return Person(
            " ".join(part.ar for part in parts),
            identity,
            " ".join(part.en for part in parts) if spelt else "",
        )

    def _pick(self, kind: str) -> Word:
        return self._random.choice(words(kind))

    def _fresh(self, draw: Callable[[], str]) -> str:
        while (number := draw()) in self._taken:
            pass
        self._taken.add(number)
        return number


_KINDS = {
    IdentityKind.NATIONAL_NUMBER: ApplicantKind.CITIZEN,
    IdentityKind.RESIDENCY_NUMBER: ApplicantKind.RESIDENT,
    IdentityKind.PASSPORT: ApplicantKind.RESIDENT,
    IdentityKind.ESTABLISHMENT_NUMBER: ApplicantKind.BUSINESS,
    IdentityKind.GOVERNMENT_LETTER: ApplicantKind.GOVERNMENT,
}
