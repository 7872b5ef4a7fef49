"""The laws of the bill: it is the sum of what its units cost, it replays to the fils, and it never falls below zero."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.fees.adjustment import Adjustment, adjusted, check_adjustments
from desktop_app.domain.fees.assessment import calculate
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.fees.inputs import inputs_of_split
from desktop_app.domain.fees.unit_lines import unit_lines
from desktop_app.domain.licence import Licence
from desktop_app.domain.money import Fils
from desktop_app.domain.split import SplitPlan
from tests.domain.builders import TODAY, make_reference, make_schedule
from tests.domain.strategies import parents_and_plans

SCHEDULE, REFERENCE = make_schedule(), make_reference()


def with_vocations(plan: SplitPlan) -> SplitPlan:
    """The fees ask for a vocation in every unit; a plan without one is refused long before."""
    children = (
        child if child.all_vocations else replace(child, added_vocations=("grocery",)) for child in plan.children
    )
    return replace(plan, children=tuple(children))


@given(parents_and_plans(), st.data())
def test_the_bill_is_the_service_and_what_each_unit_costs(
    given_: tuple[Licence, SplitPlan], data: st.DataObject
) -> None:
    parent, plan = given_[0], with_vocations(given_[1])
    contracts = tuple(child.key for child in plan.children if data.draw(st.booleans()))
    inputs = inputs_of_split(parent, plan, SCHEDULE, REFERENCE, TODAY, contracts)
    bill = calculate(inputs, SCHEDULE)
    units = sum(int(line.amount) for unit in inputs.units for line in unit_lines(unit, SCHEDULE))
    assert bill.total == units + SCHEDULE.split_service == sum(int(line.amount) for line in bill.lines)
    assert calculate(bill.inputs, SCHEDULE) == bill
    assert all(line.article and line.label_ar and line.amount >= 0 for line in bill.lines)
    assert {line.about for line in bill.lines if line.kind is LineKind.WASTE} == {
        child.key for child in plan.children if child.key not in contracts
    }


@given(parents_and_plans())
def test_the_licence_fee_is_that_of_the_dearest_vocation_alone(given_: tuple[Licence, SplitPlan]) -> None:
    inputs = inputs_of_split(given_[0], with_vocations(given_[1]), SCHEDULE, REFERENCE, TODAY)
    for unit in inputs.units:
        alone = [unit_lines(replace(unit, vocations=(one,)), SCHEDULE)[0].amount for one in unit.vocations]
        assert unit_lines(unit, SCHEDULE)[0].amount == max(alone)


kinds = st.sampled_from([LineKind.ADJUSTMENT, LineKind.EXEMPTION, LineKind.FINE])
adjustments = st.lists(
    st.builds(Adjustment, kinds, st.integers(-200_000, 200_000).map(Fils), st.just("قرار")), max_size=4
)


@given(parents_and_plans(), adjustments)
def test_adjustments_are_lines_of_their_own_and_the_bill_never_falls_below_zero(
    given_: tuple[Licence, SplitPlan], wanted: list[Adjustment]
) -> None:
    inputs = inputs_of_split(given_[0], with_vocations(given_[1]), SCHEDULE, REFERENCE, TODAY)
    bill = calculate(inputs, SCHEDULE)
    signs = {LineKind.EXEMPTION: {-1}, LineKind.FINE: {1}, LineKind.ADJUSTMENT: {-1, 1}}
    right = all((one.amount > 0) - (one.amount < 0) in signs[one.kind] for one in wanted)
    after = adjusted(bill, tuple(wanted), "مشرف")
    assert check_adjustments(tuple(wanted), bill).clear == (right and after.total >= 0)
    assert after.total == bill.total + sum(int(one.amount) for one in wanted)
    assert after.inputs == bill.inputs
