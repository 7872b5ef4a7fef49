"""The registrar tells every branch of the inspectors' time that is taken, and when it is free again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.deciding import Booking
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import VisitState
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import EVERYWHERE, FactKind, FactRow
from tests.centre.wire_centre import WireCentre
from tests.domain.builders import clerk
from tests.domain.journey import Journey, journey
from tests.postgres_fixture import SampleCentre

MONDAY = date(2026, 3, 2)


def told_in(centre: SampleCentre, branch: int, login: str = "clerk9", device: str = "M1") -> list[FactRow]:
    """As somebody of another branch hears it."""
    page = centre.connect(login, device).pull(branch, 0, 1000)
    return [row for row in page.rows if row.kind is FactKind.BOOKING]


def booked(centre: SampleCentre) -> Booking:
    (row,) = told_in(centre, EVERYWHERE)
    assert row.id == "r1"
    return decode(row.body or b"", Booking)


@pytest.fixture
def walked(centre: SampleCentre) -> Journey:
    """A request of branch 8 whose visit is booked."""
    return journey(Status.INSPECTION_SCHEDULED, WireCentre(centre))  # type: ignore[arg-type]


def test_a_booked_visit_is_told_in_every_branch_and_without_a_name(centre: SampleCentre, walked: Journey) -> None:
    assert booked(centre) == Booking("inspector", MONDAY, "morning", "r1")
    assert told_in(centre, 9) == []
    (row,) = told_in(centre, EVERYWHERE)
    assert row.body is not None
    assert walked.request.applicant.person.name_ar not in row.body.decode()


def test_nothing_is_told_before_a_visit_is_booked(centre: SampleCentre) -> None:
    journey(Status.TO_SCHEDULE, WireCentre(centre))  # type: ignore[arg-type]
    assert told_in(centre, EVERYWHERE) == []


def test_a_visit_that_is_booked_anew_stands_in_place_of_the_first(centre: SampleCentre, walked: Journey) -> None:
    walked.do(clerk(), ScheduleInspection("r1", "inspector2", MONDAY, "noon"))
    assert booked(centre) == Booking("inspector2", MONDAY, "noon", "r1")


@pytest.mark.parametrize("compliant", [True, False])
def test_a_visit_that_was_held_takes_no_time_any_more(centre: SampleCentre, walked: Journey, compliant: bool) -> None:
    reached = told_in(centre, EVERYWHERE)[0].sequence
    walked.centre.now += timedelta(days=1)
    walked.visit(compliant=compliant)
    (gone,) = told_in(centre, EVERYWHERE)
    assert (gone.id, gone.body) == ("r1", None)
    assert gone.sequence > reached


def test_a_request_that_ends_gives_the_time_back(centre: SampleCentre, walked: Journey) -> None:
    walked.do(clerk(), Withdraw("r1", "بطلب صاحب العلاقة"))
    assert walked.request.visit is not None
    assert walked.request.visit.state is VisitState.SCHEDULED
    assert [row.body for row in told_in(centre, EVERYWHERE)] == [None]


def test_what_does_not_touch_the_visit_says_nothing_of_it(centre: SampleCentre, walked: Journey) -> None:
    walked.visit()
    (gone,) = told_in(centre, EVERYWHERE)
    walked.write_civil_defence()
    walked.answer_civil_defence()
    assert told_in(centre, EVERYWHERE) == [gone]
