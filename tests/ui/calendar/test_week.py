"""The week as plain values: columns, what takes room, what is past, rows by inspector and by district."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.application.ports.queries import VisitRow
from desktop_app.domain.actor import Actor
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.deciding import Booking
from desktop_app.domain.request import Status
from desktop_app.ui.calendar.rows import Box, Grouping, Row, Spot, conflict_of, rows_of
from desktop_app.ui.calendar.week import Slot, Week, days_of, first_day_of, make_week
from tests.domain.builders import clerk, inspector, make_reference

SUNDAY = date(2026, 3, 1)
MORNING = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
TWO = (replace(inspector("a"), name_ar="أحمد"), replace(inspector("b"), name_ar="باسم"))


def visit(
    request_id: str,
    inspector_id: str = "a",
    day: date | None = SUNDAY,
    window: str = "morning",
    branch: int = 8,
    status: Status = Status.INSPECTION_SCHEDULED,
) -> VisitRow:
    return VisitRow(
        request_id, f"R-{request_id}", "مقدم", f"محل {request_id}", "شارع", branch, 1, inspector_id, day, window, status
    )


def week(
    *booked: VisitRow,
    tray: tuple[VisitRow, ...] = (),
    staff: tuple[Actor, ...] = TWO,
    elsewhere: tuple[Booking, ...] = (),
    as_of: datetime = MORNING,
    district: int | None = None,
    chosen: VisitRow | None = None,
    first: date = SUNDAY,
) -> Week:
    return make_week(first, make_reference(), (clerk(), *staff), booked, tray, elsewhere, as_of, district, chosen)


def box_of(rows: tuple[Row, ...], key: str, day: date = SUNDAY, window: str = "morning") -> Box:
    return next(
        box
        for row in rows
        if row.key == key
        for known, line in row.lines
        if known.code == window
        for box in line
        if box.place.day == day
    )


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_week_begins_on_the_sunday_on_or_before(day: date) -> None:
    first = first_day_of(day)
    assert first.weekday() == 6
    assert timedelta() <= day - first < timedelta(days=7)


def test_five_columns_and_a_holiday_by_its_name() -> None:
    days = days_of(date(2026, 3, 15), make_reference().calendar)
    assert [one.day.weekday() for one in days] == [6, 0, 1, 2, 3]
    assert [(one.works, one.holiday) for one in days][-1] == (False, "عيد الفطر")
    assert all(one.works for one in days[:-1])


def test_only_slots_of_working_days_are_asked_about() -> None:
    slots = week(first=date(2026, 3, 15)).slots
    assert len(slots) == 2 * 4 * 2
    assert date(2026, 3, 19) not in {slot.day for slot in slots}


def test_a_visit_that_was_held_takes_no_room_any_more() -> None:
    held = visit("r2", status=Status.FEES_TO_ASSESS)
    shown = week(held, visit("r1"), elsewhere=(Booking("a", SUNDAY, "morning", "r9"),))
    box = box_of(rows_of(shown, Grouping.INSPECTOR), "a")
    assert (box.taken, box.room, box.standing) == (2, 0, 1)
    assert [one.request_id for one in box.visits] == ["r1", "r2"]
    assert len(box.lines) == len(box.details) == 3
    assert box.lines[0] == "محل r1"
    assert box.lines[2] != "محل r2", "it is said that it was held"


@pytest.mark.parametrize(
    ("hour", "past"), [(7, (False, False)), (11, (True, False)), (14, (True, False)), (15, (True, True))]
)
def test_what_is_past(hour: int, past: tuple[bool, bool]) -> None:
    shown = week(as_of=datetime(2026, 3, 1, hour, tzinfo=AMMAN))
    rows = rows_of(shown, Grouping.INSPECTOR)
    assert (box_of(rows, "a").past, box_of(rows, "a", window="noon").past) == past
    assert not box_of(rows, "a", SUNDAY + timedelta(days=1)).past


def test_a_row_for_each_active_inspector_of_the_district() -> None:
    staff = (*TWO, replace(inspector("c"), branches=frozenset({9})), replace(inspector("d"), active=False))
    assert [row.key for row in rows_of(week(staff=staff), Grouping.INSPECTOR)] == ["a", "b", "c"]
    assert [row.key for row in rows_of(week(staff=staff, district=9), Grouping.INSPECTOR)] == ["c"]


def test_a_row_for_each_district_with_visits_or_with_some_to_book() -> None:
    staff = (*TWO, replace(inspector("c"), branches=frozenset({8, 9})))
    shown = week(visit("r1"), visit("r2", "c", branch=9), tray=(visit("r3", "", None, "", 8),), staff=staff)
    rows = rows_of(shown, Grouping.DISTRICT)
    assert [row.key for row in rows] == ["district-8", "district-9"]
    mine, other = box_of(rows, "district-8"), box_of(rows, "district-9")
    assert [one.request_id for one in mine.visits] == ["r1"]
    assert (mine.capacity, mine.taken, mine.room) == (6, 2, 4), "c serves both: its visit in 9 takes its time in 8"
    assert [one.request_id for one in other.visits] == ["r2"]
    assert (other.capacity, other.room) == (2, 1)
    assert {slot.inspector for slot in mine.slots} == {"a", "b", "c"}


def test_a_district_is_closed_to_a_visit_of_another_and_when_nobody_is_free() -> None:
    chosen = visit("r3", "", None, "", 8)
    shown = week(visit("r1"), visit("r2", branch=9), tray=(chosen,), chosen=chosen)
    rows = rows_of(shown, Grouping.DISTRICT)
    mine = box_of(rows, "district-8")
    full = dict.fromkeys(mine.slots, "ممتلئ")
    assert conflict_of(mine, {}, shown) == ""
    assert conflict_of(mine, {mine.slots[0]: "ممتلئ"}, shown) == ""
    assert conflict_of(mine, full, shown) == "ممتلئ"
    assert conflict_of(box_of(rows, "district-9"), {}, shown)
    nobody = Box(Spot(8, SUNDAY, "noon"), (), (), (), (), 0, 0, 0, 0, True, False)
    assert conflict_of(nobody, {}, shown)


def test_who_has_the_least_to_do_that_day_comes() -> None:
    shown = week(visit("r1", "a", window="noon"), visit("r2", "b", day=SUNDAY + timedelta(days=1)))
    slots = [Slot("a", SUNDAY, "morning"), Slot("b", SUNDAY, "morning")]
    assert shown.least_busy(slots).inspector == "b"
    assert week().least_busy(slots).inspector == "a"


def test_a_visit_that_is_booked_anew_lies_on_top_of_the_tray() -> None:
    booked, waiting = visit("r1"), visit("r2", "", None, "")
    assert [one.request_id for one in week(booked, tray=(waiting,), chosen=booked).tray] == ["r1", "r2"]
    assert [one.request_id for one in week(booked, tray=(waiting,), chosen=waiting).tray] == ["r2"]
