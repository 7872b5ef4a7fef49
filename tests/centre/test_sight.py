"""Who sees which rows: the policies of the database say what `permissions.may_see` says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.deciding import Booking
from desktop_app.domain.permissions import may_see
from desktop_app.domain.request import Request, Status
from desktop_app.sync.centre_link import NotAdmittedError
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain.builders import make_content, make_plan
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey
from tests.postgres_fixture import SampleCentre, sample_staff


def every_status() -> Iterator[Request]:
    """A request in each status in branch 8, its twin in branch 9, and one whose bodies have both been asked."""
    for status in Status:
        request = replace(journey(status).request, id=f"r-{status.value}")
        yield request
        yield replace(request, id=f"{request.id}-9", branch=9)
    asked = journey(Status.AWAITING_APPROVALS)
    asked.write_letters()
    yield replace(asked.request, id="r-asked")
    yield replace(asked.request, id="r-asked-9", branch=9)


def put(centre: SampleCentre, *requests: Request) -> None:
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, [LoadedFact(FactKind.REQUEST, one.id, one.branch, encode(one)) for one in requests])


def seen(centre: SampleCentre, login: str, kind: FactKind = FactKind.REQUEST) -> set[str]:
    link = centre.connect(login, "K1")
    pages = [link.pull(branch, 0, 1000) for branch in link.scope().branches]
    return {row.id for page in pages for row in page.rows if row.kind is kind and row.body is not None}


@pytest.mark.parametrize("actor", sample_staff(), ids=lambda actor: str(actor.id))
def test_the_feed_shows_exactly_what_the_rules_allow(centre: SampleCentre, actor) -> None:  # type: ignore[no-untyped-def]
    requests = list(every_status())
    put(centre, *requests)
    assert seen(centre, actor.id) == {one.id for one in requests if may_see(actor, one)}


def test_each_branch_is_seen_by_somebody(centre: SampleCentre) -> None:
    """Or the test above would pass on an empty feed."""
    put(centre, *every_status())
    assert len(seen(centre, "auditor")) == 2 * (len(Status) + 1)
    assert seen(centre, "officer_health") == {"r-asked"}
    assert seen(centre, "officer_env") == set()
    assert seen(centre, "administrator") == set()


@pytest.mark.parametrize("login", ["officer_health", "administrator"])
def test_dues_and_licences_are_for_case_work(centre: SampleCentre, login: str) -> None:
    assert seen(centre, "clerk", FactKind.DUES) == {"national_number:9871012345"}
    assert seen(centre, "clerk", FactKind.LICENCE) == {"L-2024-08-000001"}
    assert seen(centre, login, FactKind.DUES) == set()
    assert seen(centre, login, FactKind.LICENCE) == set()
    assert seen(centre, login, FactKind.REFERENCE) == {"current"}
    assert {"clerk", "officer_health"} <= seen(centre, login, FactKind.STAFF)


@pytest.mark.parametrize("actor", sample_staff(), ids=lambda actor: str(actor.id))
def test_bookings_of_all_branches_are_seen_by_all_who_work_on_cases(centre: SampleCentre, actor: Actor) -> None:
    booking = Booking("inspector", date(2026, 3, 2), "morning", "r1")
    with centre.admin() as connection, connection.transaction():
        put_facts(connection, [LoadedFact(FactKind.BOOKING, "r1", EVERYWHERE, encode(booking))])
    works_on_cases = actor.role not in (Role.BODY_OFFICER, Role.ADMINISTRATOR)
    assert seen(centre, actor.id, FactKind.BOOKING) == ({"r1"} if works_on_cases else set())


@pytest.mark.parametrize(("login", "branch"), [("clerk", 9), ("clerk9", 8), ("administrator", 8), ("clerk", 77)])
def test_a_branch_out_of_scope_is_not_served(centre: SampleCentre, login: str, branch: int) -> None:
    link = centre.connect(login, "K1")
    assert branch not in link.scope().branches
    with pytest.raises(NotAdmittedError):
        link.pull(branch, 0, 10)


def test_everywhere_is_in_every_scope(centre: SampleCentre) -> None:
    for actor in sample_staff():
        branches = centre.connect(actor.id, "K1").scope().branches
        assert branches[0] == 0
        assert len(set(branches)) == len(branches)


def test_a_cursor_of_those_who_see_less_is_of_another_epoch(centre: SampleCentre) -> None:
    """Else a clerk after an officer at the same device would never get what the officer was not shown."""
    epochs = {actor.id: centre.connect(actor.id, "K1").scope().epoch for actor in sample_staff()}
    everything = {epochs[a.id] for a in sample_staff() if a.role not in (Role.BODY_OFFICER, Role.ADMINISTRATOR)}
    assert len(everything) == 1
    assert len({*everything, epochs["officer_health"], epochs["officer_env"], epochs["administrator"]}) == 4


def test_a_body_that_has_answered_is_told_that_the_request_is_gone(centre: SampleCentre) -> None:
    walked = Journey(Centre(), make_content(make_plan()))
    walked.lodge()
    walked.accept()
    walked.write_letters()
    put(centre, walked.request)
    link = centre.connect("officer_health", "K1")
    first = link.pull(8, 0, 10)
    assert [row.id for row in first.rows] == ["r1"]
    walked.answer_letters()
    put(centre, walked.request)
    (gone,) = link.pull(8, first.reached, 10).rows
    assert (gone.id, gone.body) == ("r1", None)
    assert [row.body for row in centre.connect("clerk", "K1").pull(8, 0, 10).rows if row.id == "r1"] != [None]


def test_a_draft_that_moves_to_another_branch_leaves_the_first(centre: SampleCentre) -> None:
    draft = journey(Status.DRAFT).request
    put(centre, draft)
    ours, theirs = centre.connect("clerk", "K1"), centre.connect("clerk9", "M1")
    reached = ours.pull(8, 0, 10).reached
    put(centre, replace(draft, branch=9))
    (gone,) = ours.pull(8, reached, 10).rows
    assert (gone.id, gone.body) == (draft.id, None)
    assert [row.id for row in theirs.pull(9, 0, 10).rows if row.body] == [draft.id]
    put(centre, draft)
    assert [row.body is not None for row in ours.pull(8, gone.sequence, 10).rows] == [True]
    assert [row.id for row in theirs.pull(9, 0, 10).rows if row.body] == []


def test_a_paper_is_fetched_by_those_who_see_its_case(centre: SampleCentre) -> None:
    from tests.centre.wire_centre import WireCentre

    wire = WireCentre(centre)
    journey(Status.ISSUED, wire)  # type: ignore[arg-type]
    digest = wire.papers[0].id
    for login, sees in {"clerk": True, "auditor": True, "clerk9": False, "officer_health": False}.items():
        assert (centre.connect(login, "K1").fetch_paper(digest) is not None) is sees, login
    assert centre.connect("clerk", "K1").fetch_paper("0" * 64) is None
