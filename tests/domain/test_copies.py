"""Copies of printed certificates: when one is legal, which count it has, and that it needs a sheet of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.actions import Action, available_actions
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.copies import CopyReason, licence_of_paper
from desktop_app.domain.deciding import PaperOrder
from desktop_app.domain.licence import LicenceStatus
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import PaymentMethod
from tests.domain.builders import PARENT, cashier, clerk, make_child, make_content, make_plan, refusal_keys, supervisor
from tests.domain.journey import Journey, journey


def ask(walked: Journey, number: str, reason: CopyReason = CopyReason.LOST, note: str = "") -> OrderCopy:
    return OrderCopy(walked.id, number, reason, note)


def child_of(walked: Journey) -> str:
    return walked.request.issue.licences[0].number


def why_not(walked: Journey, number: str) -> set[str]:
    return refusal_keys(walked.centre.give(clerk(), ask(walked, number)))


@pytest.mark.parametrize("status", [Status.PRINTED, Status.DELIVERED])
def test_a_copy_has_the_next_count_a_reason_and_a_paper_of_its_own(status: Status) -> None:
    walked = journey(status)
    number = child_of(walked)
    before = walked.centre.licences[number]
    outcome = walked.do(clerk(), ask(walked, number, CopyReason.ANOTHER_AUTHORITY, " وزارة العمل "))
    (copy,) = walked.request.issue.copies
    assert (copy.licence_number, copy.count, copy.number) == (number, 1, f"{number}/1")
    assert (copy.reason, copy.note, copy.by) == (CopyReason.ANOTHER_AUTHORITY, "وزارة العمل", clerk().id)
    assert copy.at == walked.centre.now
    assert outcome.papers == (PaperOrder("copy", f"{number}/1", walked.id),)
    assert licence_of_paper(f"{number}/1") == licence_of_paper(number) == number
    (counted,) = outcome.licences
    assert counted == replace(before, copies=1), "nothing of the licence changes but its count"
    assert outcome.notices == (), "nothing but a sheet of paper comes of it"
    assert walked.status is status
    assert outcome.event is not None
    assert outcome.event.action == "order_copy"
    assert outcome.event.summary is not None
    assert dict(outcome.event.summary.args) == {
        "number": number, "count": 1, "copy_reason": "another_authority", "note": "وزارة العمل",
    }  # fmt: skip
    walked.do(clerk(), ConfirmPrint(walked.id, number, "C-1", fine=True, copy=1))
    assert walked.status is status, "a copy's sheet carries nothing on"
    walked.do(clerk(), ask(walked, number))
    assert [one.count for one in walked.request.issue.copies] == [1, 2]
    walked.do(clerk(), ask(walked, PARENT))
    assert walked.request.issue.copies[-1].number == f"{PARENT}/1", "each licence counts its own"


def test_a_licence_that_is_split_twice_has_one_count_of_copies() -> None:
    """Each split prints the parent's certificate anew; no two copies of it may go by one number."""
    first = journey(Status.DELIVERED)
    first.do(clerk(), ask(first, PARENT))
    rest = make_content(make_plan(make_child(area=3_000, vocations=("stationery",), added=("pharmacy",))))
    second = Journey(first.centre, rest, "r2")
    second.lodge()
    second.accept()
    second.to_payment()
    second.pay()
    for issued in second.request.issue.licences:
        second.do(clerk(), ConfirmPrint(second.id, issued.number, f"R2-{issued.number}", fine=True))
    second.do(clerk(), ask(second, PARENT))
    assert [one.number for one in second.request.issue.copies] == [f"{PARENT}/2"]
    second.do(supervisor(), Refund(second.id, "طلب المستدعي"))
    first.do(clerk(), ConfirmPrint(first.id, PARENT, "C-1", fine=True, copy=1))
    first.do(clerk(), ask(first, PARENT))
    assert first.request.issue.copies[-1].number == f"{PARENT}/3", "what was taken back stays in the count"
    printed = [number for kind, number in first.centre.papers if kind == "copy"]
    assert sorted(printed) == [f"{PARENT}/{count}" for count in (1, 2, 3)]


