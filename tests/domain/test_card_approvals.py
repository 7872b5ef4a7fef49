"""The card: outside approvals, the visit and its rectification, and the Civil Defence, each with its notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.domain.actor import Role
from desktop_app.domain.commands.expire import Expire
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.commands.request_civil_defence import RequestCivilDefence
from desktop_app.domain.request import Requirements, Status
from tests.domain.builders import (
    TODAY,
    clerk,
    make_actor,
    make_child,
    make_content,
    make_plan,
    officer,
    refusal_keys,
    registrar,
)
from tests.domain.journey import Journey, journey


def test_each_outside_body_that_a_vocation_needs_is_asked_and_told_of_once() -> None:
    plan = make_plan(make_child(added=("smithy",)), make_child("c2", 1_000, ("stationery",)))
    content = replace(make_content(plan), requirements=Requirements("TD-1", "CC-1"))
    walked = Journey(content=content)
    walked.lodge()
    told = walked.accept().notices
    assert [approval.body for approval in walked.request.approvals] == ["health", "environment"]
    assert [n.args.get("body") for n in told if n.kind.value == "approval_needed"] == ["health", "environment"]


def test_a_plan_that_needs_no_outside_body_goes_straight_to_the_visit() -> None:
    walked = Journey(content=make_content(make_plan(make_child(vocations=("stationery",)))))
    walked.lodge()
    walked.accept()
    assert walked.status is Status.TO_SCHEDULE


def test_a_letter_has_a_number_and_a_date_that_has_come() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    tomorrow = TODAY + timedelta(days=1)
    refused = walked.centre.give(clerk(), RequestApproval(walked.id, "health", " ", tomorrow))
    assert refusal_keys(refused) == {"letter.number_missing", "letter.date_in_future"}


def test_an_answer_is_recorded_only_after_its_letter_went_out() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    answer = RecordApproval(walked.id, "health", True, "IN-1", TODAY)
    assert refusal_keys(walked.centre.give(clerk(), answer)) == {"approvals.none_awaited"}
    assert refusal_keys(walked.centre.give(clerk(), replace(answer, body="army"))) == {"approvals.none_awaited"}
    walked.write_letters()
    assert refusal_keys(walked.centre.give(clerk(), RequestApproval(walked.id, "health", "OUT-2", TODAY))) == {
        "approvals.all_letters_out"
    }
    walked.do(clerk(), answer)
    assert walked.status is Status.TO_SCHEDULE


def test_an_officer_speaks_for_their_own_body_only() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.write_letters()
    answer = RecordApproval(walked.id, "health", True, "IN-1", TODAY)
    assert not walked.centre.give(officer("environment"), answer).accepted
    assert not walked.centre.give(make_actor(Role.BODY_OFFICER), answer).accepted
    assert walked.centre.give(officer("health"), answer).accepted


def test_a_body_that_refuses_ends_the_request_and_the_applicant_is_told() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.write_letters()
    answer = RecordApproval(walked.id, "health", False, "IN-1", TODAY)
    assert refusal_keys(walked.centre.give(clerk(), answer)) == {"reason.missing"}
    told = walked.do(clerk(), replace(answer, reason="مساحة غير كافية")).notices
    assert [n.kind.value for n in told] == ["body_refused"]
    assert walked.status is Status.REFUSED_BY_BODY


def test_two_bodies_answer_without_standing_in_each_others_way() -> None:
    plan = make_plan(make_child(added=("smithy",)))
    walked = Journey(content=replace(make_content(plan), requirements=Requirements("TD-1", "CC-1")))
    walked.lodge()
    walked.accept()
    walked.write_letters()
    health = RecordApproval(walked.id, "health", True, "IN-1", TODAY)
    seen = walked.centre.base_of(health)
    walked.do(clerk(), RecordApproval(walked.id, "environment", True, "IN-2", TODAY))
    assert walked.centre.give(clerk(), health, base=seen).accepted


def test_a_non_compliant_visit_opens_a_rectification_and_tells_what_and_until_when() -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    (told,) = walked.visit(compliant=False).notices
    assert (told.kind.value, told.args.get("rectify"), told.args.get("until")) == (
        "conditions_unmet",
        "فتح المخارج",
        date(2026, 3, 8),
    )
    assert walked.status is Status.RECTIFICATION


def test_the_next_visit_shows_the_earlier_findings() -> None:
    from desktop_app.domain.commands.confirm_rectification import ConfirmRectification

    walked = journey(Status.RECTIFICATION)
    walked.do(clerk(), ConfirmRectification(walked.id))
    walked.book(date(2026, 3, 9))
    first, second = walked.request.visits
    assert [f.item for f in first.findings if not f.met] == ["exits"]
    assert (second.ordinal, walked.status) == (2, Status.INSPECTION_SCHEDULED)
    walked.visit()
    assert walked.status is Status.AWAITING_CIVIL_DEFENCE


def test_a_rectification_that_never_comes_expires_only_after_its_last_day() -> None:
    walked = journey(Status.RECTIFICATION)
    walked.pass_days(7)
    assert refusal_keys(walked.centre.give(registrar(), Expire(walked.id, "انتهت المدة"))) == {"expiry.not_yet"}
    walked.pass_days(1)
    walked.do(registrar(), Expire(walked.id, "انتهت المدة"))
    assert walked.status is Status.EXPIRED


def test_the_civil_defence_is_asked_after_a_compliant_visit_and_before_the_fees() -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    letter = RequestCivilDefence(walked.id, "CD-1", TODAY)
    assert refusal_keys(walked.centre.give(clerk(), letter)) == {"action.not_in_status"}
    walked.visit()
    answer = RecordCivilDefence(walked.id, True, "IN-1", TODAY)
    assert refusal_keys(walked.centre.give(clerk(), answer)) == {"civil_defence.not_requested"}
    walked.write_civil_defence()
    assert refusal_keys(walked.centre.give(clerk(), letter)) == {"civil_defence.already_requested"}
    walked.answer_civil_defence()
    assert walked.status is Status.FEES_TO_ASSESS


def test_the_civil_defence_is_not_asked_where_no_vocation_needs_it() -> None:
    walked = Journey(content=make_content(make_plan(make_child(vocations=("stationery",)))))
    walked.lodge()
    walked.accept()
    walked.book()
    walked.visit()
    assert walked.status is Status.FEES_TO_ASSESS


def test_a_refusal_of_the_civil_defence_ends_the_request_and_is_told() -> None:
    walked = journey(Status.AWAITING_CIVIL_DEFENCE)
    walked.write_civil_defence()
    told = walked.answer_civil_defence(approved=False).notices
    assert [n.kind.value for n in told] == ["civil_defence_refused"]
    assert walked.status is Status.REFUSED_BY_CIVIL_DEFENCE


@pytest.mark.parametrize("body", ["health", ""])
def test_only_the_civil_defences_own_officer_brings_its_answer(body: str) -> None:
    walked = journey(Status.AWAITING_CIVIL_DEFENCE)
    walked.write_civil_defence()
    answer = RecordCivilDefence(walked.id, True, "IN-1", TODAY)
    other = make_actor(Role.BODY_OFFICER, body=body)
    assert refusal_keys(walked.centre.give(other, answer)) == {"civil_defence.another_body"}
    assert walked.centre.give(officer("civil_defence"), answer).accepted
