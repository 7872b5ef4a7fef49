"""Inspectors serve several branches: what one branch books, the workstations of the others count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.booking import booking_of
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.deciding import Booking
from desktop_app.domain.request import Status
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.domain import builders
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey
from tests.sync.fake_centre import FakeCentre
from tests.sync.stations import Station, said, visible
from tests.workplaces import STAFF, content_for, parent_licence

MONDAY = date(2026, 3, 2)
HERE, THERE = ("r1", "r2"), ("r3", "r4")
"""Requests of branch 8 and of branch 9."""
BOTH = frozenset({8, 9})


@pytest.fixture
def centre() -> FakeCentre:
    """Four requests wait for a visit, two in each branch; staff serve both. A window has room for two visits."""
    made = Centre(*(parent_licence(at) for at in range(4)))
    made.staff = tuple(replace(one, branches=BOTH) for one in made.staff)
    for at, request_id in enumerate((*HERE, *THERE)):
        journey(Status.TO_SCHEDULE, made, content_for(at), request_id)
    for request_id in THERE:
        request = replace(made.requests[request_id], branch=9)
        made.requests[request_id] = request
    return FakeCentre(made, [replace(one, branches=BOTH) for one in STAFF])


@pytest.fixture
def station(tmp_path: Path, centre: FakeCentre) -> Iterator[Callable[[str, int], Station]]:
    """`station("K1", 8)`: a clerk's workstation that holds the requests of branch 8 only."""
    made: list[Station] = []

    def make(device: str, branch: int) -> Station:
        made.append(Station(tmp_path / f"{device}.db", centre, device, "clerk", (branch,)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def visit(request_id: str, window: str = "morning") -> ScheduleInspection:
    return ScheduleInspection(request_id, "inspector", MONDAY, window)


def bookings(station: Station) -> list[tuple[str, str]]:
    """Request and window of each booking of the day; each request once."""
    with station.store.reading() as reads:
        found = reads.bookings_on(MONDAY)
    assert len({one.request_id for one in found}) == len(found)
    return sorted((one.request_id, one.window) for one in found)


def test_a_window_that_was_filled_in_another_branch_is_full_here(station: Callable[[str, int], Station]) -> None:
    here, there = station("K1", 8), station("M1", 9)
    for request_id in THERE:
        there.give(visit(request_id))
    there.drain()
    assert here.desk.rehearse(visit("r1")).accepted, "nothing has come by yet"
    here.round()
    assert here.find_request("r3") is None
    assert bookings(here) == [("r3", "morning"), ("r4", "morning")]
    assert builders.refusal_keys(here.desk.give(visit("r1"))) == {"booking.window_full"}
    assert here.desk.rehearse(visit("r1", "noon")).accepted
    assert [one.request_id for one in here.queries.bookings_elsewhere(MONDAY, MONDAY)] == ["r3", "r4"]
    assert here.queries.visits_between(MONDAY, MONDAY) == ()

    there.give(Withdraw("r4", "بطلب صاحب العلاقة"))
    there.drain()
    here.round()
    assert bookings(here) == [("r3", "morning")]
    here.give(visit("r1"))
    here.drain()
    assert here.store.tally().refused == 0


def test_an_own_booking_counts_once_from_when_it_is_given(station: Callable[[str, int], Station]) -> None:
    here = station("K1", 8)
    here.give(visit("r1"))
    assert bookings(here) == [("r1", "morning")]
    here.drain()
    assert bookings(here) == [("r1", "morning")]
    assert here.queries.bookings_elsewhere(MONDAY, MONDAY) == ()
    assert [one.request_id for one in here.queries.visits_between(MONDAY, MONDAY)] == ["r1"]


def test_an_own_booking_that_is_moved_or_given_back_frees_its_window_at_once(
    station: Callable[[str, int], Station],
) -> None:
    here = station("K1", 8)
    for request_id in HERE:
        here.give(visit(request_id))
    here.drain()
    here.give(visit("r1", "noon"))
    assert bookings(here) == [("r1", "noon"), ("r2", "morning")]
    here.give(Withdraw("r2", "بطلب صاحب العلاقة"))
    assert bookings(here) == [("r1", "noon")]
    here.drain()
    assert bookings(here) == [("r1", "noon")]


def test_two_branches_that_take_the_last_room_at_once_are_told_apart_by_the_centre(
    station: Callable[[str, int], Station],
) -> None:
    here, there = station("K1", 8), station("M1", 9)
    there.give(visit("r3"))
    there.drain()
    here.round()
    there.give(visit("r4"))
    here.give(visit("r1"))
    there.drain()
    assert bookings(here) == [("r1", "morning"), ("r3", "morning")]
    here.drain()
    assert bookings(here) == [("r3", "morning"), ("r4", "morning")]
    assert here.store.tally().refused == 1
    there.round()
    assert bookings(there) == bookings(here)


def test_a_workstation_that_leaves_a_branch_still_knows_what_it_has_booked(
    station: Callable[[str, int], Station], centre: FakeCentre
) -> None:
    one = station("K1", 8)
    one.branches = (8, 9)
    one.round()
    one.give(visit("r3"))
    one.drain()
    assert one.queries.bookings_elsewhere(MONDAY, MONDAY) == ()
    one.branches = (8,)
    one.round()
    assert one.find_request("r3") is None
    assert one.queries.bookings_elsewhere(MONDAY, MONDAY) == (Booking("inspector", MONDAY, "morning", "r3"),)
    assert visible(one.store) == said(centre, (0, 8))


def test_a_booking_is_replaced_and_taken_away_as_the_centre_says(
    station: Callable[[str, int], Station], centre: FakeCentre
) -> None:
    here = station("K1", 8)
    booking = Booking("inspector", MONDAY, "morning", "r9")
    tuesday = replace(booking, day=date(2026, 3, 3))
    for told in (booking, tuesday):
        centre.publish(FactKind.BOOKING, "r9", 0, encode(told))
        here.round()
        assert here.queries.bookings_elsewhere(MONDAY, date(2026, 3, 5)) == (told,)
    assert bookings(here) == []
    assert here.queries.bookings_elsewhere(MONDAY, MONDAY) == ()
    centre.publish(FactKind.BOOKING, "r9", 0, None)
    here.round()
    assert here.queries.bookings_elsewhere(MONDAY, date(2026, 3, 5)) == ()


def test_what_a_workstation_counts_is_what_the_centre_counts(
    station: Callable[[str, int], Station], centre: FakeCentre
) -> None:
    here, there = station("K1", 8), station("M1", 9)
    here.give(visit("r1"))
    there.give(visit("r3", "noon"))
    for one in (here, there, here):
        one.drain()
    counted = sorted(
        (booking.request_id, booking.window)
        for request in centre.centre.requests.values()
        if (booking := booking_of(request)) is not None
    )
    assert len(counted) == 2
    assert bookings(here) == bookings(there) == counted