def test_only_a_certificate_with_a_fine_sheet_is_copied() -> None:
    walked = journey(Status.ISSUED)
    number = child_of(walked)
    shown = {one.action for one in available_actions(walked.case, walked.centre.context(clerk())) if one.legal}
    assert Action.ORDER_COPY not in shown
    assert why_not(walked, number) == {"copy.none_printed_yet"}
    walked.do(clerk(), ConfirmPrint(walked.id, number, "S-1", fine=False))
    assert why_not(walked, number) == {"copy.none_printed_yet"}
    walked.do(clerk(), ConfirmPrint(walked.id, number, "S-2", fine=True))
    walked.do(clerk(), ask(walked, number))
    assert why_not(walked, PARENT) == {"copy.not_printed_yet"}
    walked.do(clerk(), ConfirmPrint(walked.id, number, "S-3", fine=True, copy=1))
    assert walked.status is Status.ISSUED, "the copy's sheet is not the sheet of another certificate"


def test_a_copy_waits_for_the_fine_sheet_of_its_own_licence() -> None:
    walked = journey(Status.ISSUED)
    number = child_of(walked)
    walked.do(clerk(), ConfirmPrint(walked.id, PARENT, "S-1", fine=True))
    walked.do(clerk(), ConfirmPrint(walked.id, number, "S-2", fine=False))
    assert why_not(walked, number) == {"copy.not_printed_yet"}


def test_whoever_asks_twice_gets_one() -> None:
    walked = journey(Status.DELIVERED)
    number = child_of(walked)
    walked.do(clerk(), ask(walked, number))
    assert why_not(walked, number) == {"copy.waits"}
    walked.do(clerk(), ConfirmPrint(walked.id, number, "C-1", fine=False, copy=1))
    assert why_not(walked, number) == {"copy.waits"}
    assert [one.count for one in walked.request.issue.copies] == [1]


def test_nothing_is_copied_that_does_not_stand_any_more() -> None:
    walked = journey(Status.DELIVERED)
    number, licences = child_of(walked), walked.centre.licences
    stands = licences[number]
    for changed, why in (
        (replace(stands, status=LicenceStatus.CLOSED), "copy.closed"),
        (replace(stands, status=LicenceStatus.SUSPENDED), "copy.suspended"),
        (replace(stands, amended_by_requests=("r2",)), "copy.superseded"),
        (replace(stands, valid_until=date(2027, 12, 31), renewed_for=2027), "copy.renewed"),
    ):
        licences[number] = changed
        assert why_not(walked, number) == {why}
    licences[number] = stands
    parent = licences[PARENT]
    licences[PARENT] = replace(parent, amended_by_requests=(*parent.amended_by_requests, "r2"))
    assert why_not(walked, PARENT) == {"copy.superseded"}
    assert why_not(walked, "L-2026-08-000099") == {"print.not_this_requests"}
    walked.do(clerk(), ask(walked, number))


def test_another_reason_is_written_down() -> None:
    walked = journey(Status.PRINTED)
    number = child_of(walked)
    for note, why in ((" ", "reason.missing"), ("ن" * 201, "print.note_form")):
        refused = walked.centre.give(clerk(), ask(walked, number, CopyReason.OTHER, note))
        assert refusal_keys(refused) == {why}
    walked.do(clerk(), ask(walked, number, CopyReason.OTHER, "أُتلفت في حريق"))


def test_a_copy_goes_through_the_same_gate() -> None:
    walked = journey(Status.DELIVERED)
    number = child_of(walked)

    def refused(serial: str, copy: int, *, fine: bool = True) -> set[str]:
        return refusal_keys(walked.centre.give(clerk(), ConfirmPrint(walked.id, number, serial, fine, copy=copy)))

    assert refused("C-1", 1) == {"print.nothing_waits"}
    walked.do(clerk(), ask(walked, number))
    assert refused("C-1", 2) == {"print.no_such_copy"}
    assert refused("C-1", 0) == refused("C-1", 0, fine=False) == {"print.handed_over"}
    assert refused(f"SN-{number}", 1) == {"print.serial_used"}, "it has a blank sheet of its own"
    walked.centre.numbers.sheets["C-9"] = "another-request"
    assert refused("C-9", 1) == {"print.serial_used"}
    assert "C-1" not in walked.centre.numbers.sheets, "a refused word uses no sheet up"
    walked.do(clerk(), ConfirmPrint(walked.id, number, "C-0", fine=False, copy=1))
    walked.do(clerk(), ConfirmPrint(walked.id, number, "C-1", fine=True, copy=1))
    assert [(sheet.serial, sheet.copy) for sheet in walked.request.issue.sheets[-2:]] == [("C-0", 1), ("C-1", 1)]
    assert refused("C-2", 1) == {"print.nothing_waits"}


