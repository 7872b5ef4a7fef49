"""A split whose certificates would not hold what they must say is refused before it is lodged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.area import Area
from desktop_app.domain.certificate_room import MOST_CHILDREN, MOST_SIGNS, MOST_VOCATIONS, check_room
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.licence import Licence, Sign
from desktop_app.domain.split import ChildUnit, SplitPlan
from tests.domain.builders import clerk, make_child, make_content, make_licence, make_plan
from tests.domain.centre_in_memory import Centre


def codes(count: int) -> tuple[str, ...]:
    return tuple(f"v{at}" for at in range(count))


def signs(count: int) -> tuple[Sign, ...]:
    return tuple(Sign(f"S{at}", "محل", Area(100), lit=False) for at in range(count))


def found(parent: Licence, *children: ChildUnit) -> set[tuple[str, str]]:
    return {(one.key, one.about) for one in check_room(parent, make_plan(*children))}


def test_as_much_as_a_certificate_holds_is_let_pass_and_one_more_is_not() -> None:
    parent = replace(make_licence(), vocations=codes(2 * MOST_VOCATIONS), signs=signs(2 * MOST_SIGNS))
    most_signs = tuple(sign.code for sign in parent.signs[:MOST_SIGNS])
    full = replace(make_child(), vocations=parent.vocations[:MOST_VOCATIONS], signs=most_signs)
    assert found(parent, full) == set()
    assert found(parent, replace(full, added_vocations=("cafe",))) == {
        ("split.too_many_vocations", "children.c1.vocations")
    }
    assert found(replace(parent, signs=signs(2 * MOST_SIGNS + 1)), full) == {("split.too_many_signs", "children")}
    over = replace(full, signs=tuple(sign.code for sign in parent.signs[: MOST_SIGNS + 1]))
    assert found(parent, over) == {("split.too_many_signs", "children.c1.signs")}
    few = replace(full, vocations=full.vocations[1:])
    assert found(parent, few) == {("split.too_many_vocations", "children")}, "what remains has a certificate too"
    assert found(parent, replace(few, area=parent.area)) == set(), "unless nothing remains"


def test_no_more_children_than_the_parents_certificate_can_name() -> None:
    children = tuple(make_child(f"c{at}", area=100) for at in range(MOST_CHILDREN))
    assert found(make_licence(), *children) == set()
    assert found(make_licence(), *children, make_child("one more", area=100)) == {
        ("split.too_many_children", "children")
    }


@pytest.mark.parametrize(
    "changed",
    [
        replace(make_licence(), address_ar="شارع 北京"),
        replace(make_licence(), trade_name="🙂"),
        replace(make_licence(), address_ar="ش" * 201),
        replace(make_licence(), parcel=replace(make_licence().parcel, village_ar="北")),
        replace(make_licence(), signs=(Sign("S1", "北", Area(100), lit=True),)),
        replace(make_licence(), holder=replace(make_licence().holder, name_en="北")),
    ],
)
def test_what_the_register_says_must_be_possible_to_write(changed: Licence) -> None:
    ((key, about),) = {(one.key, one.about) for one in check_room(changed, SplitPlan(changed.number, ()))}
    assert key in ("text.unwritable", "text.too_long")
    assert about == "parent_number"


def test_lodging_asks_it() -> None:
    many = make_content(make_plan(*(make_child(f"c{at}", 100, (), ("cafe",)) for at in range(MOST_CHILDREN + 1))))
    refused = Centre().give(clerk(), Lodge("r1", "K1-1", many)).refusals
    assert [one.key for one in refused] == ["split.too_many_children"]
