"""The card: موعد الكشف. Booking a visit, and what its record must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.domain.area import Area
from desktop_app.domain.booking import booking_of
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.deciding import Booking
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Finding, MeasuredUnit
from tests.domain.builders import clerk, inspector, make_child, make_content, make_licence, make_plan, refusal_keys
from tests.domain.journey import Journey, journey

MONDAY = date(2026, 3, 2)


def test_the_applicant_is_told_day_and_window_of_the_visit() -> None:
    walked = journey(Status.TO_SCHEDULE)
    (told,) = walked.book(MONDAY, "noon").notices
    assert told.kind.value == "inspection_scheduled"
    assert [told.args.get(name) for name in ("day", "begins", "ends")] == [MONDAY, "11:00", "15:00"]


def test_a_visit_that_is_booked_anew_is_told_anew_but_not_for_another_inspector_alone() -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    (before,) = [n for n in walked.centre.notices if n.kind.value == "inspection_scheduled"]
    (told,) = walked.book(MONDAY, "noon").notices
    assert told.id != before.id
    changed = walked.do(clerk(), ScheduleInspection(walked.id, "inspector-2", MONDAY, "noon"))
    assert changed.notices == ()


@pytest.mark.parametrize(
    ("day", "window", "who", "why"),
    [
        (date(2026, 2, 26), "morning", "inspector", "booking.day_past"),
        (date(2026, 3, 6), "morning", "inspector", "booking.not_a_working_day"),
        (date(2026, 3, 7), "morning", "inspector", "booking.not_a_working_day"),
        (date(2026, 3, 19), "morning", "inspector", "booking.not_a_working_day"),
        (MONDAY, "night", "inspector", "booking.window_unknown"),
        (MONDAY, "morning", "nobody", "booking.inspector_unknown"),
        (MONDAY, "morning", "elsewhere", "booking.inspector_unknown"),
        (MONDAY, "morning", "clerk", "booking.inspector_unknown"),
    ],
)
def test_a_visit_is_booked_on_a_working_day_to_come_with_an_inspector_of_the_branch(
    day: date, window: str, who: str, why: str
) -> None:
    walked = journey(Status.TO_SCHEDULE)
    walked.centre.staff = (*walked.centre.staff, inspector("elsewhere", branch=9), clerk())
    assert refusal_keys(walked.centre.give(clerk(), ScheduleInspection(walked.id, who, day, window))) == {why}


def test_a_window_that_is_over_today_is_not_booked() -> None:
    walked = journey(Status.TO_SCHEDULE)
    walked.centre.now += timedelta(hours=2)
    over = ScheduleInspection(walked.id, "inspector", walked.today, "morning")
    assert refusal_keys(walked.centre.give(clerk(), over)) == {"booking.window_past"}
    assert walked.centre.give(clerk(), replace(over, window="noon")).accepted


def test_the_same_booking_twice_is_no_new_occasion() -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    again = ScheduleInspection(walked.id, "inspector", MONDAY, "morning")
    assert refusal_keys(walked.centre.give(clerk(), again)) == {"booking.unchanged"}


def test_a_window_holds_no_more_visits_than_it_has_room_for() -> None:
    first = journey(Status.INSPECTION_SCHEDULED)
    for name in ("r2", "r3"):
        parent = make_licence(f"L-2024-08-00000{name[1]}")
        first.centre.licences[parent.number] = parent
        plan = make_plan(make_child(vocations=("stationery",)), parent=parent.number)
        other = Journey(first.centre, make_content(plan), name)
        other.lodge()
        other.accept()
        if name == "r2":
            other.book()
    full = ScheduleInspection("r3", "inspector", MONDAY, "morning")
    assert refusal_keys(first.centre.give(clerk(), full)) == {"booking.window_full"}
    assert first.centre.give(clerk(), replace(full, inspector="inspector-2")).accepted


@pytest.mark.parametrize("status", Status)
def test_a_request_takes_an_inspectors_time_from_booking_to_visit_only(status: Status) -> None:
    assert (booking_of(journey(status).request) is not None) == (status is Status.INSPECTION_SCHEDULED)


def test_a_booking_follows_the_visit_and_ends_with_the_request() -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    assert booking_of(walked.request) == Booking("inspector", MONDAY, "morning", walked.id)
    walked.do(clerk(), ScheduleInspection(walked.id, "inspector-2", MONDAY, "noon"))
    assert booking_of(walked.request) == Booking("inspector-2", MONDAY, "noon", walked.id)
    walked.do(clerk(), Withdraw(walked.id, "بطلب صاحب العلاقة"))
    assert walked.request.visit is not None
    assert booking_of(walked.request) is None


def test_only_the_inspector_who_was_booked_records_the_visit() -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    refused = walked.centre.give(inspector("inspector-2"), walked.visit_record())
    assert refusal_keys(refused) == {"inspection.another_inspectors"}


def _records(complete: RecordInspection) -> dict[str, RecordInspection]:
    first, *rest = complete.findings
    unmet = Finding(first.item, met=False, rectify="فتح المخارج")
    return {
        "visit.item_unanswered": replace(complete, findings=tuple(rest)),
        "visit.item_unknown": replace(complete, findings=(*complete.findings, Finding("moon", met=True))),
        "visit.item_twice": replace(complete, findings=(*complete.findings, first)),
        "visit.rectify_missing": replace(complete, compliant=False, findings=(replace(unmet, rectify=" "), *rest)),
        "visit.compliant_with_unmet_item": replace(complete, findings=(unmet, *rest)),
        "visit.non_compliant_without_finding": replace(complete, compliant=False),
        "visit.unit_unmeasured": replace(complete, measured=complete.measured[1:]),
        "visit.unit_unknown": replace(complete, measured=(*complete.measured, MeasuredUnit("c9", Area(1)))),
        "visit.unit_twice": replace(complete, measured=(*complete.measured, complete.measured[0])),
        "visit.measure_not_positive": replace(
            complete, measured=(*complete.measured, MeasuredUnit("remainder", Area(0)))
        ),
    }


@pytest.mark.parametrize("why", _records(journey(Status.INSPECTION_SCHEDULED).visit_record()))
def test_a_record_of_a_visit_is_whole_and_does_not_contradict_itself(why: str) -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    assert refusal_keys(walked.centre.give(inspector(), _records(walked.visit_record())[why])) == {why}


def test_the_visit_asks_the_items_of_every_vocation_of_the_children() -> None:
    record = journey(Status.INSPECTION_SCHEDULED).visit_record()
    assert [f.item for f in record.findings] == ["exits", "walls", "paint", "hood", "fridge"]


def test_a_non_blocking_item_that_is_unmet_lets_the_visit_pass() -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    complete = walked.visit_record()
    findings = tuple(
        replace(f, met=False, rectify="دهان الجدران") if f.item == "paint" else f for f in complete.findings
    )
    walked.do(inspector(), replace(complete, findings=findings))
    assert walked.status is Status.AWAITING_CIVIL_DEFENCE


def test_a_measure_far_from_the_plan_is_warned_of() -> None:
    walked = journey(Status.INSPECTION_SCHEDULED)
    complete = walked.visit_record()
    near, far = (
        replace(complete, measured=(MeasuredUnit("c1", Area(area)), complete.measured[1])) for area in (6_120, 6_121)
    )
    case, context = walked.case, walked.centre.context(inspector(), walked.centre.base_of(complete))
    from desktop_app.domain.decide import decide

    assert not decide(case, near, context).warnings
    assert [w.key for w in decide(case, far, context).warnings] == ["visit.measure_differs"]