def test_a_certificate_has_one_fine_sheet_and_the_next_is_a_copy() -> None:
    walked = journey(Status.PRINTED)
    number = child_of(walked)
    again = ConfirmPrint(walked.id, number, "S-9", fine=True)
    assert refusal_keys(walked.centre.give(clerk(), again)) == {"print.fine_before"}
    walked.do(clerk(), replace(again, fine=False))  # printed by mistake: its serial is used up all the same


def test_a_certificate_that_was_taken_back_and_issued_again_counts_on() -> None:
    walked = journey(Status.ISSUED)
    number = child_of(walked)
    walked.do(clerk(), ConfirmPrint(walked.id, number, "S-1", fine=True))
    walked.do(clerk(), ask(walked, number))
    walked.pass_days(1)
    walked.do(supervisor(), VoidReceipt(walked.id, "خطأ"))
    bill = walked.request.fees.calculation
    assert bill is not None
    walked.do(cashier(), RecordPayment(walked.id, "C-2026-08-K1-00099", bill.total, PaymentMethod.CASH))
    assert child_of(walked) == number
    assert [sheet.serial for sheet in walked.request.issue.taken_back] == ["S-1"]
    used = ConfirmPrint(walked.id, number, "S-1", fine=True)
    assert refusal_keys(walked.centre.give(clerk(), used)) == {"print.serial_used"}, "a blank sheet is used once"
    assert why_not(walked, number) == {"copy.none_printed_yet"}
    walked.do(clerk(), ConfirmPrint(walked.id, number, "S-2", fine=True))
    stale = ConfirmPrint(walked.id, number, "S-3", fine=True, copy=1)
    assert refusal_keys(walked.centre.give(clerk(), stale)) == {"print.no_such_copy"}, "of what was taken back"
    walked.do(clerk(), ask(walked, number))
    assert [one.count for one in walked.request.issue.copies] == [1, 2]


TURNS = st.lists(st.tuples(st.sampled_from(("ask", "sheet", "deliver", "void")), st.integers(0, 2), st.integers(0, 3),
                           st.booleans()), max_size=25)  # fmt: skip


@given(TURNS)
def test_counts_have_no_gaps_and_no_twins_whatever_is_done_in_whatever_order(
    turns: list[tuple[str, int, int, bool]],
) -> None:
    walked = journey(Status.ISSUED)
    for at, (what, which, copy, fine) in enumerate(turns):
        number = walked.request.issue.licences[which].number
        walked.pass_days(1)
        if what == "ask":
            walked.centre.give(clerk(), ask(walked, number))
        elif what == "sheet":
            walked.centre.give(clerk(), ConfirmPrint(walked.id, number, f"S-{at}", fine, copy=copy))
        elif what == "deliver" and walked.status is Status.PRINTED:
            walked.deliver()
        elif what == "void" and walked.status is Status.ISSUED:
            walked.do(supervisor(), VoidReceipt(walked.id, "خطأ"))
            walked.pay()
        issue = walked.request.issue
        for one in issue.licences:
            counts = [copy.count for copy in issue.copies if copy.licence_number == one.number]
            assert counts == list(range(1, len(counts) + 1))
        pages = [(sheet.licence_number, sheet.copy) for sheet in issue.sheets if sheet.fine]
        assert len(pages) == len(set(pages)), "one fine sheet each"
        assert {page for page in pages if page[1]} <= {(copy.licence_number, copy.count) for copy in issue.copies}
