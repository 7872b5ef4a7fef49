"""The laws of a split: area, vocations and signs are conserved, through any plan, issue and taking back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.domain.request import Requirements
from desktop_app.domain.split import ChildUnit, SplitPlan, check_conservation, remainder_of
from tests.domain.builders import PARENT, make_child, make_content, make_licence, make_plan, supervisor
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey
from tests.domain.strategies import lawful_splits, parents_and_plans


def keys(parent: Licence, plan: SplitPlan) -> set[str]:
    return {why.key for why in check_conservation(parent, plan).refusals}


@pytest.mark.parametrize(
    ("children", "why"),
    [
        ((), "split.no_children"),
        ((make_child(area=0),), "split.area_not_positive"),
        ((make_child(area=-5),), "split.area_not_positive"),
        ((make_child(area=20_001, vocations=("grocery", "stationery", "pharmacy")),), "split.area_over_parent"),
        ((make_child(vocations=()),), "split.child_without_vocation"),
        ((make_child(vocations=("cafe",)),), "split.vocation_not_parents"),
        ((make_child(added=("grocery",)),), "split.added_is_parents"),
        ((make_child(signs=("S9",)),), "split.sign_not_parents"),
        ((make_child("c1", 1), make_child("c2", 1)), "split.vocation_twice"),
        ((make_child(vocations=("pharmacy", "pharmacy")),), "split.vocation_twice"),
        (
            (make_child("c1", 1, signs=("S1",)), make_child("c2", 1, ("grocery",), signs=("S1",))),
            "split.sign_twice",
        ),
        ((make_child(added=("cafe", "cafe")),), "split.added_twice"),
        ((make_child(vocations=("grocery", "stationery", "pharmacy")),), "split.remainder_without_vocation"),
        (
            (make_child(area=20_000, vocations=("grocery", "stationery"), signs=("S1", "S2")),),
            "split.vocation_left_over",
        ),
        ((make_child(area=20_000, vocations=make_licence().vocations, signs=("S1",)),), "split.sign_left_over"),
    ],
)
def test_each_law_is_named_when_it_is_broken(children: tuple[ChildUnit, ...], why: str) -> None:
    assert keys(make_licence(), SplitPlan(PARENT, children)) == {why}


def test_the_usual_plan_and_the_last_hundredth_of_a_square_metre_are_lawful() -> None:
    assert keys(make_licence(), make_plan()) == set()
    assert keys(make_licence(), make_plan(make_child(area=19_999))) == set()
    everything = make_child(area=20_000, vocations=make_licence().vocations, signs=("S1", "S2"))
    assert keys(make_licence(), make_plan(everything)) == set()


def test_vocations_are_not_all_given_away_beside_a_request_that_may_end_and_give_area_back() -> None:
    """Were both accepted and the first withdrawn, the parent would go on with premises and nothing to do there."""
    parent = make_licence(vocations=("grocery",), signs=())
    idle = make_plan(make_child(area=12_000, vocations=(), added=("cafe",)))
    held = replace(parent, reservations=(idle.reservation("r1", "R-1"),))
    rest = make_plan(make_child(area=8_000, vocations=("grocery",)))
    assert keys(held, rest) == {"split.remainder_without_vocation"}


@given(parents_and_plans())
def test_what_the_children_take_and_what_the_parent_keeps_is_what_the_parent_had(
    given_: tuple[Licence, SplitPlan],
) -> None:
    parent, plan = given_
    rest = remainder_of(parent, plan)
    assert rest.area + plan.area == parent.area
    assert sorted((*rest.vocations, *plan.vocations)) == sorted(parent.vocations)
    assert sorted((*(sign.code for sign in rest.signs), *plan.signs)) == sorted(sign.code for sign in parent.signs)


@given(lawful_splits())
def test_a_lawful_plan_leaves_a_parent_that_can_go_on_or_nothing_at_all(given_: tuple[Licence, SplitPlan]) -> None:
    parent, plan = given_
    assert check_conservation(parent, plan).clear
    rest = remainder_of(parent, plan)
    assert (rest.area == 0 and not rest.vocations and not rest.signs) or (rest.area > 0 and bool(rest.vocations))


@given(parents_and_plans())
def test_what_is_not_refused_leaves_a_parent_that_can_go_on_or_nothing_at_all(
    given_: tuple[Licence, SplitPlan],
) -> None:
    parent, plan = given_
    rest = remainder_of(parent, plan)
    goes_on = (rest.area == 0 and not rest.vocations and not rest.signs) or (rest.area > 0 and bool(rest.vocations))
    assert goes_on or not check_conservation(parent, plan).clear


def walk_to_issue(parent: Licence, plan: SplitPlan) -> Journey:
    content = replace(make_content(plan), requirements=Requirements("TD-1", "CC-1"))
    walked = Journey(Centre(parent), content)
    walked.lodge()
    walked.accept()
    walked.to_payment()
    walked.pay()
    return walked


@settings(max_examples=60)
@given(lawful_splits(), st.booleans())
def test_issue_conserves_and_taking_back_restores(given_: tuple[Licence, SplitPlan], taken_back: bool) -> None:
    parent, plan = given_
    walked = walk_to_issue(parent, plan)
    licences = walked.centre.licences
    live = [one for one in licences.values() if one.status is LicenceStatus.ACTIVE]
    assert sum(one.area for one in live) == parent.area
    added = sorted(code for child in plan.children for code in child.added_vocations)
    assert sorted(code for one in live for code in one.vocations) == sorted((*parent.vocations, *added))
    assert sorted(sign.code for one in live for sign in one.signs) == sorted(sign.code for sign in parent.signs)
    if taken_back:
        walked.do(supervisor(), Refund(walked.id, "عدول"))
        whole = walked.centre.licences[PARENT]
        assert replace(whole, vocations=()) == replace(parent, vocations=())
        assert sorted(whole.vocations) == sorted(parent.vocations)
