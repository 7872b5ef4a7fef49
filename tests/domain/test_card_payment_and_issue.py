"""The card: بعد اتمام عملية الدفع، رسالة نصية بصدور الرخصة. Payment, issue, print, delivery, and taking it all back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.actor import Actor
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.expire import Expire
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.licence import LicenceStatus
from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import PaymentMethod, Spoilt
from tests.domain.builders import (
    PARENT,
    administrator,
    auditor,
    cashier,
    clerk,
    make_child,
    make_content,
    make_licence,
    make_plan,
    officer,
    refusal_keys,
    registrar,
    supervisor,
)
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey

CHILDREN = ("L-2026-08-000001", "L-2026-08-000002")


def payment(walked: Journey, **changes: object) -> RecordPayment:
    bill = walked.request.fees.calculation
    assert bill is not None
    usual = RecordPayment(walked.id, "C-2026-08-K1-00001", bill.total, PaymentMethod.CASH)
    return replace(usual, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"amount": Fils(1)}, "payment.amount_differs"),
        ({"method": PaymentMethod.CARD}, "payment.reference_missing"),
        ({"receipt_number": "17"}, "payment.receipt_number_form"),
        ({"receipt_number": ""}, "payment.receipt_number_form"),
        ({"receipt_number": "C-2026-08-K2-00001"}, "payment.receipt_number_form"),
    ],
)
def test_a_payment_is_the_whole_bill_with_its_reference_and_a_number_of_the_series(
    changes: dict[str, object], why: str
) -> None:
    walked = journey(Status.AWAITING_PAYMENT)
    assert refusal_keys(walked.centre.give(cashier(), payment(walked, **changes))) == {why}


def test_money_is_taken_only_with_the_right_of_the_till() -> None:
    walked = journey(Status.AWAITING_PAYMENT)
    for actor in (clerk(), supervisor(), replace(auditor(), cashier=True), replace(administrator(), cashier=True)):
        assert refusal_keys(walked.centre.give(actor, payment(walked))) == {"action.not_your_role"}
    assert refusal_keys(walked.centre.give(replace(officer(), cashier=True), payment(walked))) == {
        "action.not_your_role"
    }
    assert walked.centre.give(replace(supervisor(), cashier=True), payment(walked)).accepted


def test_the_e_payment_channel_pays_through_the_centre() -> None:
    walked = journey(Status.AWAITING_PAYMENT)
    assert refusal_keys(walked.centre.give(registrar(), payment(walked))) == {"payment.channel_is_electronic"}
    paid = payment(walked, method=PaymentMethod.ELECTRONIC, reference="EFAWATEER-9")
    assert walked.centre.give(registrar(), paid).accepted
    assert walked.status is Status.ISSUED


def test_payment_issues_at_once_and_the_applicant_is_told_the_numbers() -> None:
    walked = journey(Status.AWAITING_PAYMENT)
    (told,) = walked.pay().notices
    assert (told.kind.value, told.args.get("licences")) == ("licence_issued", "، ".join(CHILDREN))
    assert walked.status is Status.ISSUED
    assert [paper for paper in walked.centre.papers if paper[0] != "letter"] == [
        ("certificate", CHILDREN[0]),
        ("certificate", CHILDREN[1]),
        ("certificate", PARENT),
        ("receipt", "C-2026-08-K1-00001"),
    ]


def test_the_children_take_their_shares_and_the_parent_is_amended() -> None:
    walked = journey(Status.ISSUED)
    parent = walked.centre.licences[PARENT]
    assert (parent.area, parent.vocations, [sign.code for sign in parent.signs]) == (
        10_000,
        ("grocery", "stationery"),
        ["S2"],
    )
    assert (parent.status, parent.reservations, parent.amended_by_requests) == (LicenceStatus.ACTIVE, (), ("r1",))
    first, second = (walked.centre.licences[number] for number in CHILDREN)
    assert (first.area, first.vocations, [s.code for s in first.signs]) == (6_000, ("pharmacy",), ["S1"])
    assert (second.area, second.vocations, second.signs) == (4_000, ("cafe",), ())
    assert {(one.parent_number, one.made_by_request, one.renewed_for) for one in (first, second)} == {
        (PARENT, "r1", 2026)
    }


def closing() -> Journey:
    """A split that gives everything away, paid for."""
    plan = make_plan(make_child(area=20_000, vocations=make_licence().vocations, signs=("S1", "S2")))
    walked = Journey(content=make_content(plan))
    for step in (Journey.lodge, Journey.accept, Journey.write_letters, Journey.answer_letters, Journey.book):
        step(walked)
    for step in (Journey.visit, Journey.assess, Journey.approve, Journey.pay):
        step(walked)
    return walked


def test_a_remainder_of_nothing_closes_the_parent() -> None:
    walked = closing()
    parent = walked.centre.licences[PARENT]
    assert (parent.status, parent.area, parent.vocations, parent.signs) == (LicenceStatus.CLOSED, 0, (), ())
    assert [issued.unit for issued in walked.request.issue.licences] == ["c1"]


def test_a_workstation_without_numbers_records_the_payment_and_leaves_the_issue_to_the_centre() -> None:
    walked = journey(Status.TO_ISSUE)
    assert walked.centre.licences[PARENT].area == 20_000
    assert {kind for kind, _ in walked.centre.papers} == {"letter"}


def test_a_parent_that_can_no_longer_be_split_takes_no_money() -> None:
    walked = journey(Status.AWAITING_PAYMENT)
    parent = walked.centre.licences[PARENT]
    walked.centre.licences[PARENT] = replace(parent, status=LicenceStatus.SUSPENDED)
    assert refusal_keys(walked.centre.give(cashier(), payment(walked))) == {"parent.suspended"}


def test_a_cashier_does_not_void_or_refund_their_own_receipt() -> None:
    walked = journey(Status.ISSUED)
    own = supervisor(cashier().id)
    for command in (VoidReceipt(walked.id, "خطأ"), Refund(walked.id, "عدول")):
        assert refusal_keys(walked.centre.give(own, command)) == {"payment.own_receipt"}
        assert refusal_keys(walked.centre.give(supervisor(), replace(command, reason=" "))) == {"reason.missing"}


def test_printed_sheets_of_a_refunded_request_stand_no_more() -> None:
    walked = journey(Status.PRINTED)
    printed = walked.request.issue.sheets
    walked.do(supervisor(), Refund(walked.id, "عدول"))
    assert printed
    assert (walked.request.issue.sheets, walked.request.issue.taken_back) == ((), printed)


def test_a_voided_receipt_takes_the_licences_back_and_the_reissue_has_the_same_numbers() -> None:
    walked = journey(Status.ISSUED)
    issued = dict(walked.centre.licences)
    walked.do(supervisor(), VoidReceipt(walked.id, "طريقة الدفع خاطئة"))
    parent = walked.centre.licences[PARENT]
    assert walked.status is Status.AWAITING_PAYMENT
    assert (parent.area, sorted(parent.vocations)) == (20_000, ["grocery", "pharmacy", "stationery"])
    assert [held.request_id for held in parent.reservations] == ["r1"]
    assert {walked.centre.licences[number].status for number in CHILDREN} == {LicenceStatus.CLOSED}
    used = payment(walked)
    assert refusal_keys(walked.centre.give(cashier(), used)) == {"payment.receipt_number_used"}
    walked.pay()
    assert walked.centre.licences == issued
    assert walked.centre.numbers.licences == 2


def test_a_voided_closing_split_opens_the_parent_again() -> None:
    walked = closing()
    walked.do(supervisor(), VoidReceipt(walked.id, "خطأ"))
    assert walked.centre.licences[PARENT].status is LicenceStatus.ACTIVE


def test_taking_back_does_not_lift_a_suspension_of_the_parent() -> None:
    walked = journey(Status.ISSUED)
    walked.centre.licences[PARENT] = replace(walked.centre.licences[PARENT], status=LicenceStatus.SUSPENDED)
    walked.do(supervisor(), Refund(walked.id, "عدول"))
    assert walked.centre.licences[PARENT].status is LicenceStatus.SUSPENDED


def test_a_refund_ends_the_request_and_makes_the_parent_whole() -> None:
    walked = journey(Status.REFUNDED)
    parent = walked.centre.licences[PARENT]
    assert (parent.area, parent.reservations, len(parent.signs)) == (20_000, (), 2)
    assert {walked.centre.licences[number].status for number in CHILDREN} == {LicenceStatus.CLOSED}


def test_licences_that_were_split_again_are_not_taken_back() -> None:
    walked = journey(Status.ISSUED)
    second = Journey(walked.centre, make_content(make_plan(make_child(area=1_000, vocations=("stationery",)))), "r2")
    for step in (Journey.lodge, Journey.accept, Journey.book, Journey.visit, Journey.assess, Journey.approve):
        step(second)
    second.pay()
    assert refusal_keys(walked.centre.give(supervisor(), Refund(walked.id, "عدول"))) == {"payment.licence_in_use"}
    second.do(supervisor(), Refund("r2", "عدول"))
    assert walked.centre.give(supervisor(), Refund(walked.id, "عدول")).accepted


def test_licences_that_are_not_at_hand_are_not_taken_back() -> None:
    walked = journey(Status.ISSUED)
    del walked.centre.licences[CHILDREN[0]]
    assert refusal_keys(walked.centre.give(supervisor(), Refund(walked.id, "عدول"))) == {"payment.licence_in_use"}


def test_the_time_to_pay_runs_anew_from_a_voided_receipt() -> None:
    walked = journey(Status.ISSUED)
    walked.pass_days(60)
    walked.do(supervisor(), VoidReceipt(walked.id, "خطأ"))
    walked.pass_days(1)
    assert refusal_keys(walked.centre.give(registrar(), Expire(walked.id, "انتهت المدة"))) == {"expiry.not_yet"}


def test_every_licence_needs_a_fine_sheet_before_delivery() -> None:
    walked = journey(Status.ISSUED)
    numbers = [issued.number for issued in walked.request.issue.licences]
    for at, number in enumerate(numbers):
        walked.do(clerk(), ConfirmPrint(walked.id, number, f"SN-{at}-spoilt", fine=False))
    for at, number in enumerate(numbers):
        assert walked.status is Status.ISSUED, "a spoilt sheet is no certificate"
        walked.do(clerk(), ConfirmPrint(walked.id, number, f"SN-{at}", fine=True))
    assert walked.status is Status.PRINTED


@pytest.mark.parametrize(
    ("number", "serial", "why"),
    [
        ("L-2026-08-000099", "SN-1", "print.not_this_requests"),
        (PARENT, " ", "print.serial_missing"),
        (PARENT, f"SN-{PARENT}", "print.serial_used"),
        (PARENT, f" sn -{PARENT}".translate({ord("0") + one: 0x660 + one for one in range(10)}), "print.serial_used"),
        (PARENT, "9" * 41, "print.serial_form"),
        (PARENT, "12\x0034", "print.serial_form"),
    ],
)
def test_a_sheet_has_a_serial_of_its_own_and_a_licence_of_this_request(number: str, serial: str, why: str) -> None:
    walked = journey(Status.PRINTED)
    assert refusal_keys(walked.centre.give(clerk(), ConfirmPrint(walked.id, number, serial, fine=True))) == {why}


@pytest.mark.parametrize(
    ("fine", "spoilt", "note", "why"),
    [
        (True, Spoilt.SMUDGED, "", "print.fine_and_spoilt"),
        (False, Spoilt.OTHER, " ", "reason.missing"),
        (False, Spoilt.OTHER, "ن" * 201, "print.note_form"),
    ],
)
def test_a_spoilt_sheet_says_why(fine: bool, spoilt: Spoilt, note: str, why: str) -> None:
    walked = journey(Status.ISSUED)
    number = walked.request.issue.licences[0].number
    given = ConfirmPrint(walked.id, number, "SN-1", fine, spoilt, note)
    assert refusal_keys(walked.centre.give(clerk(), given)) == {why}
    walked.do(clerk(), ConfirmPrint(walked.id, number, "SN-1", fine=False, spoilt=Spoilt.OTHER, note=" حبر "))
    walked.do(clerk(), ConfirmPrint(walked.id, number, "SN-2", fine=False, spoilt=Spoilt.JAMMED))
    walked.do(clerk(), ConfirmPrint(walked.id, number, "SN-3", fine=False))  # a program that does not ask yet
    kept = [(sheet.spoilt, sheet.note) for sheet in walked.request.issue.sheets]
    assert kept == [(Spoilt.OTHER, "حبر"), (Spoilt.JAMMED, ""), (None, "")]


@pytest.mark.parametrize(("fine", "told"), [(True, "history.sheet"), (False, "history.sheet_spoilt")])
def test_the_history_tells_a_spoilt_sheet_from_a_fine_one(fine: bool, told: str) -> None:
    walked = journey(Status.ISSUED)
    number = walked.request.issue.licences[0].number
    outcome = walked.centre.give(clerk(), ConfirmPrint(walked.id, number, "SN-1", fine, note="ن" * 200))
    assert outcome.event is not None
    assert outcome.event.summary is not None
    assert outcome.event.summary.key == told


@pytest.mark.parametrize("fine", [True, False])
def test_a_sheet_that_another_request_used_is_not_taken_again(fine: bool) -> None:
    walked = journey(Status.ISSUED)
    walked.centre.numbers.sheets["8000017"] = "another-request"
    number = walked.request.issue.licences[0].number
    given = ConfirmPrint(walked.id, number, "8000017", fine)
    assert refusal_keys(walked.centre.give(clerk(), given)) == {"print.serial_used"}
    assert walked.request.issue.sheets == ()
    walked.do(clerk(), ConfirmPrint(walked.id, number, "٨٠٠٠٠١٨", fine))
    assert walked.centre.numbers.sheets["8000018"] == walked.id


def test_delivery_says_to_whom_and_which_identity_was_seen() -> None:
    walked = journey(Status.PRINTED)
    assert refusal_keys(walked.centre.give(clerk(), Deliver(walked.id, "", ""))) == {
        "delivery.name_missing",
        "delivery.identity_missing",
    }
    for name, identity, missing in (("سامر الحسن", " ", "identity"), (" ", "9871012345", "name")):
        outcome = walked.centre.give(clerk(), Deliver(walked.id, name, identity))
        assert refusal_keys(outcome) == {f"delivery.{missing}_missing"}


def test_the_numbers_of_the_centre_have_no_gaps_after_refusals() -> None:
    walked = journey(Status.AWAITING_PAYMENT)
    wrong: tuple[tuple[Actor, RecordPayment], ...] = (
        (clerk(), payment(walked)),
        (cashier(), payment(walked, amount=Fils(1))),
    )
    for actor, command in wrong:
        walked.centre.give(actor, command)
    walked.pay()
    assert tuple(issued.number for issued in walked.request.issue.licences[:2]) == CHILDREN


def test_area_does_not_go_back_to_a_parent_whose_last_vocation_is_promised() -> None:
    parent = make_licence(vocations=("grocery",), signs=())
    idle = make_content(make_plan(make_child(area=12_000, vocations=(), added=("stationery",))))
    walked = Journey(Centre(parent), idle)
    walked.lodge()
    walked.accept()
    walked.to_payment()
    walked.pay()
    rest = Journey(walked.centre, make_content(make_plan(make_child(area=8_000, vocations=("grocery",)))), "r2")
    rest.lodge()
    rest.accept()
    for command in (Refund(walked.id, "عدول"), VoidReceipt(walked.id, "خطأ")):
        assert refusal_keys(walked.centre.give(supervisor(), command)) == {"payment.licence_in_use"}
    rest.do(clerk(), Withdraw(rest.id, "عدول"))
    assert walked.centre.give(supervisor(), Refund(walked.id, "عدول")).accepted
