"""Letters out: how long they wait, when one is reminded of, and the scan that comes with an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.commands.remind_body import RemindBody
from desktop_app.domain.commands.remind_civil_defence import RemindCivilDefence
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.letters import awaited_letters, days_waited, remind_from
from desktop_app.domain.request import Requirements, Status
from tests.domain.builders import (
    TODAY,
    clerk,
    make_child,
    make_content,
    make_plan,
    make_reference,
    officer,
    refusal_keys,
    supervisor,
)
from tests.domain.journey import Journey, journey

CALENDAR = make_reference().calendar
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def asked() -> Journey:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.write_letters()
    return walked


def asked_of_civil_defence() -> Journey:
    walked = journey(Status.AWAITING_CIVIL_DEFENCE)
    walked.write_civil_defence()
    return walked


def reminder(walked: Journey, number: str = "REM-1") -> Command:
    if walked.status is Status.AWAITING_CIVIL_DEFENCE:
        return RemindCivilDefence(walked.id, number, walked.today)
    return RemindBody(walked.id, "health", number, walked.today)


def scan(body: str, requirement: Requirement = Requirement.APPROVAL_SCAN, digest: str = "ab" * 32) -> Attachment:
    return Attachment(digest, requirement, "جواب.pdf", ContentType.PDF, 1234, body)


@given(days, st.integers(0, 400))
def test_working_days_are_counted_as_they_are_added(after: date, span: int) -> None:
    until = after + timedelta(days=span)
    one_by_one = sum(CALENDAR.is_working_day(after + timedelta(days=n)) for n in range(1, span + 1))
    assert CALENDAR.count_working_days(after, until) == one_by_one
    assert CALENDAR.count_working_days(until, after) == 0


@given(days, st.integers(1, 60))
def test_after_so_many_working_days_so_many_have_been_waited(after: date, count: int) -> None:
    assert CALENDAR.count_working_days(after, CALENDAR.add_working_days(after, count)) == count


def test_a_holiday_named_twice_counts_once() -> None:
    twice = WorkingCalendar(((date(2026, 3, 2), "أ"), (date(2026, 3, 2), "ب")))
    assert twice.count_working_days(date(2026, 3, 1), date(2026, 3, 3)) == 1


def test_the_letter_that_has_waited_longest_comes_first() -> None:
    content = replace(make_content(make_plan(make_child(added=("smithy",)))), requirements=Requirements("TD-1", "CC-1"))
    walked = Journey(content=content)
    walked.lodge()
    walked.accept()
    walked.do(clerk(), RequestApproval(walked.id, "environment", "OUT-1", walked.today))
    walked.pass_days(2)
    walked.do(clerk(), RequestApproval(walked.id, "health", "OUT-2", walked.today))
    assert [one.body for one in awaited_letters(walked.request)] == ["environment", "health"]
    waited = [days_waited(one, walked.centre.reference, walked.today) for one in awaited_letters(walked.request)]
    assert waited == [2, 0]
    walked.do(clerk(), RecordApproval(walked.id, "environment", True, "IN-1", walked.today))
    assert [one.body for one in awaited_letters(walked.request)] == ["health"]


def test_a_letter_dated_before_the_request_was_accepted_waits_from_acceptance() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.do(clerk(), RequestApproval(walked.id, "health", "OUT-1", date(1990, 1, 1)))
    (letter,) = awaited_letters(walked.request)
    assert (letter.dated, letter.since) == (date(1990, 1, 1), TODAY)


@pytest.mark.parametrize("start", [asked, asked_of_civil_defence])
def test_a_reminder_goes_out_after_its_time_and_again_after_as_long(start) -> None:  # type: ignore[no-untyped-def]
    walked: Journey = start()
    period = walked.centre.reference.reminder_days
    (letter,) = awaited_letters(walked.request)
    first = remind_from(letter, walked.centre.reference)
    assert CALENDAR.count_working_days(walked.today, first) == period
    while walked.today < first:
        assert refusal_keys(walked.centre.give(clerk(), reminder(walked))) == {"reminder.not_yet"}
        walked.pass_days(1)
    outcome = walked.do(supervisor(), reminder(walked, " REM-1 "))
    (one,) = awaited_letters(walked.request)[0].reminders
    assert (one.number, one.dated, one.by, one.at) == ("REM-1", walked.today, "supervisor", walked.centre.now)
    assert outcome.event is not None
    assert outcome.event.summary is not None
    assert outcome.event.summary.args.get("number") == "REM-1"
    assert walked.centre.papers[-1] == ("reminder", "REM-1")
    assert refusal_keys(walked.centre.give(clerk(), reminder(walked))) == {"reminder.not_yet"}
    walked.pass_days(10)
    walked.do(clerk(), reminder(walked, "REM-2"))
    assert [one.number for one in awaited_letters(walked.request)[0].reminders] == ["REM-1", "REM-2"]


def test_each_body_is_reminded_by_itself_and_only_while_it_has_not_answered() -> None:
    walked = asked()
    walked.pass_days(10)
    other = RemindBody(walked.id, "environment", "REM-1", walked.today)
    assert refusal_keys(walked.centre.give(clerk(), other)) == {"approvals.not_awaited"}
    blank = RemindBody(walked.id, "health", " ", walked.today + timedelta(days=1))
    assert refusal_keys(walked.centre.give(clerk(), blank)) == {"letter.number_missing", "letter.date_in_future"}
    assert refusal_keys(walked.centre.give(officer("health"), reminder(walked))) == {"action.not_your_role"}
    walked.answer_letters()
    assert refusal_keys(walked.centre.give(clerk(), RemindBody(walked.id, "health", "REM-1", walked.today))) == {
        "action.not_in_status"
    }


@pytest.mark.parametrize("number", ["ص/1\u200f", "信", "a" * 41, "1\n2", "😀"])
def test_a_number_that_no_letter_can_bear_is_refused(number: str) -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    given_number = RequestApproval(walked.id, "health", number, TODAY)
    assert refusal_keys(walked.centre.give(clerk(), given_number)) == {"letter.number_form"}


def test_letters_are_ordered_as_papers_for_their_body() -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    (order,) = walked.do(clerk(), RequestApproval(walked.id, "health", "ص/55/2026", TODAY)).papers
    assert (order.kind, order.number, order.part) == ("letter", "ص/55/2026", "health")
    walked = journey(Status.AWAITING_CIVIL_DEFENCE)
    (order,) = walked.write_civil_defence().papers
    assert (order.kind, order.number, order.part) == ("letter", "CD-1", "civil_defence")


@pytest.mark.parametrize("body", ["health", "civil_defence"])
def test_an_answer_brings_its_scan_among_the_documents(body: str) -> None:
    walked = asked_of_civil_defence() if body == "civil_defence" else asked()

    def answer(document: Attachment | None) -> Command:
        if body == "civil_defence":
            return RecordCivilDefence(walked.id, True, "IN-1", walked.today, document=document)
        return RecordApproval(walked.id, body, True, "IN-1", walked.today, document=document)

    for wrong in (scan("education"), scan(body, Requirement.TITLE_DEED)):
        assert refusal_keys(walked.centre.give(clerk(), answer(wrong))) == {"answer.scan_of_another"}
    assert "document.malformed" in refusal_keys(walked.centre.give(clerk(), answer(scan(body, digest="x"))))
    assert walked.do(clerk(), answer(scan(body))).warnings == ()
    assert walked.request.documents == (scan(body),)
    held = walked.request.civil_defence.scan if body == "civil_defence" else walked.request.approvals[0].scan
    assert held == scan(body).digest


def test_the_counter_is_warned_of_a_missing_scan_and_the_bodys_officer_is_not() -> None:
    answer = RecordApproval("r1", "health", True, "IN-1", TODAY)
    assert [why.key for why in asked().do(clerk(), answer).warnings] == ["answer.scan_missing"]
    assert asked().do(officer("health"), answer).warnings == ()
