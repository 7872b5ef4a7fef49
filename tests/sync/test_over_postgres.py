"""The shipped store, desk, sign-in and engine against a real centre: PostgreSQL, its functions, the registrar."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.sync.centre_link import NotAdmittedError
from desktop_app.sync.status import SyncState, SyncStatus
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain.builders import PARENT, inspector, make_content, make_licence, make_plan
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey
from tests.postgres_fixture import PASSWORD, SampleCentre, centre, postgres_server
from tests.sync.stations import visible
from tests.sync.workstations import Workstation

__all__ = ["centre", "postgres_server"]


def _decide_all(sample: SampleCentre) -> None:
    while sample.registrar.decide_next():
        pass


@pytest.fixture
def workstation(
    tmp_path: Path, centre: SampleCentre, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Workstation]]:
    monkeypatch.setattr("desktop_app.sync.runner.SETTLE_TRIES", 0)  # the registrar decides when the test says so
    made: list[Workstation] = []

    def make(device: str, login: str) -> Workstation:
        made.append(Workstation(tmp_path / f"{device}.db", centre, device, login))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


def test_two_counters_offline_that_give_away_the_same_area_one_wins_and_the_other_is_told_by_which_request(
    workstation: Callable[..., Workstation], centre: SampleCentre
) -> None:
    one, other = workstation("K1", "clerk"), workstation("K2", "clerk2")
    first, second = one.desk.new_request_id(), other.desk.new_request_id()
    for station, request_id in ((one, first), (other, second)):
        station.round()
        lodged = station.desk.give(Lodge(request_id, station.desk.next_reference(), make_content()))
        assert lodged.accepted, lodged.refusals
        station.round()
        _decide_all(centre)
        station.round()
    # From here on neither counter hears of the other.
    assert one.desk.give(Accept(first)).accepted
    assert other.desk.give(Accept(second)).accepted
    for station in (other, one):
        station.round()
    _decide_all(centre)
    for station in (one, other):
        station.round()

    winner = other.queries.get_request(second).request
    assert (status_of(winner), winner.number) == (Status.AWAITING_APPROVALS, "R-2026-08-000001")
    loser = one.queries.get_request(first)
    assert (status_of(loser.request), loser.pending) == (Status.LODGED, 0)
    (refused,) = loser.refusals
    assert refused.action == "accept"
    assert "R-2026-08-000001" in [value for why in refused.reasons for _, value in why.args]
    for station in (one, other):
        parent = station.queries.find_licence(PARENT)
        assert parent is not None
        assert [held.request_id for held in parent.reservations] == [second]
    assert visible(one.store) == visible(other.store)
    assert one.store.tally().refused == 1
    assert other.store.tally().refused == 0


def test_a_clerk_sees_a_window_full_that_was_filled_in_another_branch(
    workstation: Callable[..., Workstation], centre: SampleCentre
) -> None:
    serves_both = replace(inspector(), branches=frozenset({8, 9}))
    facts = [LoadedFact(FactKind.STAFF, serves_both.id, EVERYWHERE, encode(serves_both))]
    for request_id, branch in (("r8", 8), ("r9a", 9), ("r9b", 9)):
        parent = make_licence(f"L-2024-{branch:02d}-{len(facts):06d}")
        walked = journey(Status.TO_SCHEDULE, Centre(parent), make_content(make_plan(parent=parent.number)), request_id)
        request = replace(walked.request, branch=branch)
        parent = replace(walked.centre.licences[parent.number], district=branch)
        facts.append(LoadedFact(FactKind.LICENCE, parent.number, branch, encode(parent)))
        facts.append(LoadedFact(FactKind.REQUEST, request_id, branch, encode(request)))
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, facts)
    monday = date(2026, 3, 2)
    here, there = workstation("K1", "clerk"), workstation("M1", "clerk9")
    for station in (here, there):
        station.round()
    for request_id in ("r9a", "r9b"):
        booked = there.desk.give(ScheduleInspection(request_id, "inspector", monday, "morning"))
        assert booked.accepted, booked.refusals
    wanted = ScheduleInspection("r8", "inspector", monday, "morning")
    assert here.desk.rehearse(wanted).accepted
    there.round()
    _decide_all(centre)
    here.round()
    assert [why.key for why in here.desk.give(wanted).refusals] == ["booking.window_full"]
    elsewhere = here.queries.bookings_elsewhere(monday, monday)
    assert [(one.request_id, one.window) for one in elsewhere] == [("r9a", "morning"), ("r9b", "morning")]

    there.round()
    assert there.desk.give(Withdraw("r9a", "بطلب صاحب العلاقة")).accepted
    there.round()
    _decide_all(centre)
    here.round()
    assert here.desk.give(wanted).accepted
    here.round()
    _decide_all(centre)
    here.round()
    assert here.store.tally().refused == 0
    assert [one.request_id for one in here.queries.visits_between(monday, monday)] == ["r8"]


def test_a_wrong_password_and_a_device_that_was_put_out_are_not_let_in(
    workstation: Callable[..., Workstation],
) -> None:
    one = workstation("K1", "clerk")
    with pytest.raises(NotAdmittedError):
        one.sign_in.sign_in("clerk", "خطأ")
    with pytest.raises(NotAdmittedError):
        one.sign_in.sign_in("nobody", PASSWORD)


def test_what_is_given_at_one_counter_comes_to_the_other_by_itself(
    workstation: Callable[..., Workstation], centre: SampleCentre
) -> None:
    one, other = workstation("K1", "clerk"), workstation("K2", "clerk2")
    told = threading.Condition()
    arrived: list[str] = []

    def look(status: SyncStatus) -> None:
        if status.state is SyncState.SYNCED:
            with told:
                arrived[:] = [row.id for row in other.queries.open_requests_on(PARENT)]
                told.notify_all()

    one.round()
    other.sync.listen(look)
    one.sync.start()
    other.sync.start()
    try:
        request_id = one.desk.new_request_id()
        assert one.desk.give(Lodge(request_id, one.desk.next_reference(), make_content())).accepted
        one.sync.given()
        with told:
            for _ in range(400):
                if told.wait_for(lambda: request_id in arrived, timeout=0.05):
                    break
                _decide_all(centre)
            assert arrived == [request_id]
    finally:
        one.sync.stop()
        other.sync.stop()
