"""Split plans that fit a licence: who takes what of it, and what the parent keeps."""

from __future__ import annotations

from random import Random

from desktop_app.demo.people import People
from desktop_app.demo.premises import Premises
from desktop_app.domain.area import Area
from desktop_app.domain.licence import Licence
from desktop_app.domain.split import ChildUnit, SplitPlan

SMALLEST = Area(1000)
"""No sample unit is smaller than 10 m²."""


class Splits:
    """Draws plans. Whatever it draws conserves area, vocations and signs."""

    def __init__(self, random: Random, people: People, premises: Premises) -> None:
        self._random = random
        self._people = people
        self._premises = premises

    def plan(self, parent: Licence) -> SplitPlan:
        """One to three children; now and then they take all there is, and the parent closes."""
        draw = self._random
        closes = draw.random() < 0.1
        vocations = list(parent.vocations)
        draw.shuffle(vocations)
        if not closes:
            vocations = vocations[:-1] or []
        room = int(parent.area) // int(SMALLEST) - 1
        count = max(1, min(3, len(vocations) or 1, room, draw.choices((1, 2, 3), weights=(45, 42, 13))[0]))
        moved = [vocations[place::count] for place in range(count)]
        if not closes and len(vocations) > count and draw.random() < 0.5:
            moved = [held[:1] for held in moved]
        shares = self._shares(parent.area, count, closes)
        signs = self._signs(parent, count, closes)
        taken = tuple(parent.vocations)
        children = []
        for place in range(count):
            added: tuple[str, ...] = ()
            if not moved[place] or draw.random() < 0.3:
                near = moved[place][0] if moved[place] else parent.vocations[0]
                added = (self._premises.added_vocation(near, taken),)
            own = tuple(code for code in parent.vocations if code in moved[place])
            children.append(self._child(place, own, added, shares[place], signs[place]))
        return SplitPlan(parent.number, tuple(children))

    def corner(self, parent: Licence) -> SplitPlan:
        """A tenth of the area for a vocation that is new to the premises: fits beside most other plans."""
        extra = self._premises.added_vocation(parent.vocations[0], parent.vocations)
        return SplitPlan(parent.number, (self._child(0, (), (extra,), Area(int(parent.area) // 10), ()),))

    def _child(
        self, place: int, own: tuple[str, ...], added: tuple[str, ...], area: Area, signs: tuple[str, ...]
    ) -> ChildUnit:
        return ChildUnit(
            key=f"u{place + 1}",
            holder=self._people.holder(),
            trade_name=self._premises.trade_name((own + added)[0]),
            area=area,
            vocations=own,
            added_vocations=added,
            signs=signs,
        )

    def _shares(self, whole: Area, count: int, closes: bool) -> list[Area]:
        """Areas of the children; a parent that goes on keeps at least a sixth."""
        for_children = int(whole) if closes else int(whole) * self._random.randrange(25, 80) // 100
        weights = [self._random.randrange(3, 8) for _ in range(count)]
        shares = [for_children * weight // sum(weights) // 25 * 25 for weight in weights]
        if closes:
            shares[-1] = int(whole) - sum(shares[:-1])
        return [Area(share) for share in shares]

    def _signs(self, parent: Licence, count: int, closes: bool) -> list[tuple[str, ...]]:
        given: list[list[str]] = [[] for _ in range(count)]
        for sign in parent.signs if closes else parent.signs[1:]:
            given[self._random.randrange(count)].append(sign.code)
        return [tuple(codes) for codes in given]
