"""All sample data as facts for the centre: the same for the same seed, moment and reference data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from desktop_app.application.ports.loading import LoadedFact, NumberCounter, NumberSeries
from desktop_app.demo.desks import Desks
from desktop_app.demo.people import People
from desktop_app.demo.premises import Premises
from desktop_app.demo.register import dues_of, given_numbers
from desktop_app.demo.sample_requests import SampleRequests, Wish, WishList
from desktop_app.demo.splits import Splits
from desktop_app.demo.staff import STAFF
from desktop_app.demo.tour_requests import TOUR_SERIES, TOURS, tour_debts, tour_parents
from desktop_app.demo.world import FinalNumbers, World
from desktop_app.domain.booking import booking_of
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.deciding import PaperOrder
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.people import IdentityKind
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import DuesAccount
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind

LICENCES = 3_000
"""So many stand in the register before the first sample request; splits add theirs."""

OWNERS_IN_DEBT = 60
SEED = 2026
_QUIET = timedelta(days=220)
"""No sample request is older, and no licence of the register younger."""


@dataclass(frozen=True, slots=True)
class SampleData:
    """What the simulation left behind. `register` are the licences as they were before any request."""

    world: World
    register: tuple[Licence, ...]

    @property
    def counters(self) -> dict[NumberCounter, int]:
        """The last serial given in every series."""
        return self.world.numbers.counters

    @property
    def papers(self) -> tuple[PaperOrder, ...]:
        """The certificates and receipts that were ordered, each once; none of them has been drawn."""
        return tuple(dict.fromkeys(self.world.papers))

    def facts(self) -> Iterator[LoadedFact]:
        """Every fact once, as it stands at last, in an order in which nothing names what has not come by."""
        world = self.world
        yield LoadedFact(FactKind.REFERENCE, "current", EVERYWHERE, encode(world.data))
        for actor in world.staff:
            yield LoadedFact(FactKind.STAFF, actor.id, EVERYWHERE, encode(actor))
        for account in world.dues.values():
            yield LoadedFact(FactKind.DUES, account.id, EVERYWHERE, encode(account))
        for licence in world.licences.values():
            yield LoadedFact(FactKind.LICENCE, licence.number, licence.district, encode(licence))
        for request in world.requests.values():
            yield LoadedFact(FactKind.REQUEST, request.id, request.branch, encode(request))
            if (booking := booking_of(request)) is not None:
                yield LoadedFact(FactKind.BOOKING, request.id, EVERYWHERE, encode(booking))
        for event in world.events:
            yield LoadedFact(FactKind.EVENT, event.id, event.branch, encode(event))
        for told in world.notices:
            yield LoadedFact(FactKind.NOTICE, told.id, told.branch, encode(told))


def sample_data(reference: Reference, as_of: datetime, seed: int = SEED) -> SampleData:
    """The demonstration's data as it stands at `as_of` (aware).

    Raises ValueError for a moment so early that no fee schedule covers the months before it.
    """
    first_day = (as_of - _QUIET).astimezone(AMMAN).date()
    if reference.find_schedule(first_day) is None:
        raise ValueError(f"no fee schedule is in force on {first_day}, when the sample requests begin")
    random = Random(seed)  # noqa: S311 - invented people, no secrets
    people = People(random)
    premises = Premises(random, people, reference)
    year = as_of.astimezone(AMMAN).year
    counters = {NumberCounter(NumberSeries.LICENCE, *TOUR_SERIES): TOURS}
    numbered = given_numbers(random, premises, LICENCES - TOURS, first_day, counters)
    register = [premises.licence(given, district, year) for district, given in numbered]
    splits = Splits(random, people, premises)
    wishes = WishList(random, [one for one in register if _can_be_split(one, year)], splits, reference).wishes()
    world = World(reference, STAFF, FinalNumbers(counters), random)
    whole = (*tour_parents(year), *register)
    world.licences.update((licence.number, licence) for licence in whole)
    world.dues.update((account.id, account) for account in _accounts(random, register, wishes, year))
    world.dues.update((account.id, account) for account in tour_debts(year))
    SampleRequests(world, people, Desks(), random, as_of).happen(wishes)
    return SampleData(world, whole)


def _can_be_split(licence: Licence, year: int) -> bool:
    return (
        licence.status is LicenceStatus.ACTIVE
        and licence.renewed_for >= year
        and len(licence.vocations) > 1
        and licence.area >= 4000
    )


def _accounts(random: Random, register: list[Licence], wishes: list[Wish], year: int) -> list[DuesAccount]:
    """Owners in debt: those whose requests say so, and others up to the number there shall be."""
    owing = {wish.parent.number: wish.parent for wish in wishes if wish.owes}
    asked = {wish.parent.number for wish in wishes}
    still = sum(wish.status is Status.DUES_OUTSTANDING for wish in wishes)
    others = [one for one in register if one.number not in asked and one.holder.identity.kind in _TAXED]
    return dues_of(random, [*owing.values(), *random.sample(others, OWNERS_IN_DEBT - still)], year)


_TAXED = frozenset({IdentityKind.NATIONAL_NUMBER, IdentityKind.ESTABLISHMENT_NUMBER})
