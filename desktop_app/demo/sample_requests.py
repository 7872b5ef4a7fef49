"""400 sample requests in every status a request can have at the centre, made by the rules themselves.

(`to_issue` is not among them: it is what a workstation shows of a payment that the centre has not seen yet.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from desktop_app.demo.desks import Desks
from desktop_app.demo.itinerary import Itinerary, NoRoomError, Step, VisitBook
from desktop_app.demo.people import People
from desktop_app.demo.routes import follow
from desktop_app.demo.splits import Splits
from desktop_app.demo.staff import HOME_BRANCH
from desktop_app.demo.story import Premise, Story
from desktop_app.demo.world import World, uuid7
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.licence import Licence
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.people import Capacity
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Requirements, Status
from desktop_app.domain.split import SplitPlan

QUOTAS: dict[Status, int] = {
    Status.DRAFT: 14,
    Status.LODGED: 22,
    Status.DUES_OUTSTANDING: 12,
    Status.RETURNED: 12,
    Status.REFUSED: 8,
    Status.WITHDRAWN: 10,
    Status.EXPIRED: 8,
    Status.AWAITING_APPROVALS: 30,
    Status.REFUSED_BY_BODY: 8,
    Status.TO_SCHEDULE: 24,
    Status.INSPECTION_SCHEDULED: 34,
    Status.RECTIFICATION: 14,
    Status.AWAITING_CIVIL_DEFENCE: 20,
    Status.REFUSED_BY_CIVIL_DEFENCE: 6,
    Status.FEES_TO_ASSESS: 22,
    Status.FEES_TO_APPROVE: 20,
    Status.AWAITING_PAYMENT: 26,
    Status.ISSUED: 16,
    Status.PRINTED: 12,
    Status.DELIVERED: 76,
    Status.REFUNDED: 6,
}
"""How many sample requests end up in each status."""

RIVALS = 6
"""So many of the lodged ones ask for a parent that another request holds a part of already."""

_NEED_BODY = frozenset({Status.AWAITING_APPROVALS, Status.REFUSED_BY_BODY})
_NEED_CIVIL_DEFENCE = frozenset({Status.AWAITING_CIVIL_DEFENCE, Status.REFUSED_BY_CIVIL_DEFENCE})
_OVER = frozenset(
    {
        Status.REFUSED,
        Status.WITHDRAWN,
        Status.EXPIRED,
        Status.REFUSED_BY_BODY,
        Status.REFUSED_BY_CIVIL_DEFENCE,
        Status.DELIVERED,
        Status.REFUNDED,
    }
)
_PERHAPS_BEFORE_ACCEPTANCE = frozenset(
    {Status.DRAFT, Status.LODGED, Status.RETURNED, Status.REFUSED, Status.WITHDRAWN, Status.EXPIRED}
)
_SETTLED_SHARE = 0.04
_NEAR = 300
"""Days on either side of now, more than any sample request reaches."""

_TRIES = 20
_CLOSE_ENOUGH = timedelta(hours=4)
_HASTY = frozenset({Status.INSPECTION_SCHEDULED, Status.FEES_TO_ASSESS, Status.FEES_TO_APPROVE})
"""These are fresh from an inspector's day: they book before the others."""

_IDLE = {
    Status.RETURNED: (0.1, 6.0),
    Status.DUES_OUTSTANDING: (0.1, 9.0),
    Status.AWAITING_APPROVALS: (0.05, 3.0),
    Status.INSPECTION_SCHEDULED: (0.7, 2.0),
    Status.RECTIFICATION: (0.1, 5.0),
    Status.AWAITING_CIVIL_DEFENCE: (0.05, 3.0),
    Status.AWAITING_PAYMENT: (0.1, 15.0),
    Status.ISSUED: (0.05, 6.0),
    Status.PRINTED: (0.05, 9.0),
}
"""Days since the last step, where waiting is not the municipality's own delay."""


_LAPSED = (20.0, 24.0)
"""Days since a request was returned whose ten working days are over."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A request to be made: the status it shall have, its parent and what is asked of it."""

    status: Status
    parent: Licence
    plan: SplitPlan
    owes: bool
    lapsed: bool = False
    """Its applicant let the day pass by which they had to act; nobody has closed it yet."""


