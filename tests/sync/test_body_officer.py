"""An outside body's officer at a workstation of their own, with the shipped store and engine against a real centre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from desktop_app.application.ports.queue import QueueFilter, QueueView
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.remind_body import RemindBody
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.storage.papers import StorePapers
from desktop_app.sync.comparing import Comparing
from tests.domain.builders import PARENT, make_content
from tests.postgres_fixture import SampleCentre, centre, postgres_server
from tests.sync.test_over_postgres import _decide_all, workstation
from tests.sync.workstations import Workstation

__all__ = ["centre", "postgres_server", "workstation"]

HELD = ("request", "licence", "event", "notice", "paper", "paper_bytes", "dues", "booking")


def held(station: Workstation) -> dict[str, int]:
    with station.store.reading() as reads:
        return {one: reads.driver.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in HELD}


def exchange(centre: SampleCentre, *stations: Workstation) -> None:
    for station in stations:
        station.round()
    _decide_all(centre)
    for station in stations:
        station.round()


def test_an_officer_gets_what_awaits_them_with_its_letter_answers_and_holds_nothing_of_it_afterwards(
    workstation: Callable[..., Workstation], centre: SampleCentre
) -> None:
    counter, body = workstation("K1", "clerk"), workstation("L1", "officer_health")
    request_id = counter.desk.new_request_id()
    exchange(centre, counter, body)
    nothing = held(body)
    assert set(nothing.values()) == {0}
    assert counter.desk.give(Lodge(request_id, counter.desk.next_reference(), make_content())).accepted
    exchange(centre, counter)
    assert counter.desk.give(Accept(request_id)).accepted
    exchange(centre, counter, body)
    assert held(body) == nothing, "nobody has written to them yet"

    today = counter.queries.get_request(request_id).request.intake.accepted_at
    assert today is not None
    assert counter.desk.give(RequestApproval(request_id, "health", "ص/55/2026", today.date())).accepted
    exchange(centre, counter, body)
    assert held(body) == {**nothing, "request": 1, "paper": 1, "paper_bytes": 1}
    view = body.queries.get_request(request_id)
    (paper,) = view.papers
    assert (paper.kind, paper.number, paper.part) == ("letter", "ص/55/2026", "health")
    assert StorePapers(body.store).find_drawn(paper.id) is not None
    assert (view.parent, view.history, view.notices) == (None, (), ())

    centre.clock.moment += timedelta(days=9)
    late = centre.clock.now().date()
    assert counter.desk.give(RemindBody(request_id, "health", "ص/77/2026", late)).accepted
    exchange(centre, counter, body)
    (row,) = body.queries.queue_page(QueueFilter(QueueView.LETTERS, centre.clock.now()), None, 10).rows
    assert [one.number for one in row.letters[0].reminders] == ["ص/77/2026"]
    assert held(body)["paper"] == 2

    answer = RecordApproval(request_id, "health", False, "و/12/2026", late, "مساحة غير كافية")
    assert body.desk.give(answer).accepted
    exchange(centre, body, counter)
    assert held(body) == nothing
    seen = counter.queries.get_request(request_id)
    assert status_of(seen.request) is Status.REFUSED_BY_BODY
    parent = counter.queries.find_licence(PARENT)
    assert parent is not None
    assert parent.reservations == ()
    assert [one.by for one in seen.history if one.action == "record_approval"] == ["officer_health"]


def test_both_sides_find_that_an_officer_holds_what_the_centre_says(
    workstation: Callable[..., Workstation], centre: SampleCentre
) -> None:
    counter, body = workstation("K1", "clerk"), workstation("L1", "officer_health")
    request_id = counter.desk.new_request_id()
    exchange(centre, counter)
    assert counter.desk.give(Lodge(request_id, counter.desk.next_reference(), make_content())).accepted
    exchange(centre, counter)
    assert counter.desk.give(Accept(request_id)).accepted
    exchange(centre, counter)
    today = counter.queries.get_request(request_id).request.intake.accepted_at
    assert today is not None
    assert counter.desk.give(RequestApproval(request_id, "health", "ص/55/2026", today.date())).accepted
    exchange(centre, counter, body)
    link = centre.connect("officer_health", "L1")
    comparing = Comparing(body.store, body.engine.pull, lambda writing: None, centre.clock.now)
    compared = comparing.compare(link, link.scope())
    assert compared.branches > 1
    assert compared.differences == ()
