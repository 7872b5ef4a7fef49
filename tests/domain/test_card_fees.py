"""The card: بعد الموافقة على الطلب، رسالة نصية بالرسوم المطلوبة. Assessment, adjustment, approval, duties apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.domain.area import Area
from desktop_app.domain.commands.approve_fees import ApproveFees
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.return_fees import ReturnFees
from desktop_app.domain.fees.adjustment import Adjustment
from desktop_app.domain.fees.assessment import calculate
from desktop_app.domain.fees.calculation import Calculation, LineKind
from desktop_app.domain.fees.neutrality import neutrality
from desktop_app.domain.fees.schedule import AreaBand, FeeSchedule
from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from tests.domain.builders import (
    TODAY,
    clerk,
    inspector,
    make_licence,
    make_plan,
    make_reference,
    make_schedule,
    refusal_keys,
    supervisor,
)
from tests.domain.journey import Journey, journey


def bill_of(walked: Journey) -> Calculation:
    bill = walked.request.fees.calculation
    assert bill is not None
    return bill


def test_each_line_says_which_article_base_and_rate_made_it() -> None:
    lines = bill_of(journey(Status.FEES_TO_APPROVE)).lines
    assert [(one.kind.value, one.about, one.article, one.base, one.rate, int(one.amount)) for one in lines] == [
        ("split_service", "", "art. 2", "1", "10.000", 10_000),
        ("licence", "c1", "art. 6", "60.00 m²", "60.000", 60_000),
        ("sign", "c1", "art. 9", "3.50 m²", "5.255/m²", 18_393),  # 18392.5 fils, halves away from zero
        ("waste", "c1", "art. 11", "1", "15.000", 15_000),
        ("licence", "c2", "art. 6", "40.00 m²", "45.000", 45_000),
        ("waste", "c2", "art. 11", "1", "24.000", 24_000),
    ]


def test_the_lines_sum_to_the_total() -> None:
    bill = bill_of(journey(Status.FEES_TO_APPROVE))
    assert bill.total == sum(int(line.amount) for line in bill.lines) == 172_393


def test_a_bill_replays_to_the_fils_after_the_vocations_table_changed() -> None:
    walked = journey(Status.FEES_TO_APPROVE)
    bill = bill_of(walked)
    reference = walked.centre.reference
    walked.centre.reference = replace(reference, vocations=())
    assert calculate(bill.inputs, make_schedule()) == bill
    with pytest.raises(ValueError, match="inputs of schedule 2026-1"):
        calculate(bill.inputs, make_schedule("2027-1"))


def test_the_schedule_is_the_one_in_force_on_the_filing_date() -> None:
    walked = journey(Status.FEES_TO_ASSESS)
    old = replace(make_schedule("2025-1", date(2025, 1, 1)), superseded=TODAY)
    now = replace(make_schedule("2026-1", TODAY), superseded=TODAY + timedelta(days=1))
    new = make_schedule("2026-2", TODAY + timedelta(days=1))
    walked.centre.reference = replace(walked.centre.reference, schedules=(new, old, now))
    walked.pass_days(30)
    walked.assess()
    assert bill_of(walked).inputs.schedule_version == "2026-1"


def test_the_area_chooses_the_band_up_to_and_including_its_limit() -> None:
    from desktop_app.domain.fees.calculation import RatedVocation, UnitInputs
    from desktop_app.domain.fees.unit_lines import unit_lines

    grocery = RatedVocation("grocery", "بقالة", "trade", "A", "1")
    for area, fee in ((5_000, 25_000), (5_001, 40_000)):
        unit = UnitInputs("c", "محل", Area(area), (grocery,), (), waste_contract=True)
        assert [int(line.amount) for line in unit_lines(unit, make_schedule())] == [fee]


def test_of_several_vocations_in_one_premises_the_highest_fee_counts() -> None:
    from tests.domain.builders import make_child, make_content

    plan = make_plan(make_child(vocations=("stationery", "pharmacy")))
    walked = Journey(content=make_content(plan))
    walked.lodge()
    walked.accept()
    walked.write_letters()
    walked.answer_letters()
    walked.book()
    walked.visit()
    walked.assess()
    assert [int(line.amount) for line in bill_of(walked).lines if line.kind is LineKind.LICENCE] == [60_000]


def test_a_licensed_haulers_contract_exempts_from_the_waste_fee() -> None:
    walked = journey(Status.FEES_TO_ASSESS)
    assert refusal_keys(walked.centre.give(clerk(), AssessFees(walked.id, waste_contracts=("c9",)))) == {
        "fees.unit_unknown"
    }
    walked.do(clerk(), AssessFees(walked.id, waste_contracts=("c1",)))
    assert [line.about for line in bill_of(walked).lines if line.kind is LineKind.WASTE] == ["c2"]


def _gaps(schedule: FeeSchedule) -> dict[str, FeeSchedule]:
    capped = tuple(replace(rate, bands=(AreaBand(Area(1), Fils(1)),)) for rate in schedule.licence_rates)
    return {
        "fees.no_licence_rate": replace(schedule, licence_rates=()),
        "fees.no_area_band": replace(schedule, licence_rates=capped),
        "fees.no_sign_rate": replace(schedule, sign_rates=()),
        "fees.no_waste_rate": replace(schedule, waste_rates=schedule.waste_rates[1:]),
        "fees.no_schedule": replace(schedule, effective=date(2030, 1, 1)),
    }


@pytest.mark.parametrize("why", _gaps(make_schedule()))
def test_a_gap_in_the_schedule_is_said_and_never_guessed_over(why: str) -> None:
    walked = journey(Status.FEES_TO_ASSESS)
    walked.centre.reference = replace(walked.centre.reference, schedules=(_gaps(make_schedule())[why],))
    assert refusal_keys(walked.centre.give(clerk(), AssessFees(walked.id))) == {why}


@pytest.mark.parametrize(
    ("adjustment", "why"),
    [
        (Adjustment(LineKind.EXEMPTION, Fils(5), "قرار"), "fees.adjustment_sign"),
        (Adjustment(LineKind.FINE, Fils(-5), "مخالفة"), "fees.adjustment_sign"),
        (Adjustment(LineKind.ADJUSTMENT, Fils(0), "قرار"), "fees.adjustment_sign"),
        (Adjustment(LineKind.FINE, Fils(5), " "), "reason.missing"),
        (Adjustment(LineKind.LICENCE, Fils(5), "قرار"), "fees.not_an_adjustment"),
        (Adjustment(LineKind.EXEMPTION, Fils(-172_394), "قرار"), "fees.below_zero"),
    ],
)
def test_an_adjustment_has_a_reason_and_the_sign_of_its_kind(adjustment: Adjustment, why: str) -> None:
    walked = journey(Status.FEES_TO_ASSESS)
    assert refusal_keys(walked.centre.give(clerk(), AssessFees(walked.id, (adjustment,)))) == {why}


def test_a_bill_that_is_wholly_exempted_is_approved_and_receipted_as_nothing() -> None:
    walked = journey(Status.FEES_TO_ASSESS)
    exempt = Adjustment(LineKind.EXEMPTION, Fils(-172_393), "قرار مجلس الأمانة")
    walked.do(clerk(), AssessFees(walked.id, (exempt,)))
    assert bill_of(walked).lines[-1].by == clerk().name_ar
    walked.approve()
    walked.pay()
    assert walked.status is Status.ISSUED
    assert [int(receipt.amount) for receipt in walked.request.payment.receipts] == [0]


def test_approval_tells_the_applicant_the_fees_due() -> None:
    walked = journey(Status.FEES_TO_APPROVE)
    (told,) = walked.approve().notices
    assert (told.kind.value, told.args.get("total")) == ("fees_due", 172_393)


def test_a_supervisor_approves_the_total_that_they_saw() -> None:
    walked = journey(Status.FEES_TO_APPROVE)
    assert refusal_keys(walked.centre.give(supervisor(), ApproveFees(walked.id, Fils(1)))) == {"fees.total_differs"}


def test_whoever_assessed_cannot_approve_even_after_another_assessed_anew() -> None:
    walked = journey(Status.FEES_TO_ASSESS)
    walked.do(supervisor(), AssessFees(walked.id))
    walked.do(clerk(), AssessFees(walked.id))
    approve = ApproveFees(walked.id, bill_of(walked).total)
    assert refusal_keys(walked.centre.give(supervisor(), approve)) == {"fees.own_assessment"}
    assert walked.centre.give(supervisor("another"), approve).accepted


def test_the_inspector_of_a_visit_does_not_approve_that_request() -> None:
    walked = journey(Status.FEES_TO_APPROVE)
    promoted = supervisor(inspector().id)
    approve = ApproveFees(walked.id, bill_of(walked).total)
    assert refusal_keys(walked.centre.give(promoted, approve)) == {"fees.own_inspection"}


def test_returned_fees_are_assessed_again_and_need_a_reason() -> None:
    walked = journey(Status.FEES_TO_APPROVE)
    assert refusal_keys(walked.centre.give(supervisor(), ReturnFees(walked.id, ""))) == {"reason.missing"}
    walked.do(supervisor(), ReturnFees(walked.id, "فئة النفايات"))
    assert walked.status is Status.FEES_TO_ASSESS


def test_an_approval_of_a_bill_that_was_assessed_anew_meanwhile_is_refused() -> None:
    walked = journey(Status.FEES_TO_APPROVE)
    approve = ApproveFees(walked.id, bill_of(walked).total)
    seen = walked.centre.base_of(approve)
    walked.assess()
    assert refusal_keys(walked.centre.give(supervisor(), approve, base=seen)) == {"track.moved_on"}


def test_the_neutrality_view_sets_the_parent_before_against_all_licences_after() -> None:
    view = neutrality(make_licence(), make_plan(), make_schedule(), make_reference(), TODAY)
    assert {line.about for line in view.before} == {make_licence().number}
    assert {line.about for line in view.after} == {"remainder", "c1", "c2"}
    before, after = (sum(int(line.amount) for line in side) for side in (view.before, view.after))
    assert view.difference == after - before != 0


def test_the_neutrality_view_of_a_closing_split_has_no_remainder() -> None:
    from tests.domain.builders import make_child

    everything = make_child(area=20_000, vocations=make_licence().vocations, signs=("S1", "S2"))
    view = neutrality(make_licence(), make_plan(everything), make_schedule(), make_reference(), TODAY)
    assert view.difference == 0