class WishList:
    """Matches every quota with a parent that can lead to its status."""

    def __init__(self, random: Random, parents: list[Licence], splits: Splits, reference: Reference) -> None:
        self._random = random
        self._splits = splits
        self._reference = reference
        self._home = [one for one in parents if one.district == HOME_BRANCH]
        self._other = [one for one in parents if one.district != HOME_BRANCH]
        random.shuffle(self._home)
        random.shuffle(self._other)

    def wishes(self) -> list[Wish]:
        """One for each sample request; more than a quarter of every status lies in the home branch."""
        found = []
        for status, count in QUOTAS.items():
            at_home = max(3, count * 28 // 100)
            rivals = RIVALS if status is Status.LODGED else 0
            for place in range(count - rivals):
                wish = self._wish(status, self._home if place < at_home else self._other)
                found.append(replace(wish, lapsed=status is Status.RETURNED and place == 0))
        held = [one for one in found if one.status in (Status.TO_SCHEDULE, Status.FEES_TO_ASSESS)]
        for one in held[:RIVALS]:
            found.append(Wish(Status.LODGED, one.parent, self._splits.corner(one.parent), owes=False))
        return found

    def _wish(self, status: Status, among: list[Licence]) -> Wish:
        for place in range(len(among) - 1, -1, -1):
            parent = among[place]
            plan = self._splits.plan(parent)
            codes = tuple(code for child in plan.children for code in child.all_vocations)
            if status in _NEED_BODY and not self._reference.bodies_for(codes):
                continue
            if status in _NEED_CIVIL_DEFENCE and not self._reference.needs_civil_defence(codes):
                continue
            if status in (Status.TO_SCHEDULE, Status.FEES_TO_ASSESS) and plan.area == parent.area:
                continue
            del among[place]
            owes = status is Status.DUES_OUTSTANDING or (
                status not in _PERHAPS_BEFORE_ACCEPTANCE and self._random.random() < _SETTLED_SHARE
            )
            return Wish(status, parent, plan, owes)
        raise LookupError(f"no sample licence is left for {status}")


class SampleRequests:
    """Turns wishes into steps and lets them happen in a world, in the order of time."""

    def __init__(self, world: World, people: People, desks: Desks, random: Random, as_of: datetime) -> None:
        self._world = world
        self._people = people
        self._desks = desks
        self._random = random
        self._as_of = as_of
        self._book = VisitBook()
        self._near = _without_far_holidays(world.data, as_of.date())

    def happen(self, wishes: list[Wish]) -> None:
        """Every wish comes true. Raises SampleRefused where the rules do not let it."""
        by_haste = sorted(wishes, key=lambda wish: wish.status not in _HASTY)
        steps = [step for wish in by_haste for step in self._steps(wish)]
        for step in sorted(steps, key=lambda one: one.at):
            command = step.make(self._world)
            done = self._world.give(command, step.seat.actor, step.seat.device, step.at)
            if isinstance(command, SettleDues) and done.request is not None:
                self._world.clear_dues(done.request.applicant.person.identity.key)

    def _steps(self, wish: Wish) -> list[Step]:
        """The steps of a wish: the last of them is over by now, but not for much longer than it should be."""
        latest = self._as_of - self._idle(wish)
        premise = self._premise(wish)
        start, best, tries = latest, None, 0
        while best is None or (tries < _TRIES and wish.status not in _OVER):
            tries += 1
            way = self._attempt(wish, premise, start)
            if way is None:
                start -= timedelta(days=1)
                continue
            over = way.ended - latest
            if over <= timedelta() and (best is None or way.ended > best.ended):
                best = way
            if best is None:
                start -= over + timedelta(minutes=self._random.randrange(240))
            elif latest - best.ended < _CLOSE_ENOUGH:
                break
            else:
                start -= over * 0.5
        self._book.add(best.slots)
        return best.steps

    def _attempt(self, wish: Wish, premise: Premise, start: datetime) -> Itinerary | None:
        """One way from `start`; None when the inspectors were booked out."""
        way = Itinerary(start, self._near, self._random, self._book)
        try:
            follow(
                wish.status,
                Story(premise, self._desks, way, self._random),
                premise,
                wish.owes,
                self._random,
                self._as_of,
            )
        except NoRoomError:
            return None
        return way

    def _premise(self, wish: Wish) -> Premise:
        reference = self._world.data
        capacity = self._random.choices(tuple(Capacity), weights=(30, 48, 22))[0]
        content = RequestContent(
            applicant=self._people.applicant(wish.parent.holder, Capacity.OWNER if wish.owes else capacity),
            requirements=self._requirements(wish.plan),
            plan=wish.plan,
        )
        codes = tuple(code for child in wish.plan.children for code in child.all_vocations)
        return Premise(
            request_id=uuid7(self._as_of - self._idle(wish), self._random),
            branch=wish.parent.district,
            content=content,
            bodies=reference.bodies_for(codes),
            needs_civil_defence=reference.needs_civil_defence(codes),
            closes_parent=wish.plan.area == wish.parent.area,
        )

    def _requirements(self, plan: SplitPlan) -> Requirements:
        codes = tuple(code for child in plan.children for code in child.all_vocations)
        deed = (
            f"{self._random.randrange(1, 90)}/{self._random.randrange(100, 9999)}/{self._random.randrange(2005, 2025)}"
        )
        needed = self._world.data.needs_construction_certificate(codes)
        certificate = f"CL-{self._random.randrange(2015, 2026)}-{self._random.randrange(10**5):05d}"
        return Requirements(deed, certificate if needed else "")

    def _idle(self, wish: Wish) -> timedelta:
        """How long ago the last step was."""
        status = wish.status
        if wish.lapsed:
            return timedelta(days=self._random.uniform(*_LAPSED))
        if status in _OVER:
            return timedelta(days=self._random.triangular(0.1, 70, 20))
        if status in _IDLE:
            return timedelta(days=self._random.uniform(*_IDLE[status]))
        late = self._random.random() < 0.12
        return timedelta(days=self._random.uniform(2, 6) if late else self._random.uniform(0.02, 0.9))


def _without_far_holidays(reference: Reference, day: date) -> Reference:
    """The same for all of the sample's days: a short list of holidays makes planning twice as fast."""
    near = tuple((held, name) for held, name in reference.calendar.holidays if abs((held - day).days) < _NEAR)
    return replace(reference, calendar=replace(reference.calendar, holidays=near))
