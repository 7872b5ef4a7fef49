"""What the history says of a request that ended: why, and what of the parent licence is free again."""

from __future__ import annotations

import pytest

from desktop_app.domain.area import Area
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.messages import message
from desktop_app.domain.request import Status
from tests.domain.builders import PARENT, clerk, supervisor
from tests.domain.journey import journey

ENDS = {
    Status.REFUSED: "مخالفة التنظيم",
    Status.WITHDRAWN: "بطلب صاحب العلاقة",
    Status.EXPIRED: "انتهت المدة",
    Status.REFUSED_BY_BODY: "لا تتحقق الشروط",
    Status.REFUSED_BY_CIVIL_DEFENCE: "لا يوجد مخرج طوارئ",
    Status.REFUNDED: "عدول",
}


@pytest.mark.parametrize("status", ENDS)
def test_an_end_says_what_of_the_parent_is_free_again(status: Status) -> None:
    walked = journey(status)
    *before, end = walked.centre.events
    assert end.after is status
    assert end.given_back == message("history.given_back", area=walked.request.plan.area, number=PARENT)
    assert walked.centre.licences[PARENT].free_area == Area(20_000)
    assert [one.given_back for one in before] == [None] * len(before)


@pytest.mark.parametrize(("status", "reason"), [*ENDS.items(), (Status.RETURNED, "سند غير واضح")])
def test_an_end_says_why(status: Status, reason: str) -> None:
    summary = journey(status).centre.events[-1].summary
    assert summary is not None
    assert summary.args.get("reason") == reason


def test_a_receipt_that_was_voided_says_why_and_gives_no_area_back() -> None:
    walked = journey(Status.ISSUED)
    walked.do(supervisor(), VoidReceipt(walked.id, "خطأ في المبلغ"))
    event = walked.centre.events[-1]
    assert event.summary is not None
    assert event.summary.args.get("reason") == "خطأ في المبلغ"
    # The request goes on, and holds what it is to split.
    assert event.given_back is None


def test_a_request_that_held_nothing_gives_nothing_back() -> None:
    walked = journey(Status.LODGED)
    walked.do(clerk(), Withdraw(walked.id, "رغبة المستدعي"))
    assert walked.centre.events[-1].given_back is None


@pytest.mark.parametrize("approved", [True, False])
def test_an_answer_is_written_down_with_its_reason_where_it_has_one(*, approved: bool) -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.write_letters()
    walked.answer_letters(approved=approved)
    summary = walked.centre.events[-1].summary
    assert summary is not None
    assert summary.key == ("history.body_answer" if approved else "history.body_reason")
