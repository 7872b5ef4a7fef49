"""A command's way through the real centre: in by `submit`, decided by the registrar, out by `pull`."""

from __future__ import annotations

from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.licence import Licence
from desktop_app.domain.request import Request
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import FactKind, FactRow, StoredOutcome
from tests.domain.builders import make_child, make_content, make_plan
from tests.postgres_fixture import Hand, SampleCentre


def feed(hand: Hand, branch: int = 8, after: int = 0) -> list[FactRow]:
    page = hand.link.pull(branch, after, 1000)
    assert not page.more
    return list(page.rows)


def outcomes(hand: Hand, branch: int = 8) -> dict[str, StoredOutcome]:
    rows = [row for row in feed(hand, branch) if row.kind is FactKind.OUTCOME]
    return {row.id: decode(row.body or b"", StoredOutcome) for row in rows}


def test_a_lodged_request_comes_back_as_a_fact_with_its_outcome(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk", "K1")
    sent = clerk.send(Lodge("r1", "K1-000001", make_content()))
    assert centre.registrar.drain() == 1
    rows = feed(clerk)
    (request,) = [decode(row.body or b"", Request) for row in rows if row.kind is FactKind.REQUEST]
    assert request.id == "r1"
    assert request.intake.lodged_by == "clerk"
    assert outcomes(clerk)[sent].accepted
    assert rows[-1].kind is FactKind.OUTCOME
    assert rows[-1].id == sent


def test_acceptance_gives_the_number_and_queues_the_notice(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk", "K1")
    clerk.send(Lodge("r1", "K1-000001", make_content()))
    clerk.send(Accept("r1"), base=1)
    centre.registrar.drain()
    (request,) = [decode(row.body or b"", Request) for row in feed(clerk) if row.kind is FactKind.REQUEST]
    assert request.number == "R-2026-08-000001"
    words = [text for (text,) in centre.query("select words from tajzia.outbox order by notice_id")]
    assert any("R-2026-08-000001" in text and "قُبل" in text for text in words)


def test_a_refusal_by_the_rules_is_an_outcome_and_changes_nothing_else(centre: SampleCentre) -> None:
    clerk = centre.hand("clerk", "K1")
    sent = clerk.send(Accept("nowhere"))
    centre.registrar.drain()
    outcome = outcomes(clerk)[sent]
    assert not outcome.accepted
    assert [one.key for one in outcome.refusals] == ["action.not_in_status"]
    assert [row.kind for row in feed(clerk)] == [FactKind.LICENCE, FactKind.OUTCOME]


def test_two_counters_offline_never_give_away_the_same_area(centre: SampleCentre) -> None:
    """Both lodged and accepted on what they knew; the centre hears one first, and tells the other who holds it."""
    here, there = centre.hand("clerk", "K1"), centre.hand("clerk2", "K2")
    mine = make_content(make_plan(make_child(area=12_000, vocations=("pharmacy",))))
    yours = make_content(make_plan(make_child(area=12_000, vocations=("stationery",))))
    sent = [
        here.signed(here.envelope(Lodge("r1", "K1-000001", mine), 0)),
        here.signed(here.envelope(Accept("r1"), 1)),
    ]
    late = [there.envelope(Lodge("r2", "K2-000001", yours), 0), there.envelope(Accept("r2"), 1)]
    there.link.submit([there.signed(late[0])])
    here.link.submit(sent)
    there.link.submit([there.signed(late[1])])
    assert centre.registrar.drain() == 4
    told = outcomes(there)
    refused = told[late[1].command_id]
    assert sum(not outcome.accepted for outcome in told.values()) == 1
    assert [why.key for why in refused.refusals] == ["split.area_reserved"]
    assert refused.refusals[0].args.get("request") == "R-2026-08-000001"
    (parent,) = [decode(row.body or b"", Licence) for row in feed(there) if row.kind is FactKind.LICENCE]
    assert [held.request_id for held in parent.reservations] == ["r1"]
