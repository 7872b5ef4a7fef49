"""The split itself: how a parent's area, vocations and signs are shared out, and the laws that conserve them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.area import Area, total_area
from desktop_app.domain.licence import Licence, Reservation, Sign
from desktop_app.domain.messages import Findings, Message, message
from desktop_app.domain.people import Person

REMAINDER = "remainder"
"""The name of the parent's own share wherever units are named; no child may be called so."""


@dataclass(frozen=True, slots=True)
class ChildUnit:
    """One new licence that the split shall make: its share of the premises and its holder.

    `vocations` are codes moved from the parent, `added_vocations` codes new to the child («إضافة مهنة»),
    `signs` codes of the parent's signs that go with it.
    """

    key: str
    holder: Person
    trade_name: str
    area: Area
    vocations: tuple[str, ...]
    added_vocations: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def all_vocations(self) -> tuple[str, ...]:
        return self.vocations + self.added_vocations


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """The children of one parent, in the order they will be numbered. What no child takes, the parent keeps."""

    parent_number: str
    children: tuple[ChildUnit, ...]

    @property
    def area(self) -> Area:
        """What the children take together."""
        return total_area(tuple(child.area for child in self.children))

    @property
    def vocations(self) -> tuple[str, ...]:
        """What the children take of the parent's vocations."""
        return tuple(code for child in self.children for code in child.vocations)

    @property
    def signs(self) -> tuple[str, ...]:
        return tuple(code for child in self.children for code in child.signs)

    def reservation(self, request_id: str, request_number: str) -> Reservation:
        """What acceptance of this plan holds at the parent."""
        return Reservation(request_id, request_number, self.area, self.vocations, self.signs)


@dataclass(frozen=True, slots=True)
class Remainder:
    """What the parent keeps after a plan; an area of 0 closes it."""

    area: Area
    vocations: tuple[str, ...]
    signs: tuple[Sign, ...]

    @property
    def closes_parent(self) -> bool:
        return self.area == 0


def remainder_of(parent: Licence, plan: SplitPlan) -> Remainder:
    """What `parent` keeps once `plan` is carried out. The area is negative while a plan gives away too much."""
    return Remainder(
        area=parent.area - plan.area,
        vocations=tuple(code for code in parent.vocations if code not in plan.vocations),
        signs=tuple(sign for sign in parent.signs if sign.code not in plan.signs),
    )


def check_conservation(parent: Licence, plan: SplitPlan) -> Findings:
    """Whether area, vocations and signs are each given at most once and nothing comes from nowhere.

    What other accepted requests hold of the parent counts as gone; the finding names that request.
    """
    refusals = [*_area_findings(parent, plan), *_unit_findings(parent, plan)]
    refusals += _given_twice(plan)
    refusals += _remainder_findings(parent, plan)
    return Findings(refusals=tuple(refusals))


def _area_findings(parent: Licence, plan: SplitPlan) -> list[Message]:
    if not plan.children:
        return [message("split.no_children", "children")]
    found = [
        message("split.area_not_positive", f"children.{child.key}.area") for child in plan.children if child.area <= 0
    ]
    if plan.area > parent.area:
        found.append(message("split.area_over_parent", "children", over=plan.area - parent.area, parent=parent.area))
    elif plan.area > parent.free_area:
        holders = "، ".join(held.request_number for held in parent.reservations)
        found.append(message("split.area_reserved", "children", free=parent.free_area, request=holders))
    return found


def _unit_findings(parent: Licence, plan: SplitPlan) -> list[Message]:
    found: list[Message] = []
    parent_signs = {sign.code for sign in parent.signs}
    for child in plan.children:
        about = f"children.{child.key}"
        if not child.all_vocations:
            found.append(message("split.child_without_vocation", f"{about}.vocations"))
        for code in child.vocations:
            if code not in parent.vocations:
                found.append(message("split.vocation_not_parents", f"{about}.vocations", vocation=code))
            elif held := parent.holder_of_vocation(code):
                found.append(
                    message(
                        "split.vocation_reserved",
                        f"{about}.vocations",
                        vocation=code,
                        request=held.request_number,
                    )
                )
        for code in child.added_vocations:
            if code in parent.vocations:
                found.append(message("split.added_is_parents", f"{about}.vocations", vocation=code))
        for code in child.signs:
            if code not in parent_signs:
                found.append(message("split.sign_not_parents", f"{about}.signs", sign=code))
            elif held := parent.holder_of_sign(code):
                found.append(message("split.sign_reserved", f"{about}.signs", sign=code, request=held.request_number))
    return found


def _given_twice(plan: SplitPlan) -> list[Message]:
    found = [message("split.vocation_twice", "children", vocation=code) for code in _repeated(plan.vocations)]
    found += [message("split.sign_twice", "children", sign=code) for code in _repeated(plan.signs)]
    found += [
        message("split.added_twice", f"children.{child.key}.vocations", vocation=code)
        for child in plan.children
        for code in _repeated(child.added_vocations)
    ]
    return found


def _remainder_findings(parent: Licence, plan: SplitPlan) -> list[Message]:
    """A closed parent may keep nothing; a parent that goes on needs a vocation to go on with."""
    left = parent.free_area - plan.area
    if left < 0 or not plan.children:
        return []
    rest = remainder_of(parent, plan)
    vocations = [code for code in rest.vocations if not parent.holder_of_vocation(code)]
    signs = [sign.code for sign in rest.signs if not parent.holder_of_sign(sign.code)]
    if left == 0:
        found = [message("split.vocation_left_over", "children", vocation=code) for code in vocations]
        found += [message("split.sign_left_over", "children", sign=code) for code in signs]
        if found:
            return found
    if not vocations and _left_if_idle_ones_end(parent, plan) > 0:
        return [message("split.remainder_without_vocation", "children")]
    return []


def _left_if_idle_ones_end(parent: Licence, plan: SplitPlan) -> Area:
    """The premises that would be left if every request that holds area but no vocation ended without issue.

    All of the parent's vocations may be given away only together with all of its premises, whatever becomes of the
    requests that only hold area.
    """
    held = total_area(tuple(one.area for one in parent.reservations if one.vocations))
    return parent.area - held - plan.area


def _repeated(codes: tuple[str, ...]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})
