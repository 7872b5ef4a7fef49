"""What a round does, and what it leaves whole when it breaks off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop_app.application.ports.queue import QueueFilter, QueueView
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.sync.centre_link import CentreUnreachableError, TamperingError
from desktop_app.wire.codec import encode
from desktop_app.wire.envelope import Signed, command_of, open_payload, seal
from desktop_app.wire.facts import FactKind
from tests.domain.builders import NOW
from tests.sync.fake_centre import FakeCentre
from tests.sync.stations import Station, said, visible
from tests.workplaces import content_for, sample_centre

Stations = Callable[..., Station]


def _lodge(station: Station, at: int, request_id: str = "") -> str:
    request_id = request_id or station.desk.new_request_id()
    station.give(Lodge(request_id, station.desk.next_reference(), content_for(at)))
    return request_id


def test_what_is_given_here_is_seen_there_after_both_have_made_a_round(station: Stations) -> None:
    one, other = station("K1"), station("K2")
    request_id = _lodge(one, 0)
    one.give(Accept(request_id))
    assert other.find_request(request_id) is None
    one.drain()
    other.round()
    seen = other.find_request(request_id)
    assert seen is not None
    assert seen.number == "R-2026-08-000001"
    assert visible(one.store) == visible(other.store) == said(one.centre)


def test_two_counters_offline_that_give_away_the_same_area_one_wins_and_the_other_is_told_by_which_request(
    station: Stations,
) -> None:
    one, other = station("K1"), station("K2")
    first, second = _lodge(one, 0), _lodge(other, 0)
    one.drain()
    other.drain()
    one.round()
    # From here on both are offline.
    one.give(Accept(first))
    other.give(Accept(second))
    one.drain()
    other.drain()
    winner = one.find_request(first)
    assert winner is not None
    (refused,) = other.queries.refused_commands()
    assert (refused.request_id, refused.action, refused.author) == (second, "accept", "clerk")
    assert winner.number in [value for reason in refused.reasons for _, value in reason.args]
    loser = other.find_request(second)
    assert loser is not None
    assert status_of(loser) is Status.LODGED
    parent = other.queries.find_licence(content_for(0).plan.parent_number)
    assert parent is not None
    assert [held.request_id for held in parent.reservations] == [first]
    assert visible(other.store) == said(other.centre)


def test_a_refused_command_is_kept_whole_and_shown_until_it_is_dismissed(station: Stations) -> None:
    one, other = station("K1"), station("K2")
    request_id = _lodge(one, 0)
    one.drain()
    other.round()
    one.give(Withdraw(request_id, "بطلب صاحب العلاقة"))
    command = Withdraw(request_id, "تكرر الطلب")
    other.give(command)
    with other.store.reading() as reads:
        (pending,) = reads.commands(("waiting",))
    one.drain()
    other.drain()
    view = other.queries.get_request(request_id)
    (refused,) = view.refusals
    assert refused.body == encode(command)
    assert [why.key for why in refused.reasons] == ["action.not_in_status", "track.moved_on"] or refused.reasons
    page = other.queries.queue_page(QueueFilter(QueueView.ENDED, NOW), None, 5)
    assert [(row.id, row.refused, row.pending) for row in page.rows] == [(request_id, True, 0)]
    other.desk.dismiss(refused.command_id, "الطلب مسحوب أصلًا")
    assert other.queries.refused_commands() == ()
    assert not other.queries.queue_page(QueueFilter(QueueView.ENDED, NOW), None, 5).rows[0].refused
    with other.store.reading() as reads:
        (kept,) = reads.commands(("refused",))
        row = reads.driver.execute("SELECT dismissed_by, reason FROM refusal").fetchone()
    assert kept.signed == pending.signed
    assert tuple(row) == ("clerk", "الطلب مسحوب أصلًا")
    with pytest.raises(KeyError):
        other.desk.dismiss(refused.command_id, "")


def test_commands_on_different_tracks_both_succeed_whoever_was_offline(station: Stations) -> None:
    from desktop_app.domain.commands.settle_dues import SettleDues
    from desktop_app.domain.people import Capacity
    from tests.domain.builders import make_dues

    one, other = station("K1"), station("K2")
    content = content_for(0)
    content = replace(content, applicant=replace(content.applicant, capacity=Capacity.OWNER))
    account = replace(make_dues(10_000), id=content.applicant.person.identity.key)
    one.centre.centre.dues[account.id] = account
    one.centre.publish(FactKind.DUES, account.id, 0, encode(account))
    one.round()
    request_id = one.desk.new_request_id()
    one.give(Lodge(request_id, "K1-1", content))
    one.drain()
    other.round()
    other.give(SettleDues(request_id, "EP-1"))
    one.give(Withdraw(request_id, "عدول"))
    other.drain()
    one.drain()
    other.round()
    both = other.find_request(request_id)
    assert both is not None
    assert both.dues.payment_reference == "EP-1"
    assert status_of(both) is Status.WITHDRAWN
    assert one.queries.refused_commands() == other.queries.refused_commands() == ()


def test_what_is_pending_stays_on_top_of_what_others_do(station: Stations) -> None:
    one, other = station("K1"), station("K2")
    mine = _lodge(one, 0)
    theirs = _lodge(other, 1)
    other.drain()
    one.cut.after = None
    one.engine.pull(one.link(), 8, one.centre.epoch)
    assert one.find_request(theirs) is not None
    view = one.queries.get_request(mine)
    assert view.pending == 1
    assert [event.action for event in view.history] == ["lodge"]


def test_a_pending_command_that_no_longer_goes_waits_for_the_centres_word(station: Stations) -> None:
    one, other = station("K1"), station("K2")
    request_id = _lodge(one, 0)
    one.drain()
    other.round()
    other.give(Withdraw(request_id, "عدول"))
    other.drain()
    one.give(Accept(request_id))
    one.engine.pull(one.link(), 8, one.centre.epoch)
    view = one.queries.get_request(request_id)
    assert (status_of(view.request), view.pending, view.refusals) == (Status.WITHDRAWN, 1, ())
    one.drain()
    view = one.queries.get_request(request_id)
    assert (view.pending, [one.action for one in view.refusals]) == (0, ["accept"])


@pytest.mark.parametrize("calls", range(14))
def test_a_round_that_breaks_off_anywhere_loses_nothing_and_the_next_one_finishes(
    station: Stations, centre: FakeCentre, calls: int
) -> None:
    one, other = station("K1"), station("K2")
    _lodge(other, 1)
    other.drain()
    one.page = 1
    request_id = _lodge(one, 0)
    one.give(Accept(request_id))
    one.cut.after = calls
    try:
        one.round()
        centre.decide_all()
        one.round()
    except CentreUnreachableError:
        view = one.queries.get_request(request_id)
        assert status_of(view.request) is Status.AWAITING_APPROVALS
    one.cut.after = None
    one.drain()
    assert visible(one.store) == said(centre)
    assert len(centre.inbox) == 3
    assert one.store.tally().confirmed == 2


def test_an_answer_that_is_lost_on_the_way_back_makes_no_second_command(station: Stations, centre: FakeCentre) -> None:
    one = station("K1")
    _lodge(one, 0)
    one.cut.after = 3  # scope, tell_clock, submit; the fourth call is the answer
    with pytest.raises(CentreUnreachableError):
        one.round()
    assert one.cut.calls[-1] == "submitted"
    assert one.store.tally().waiting == 1
    assert len(centre.inbox) == 1
    one.cut.after = None
    one.drain()
    assert len(centre.centre.events) == 1


def test_what_left_the_scope_is_taken_away_and_comes_back_with_it(station: Stations, centre: FakeCentre) -> None:
    one = station("K1")
    request_id = _lodge(one, 0)
    one.drain()
    one.branches = (9,)
    one.round()
    assert one.find_request(request_id) is None
    assert visible(one.store) == said(centre, (0, 9))
    assert one.store.cursors().keys() == {0, 9}
    one.branches = (8, 9)
    one.round()
    assert visible(one.store) == said(centre)


def test_what_is_pending_in_a_branch_that_left_the_scope_is_still_delivered(
    station: Stations, centre: FakeCentre
) -> None:
    one = station("K1")
    request_id = _lodge(one, 0)
    one.branches = (9,)
    one.round()
    centre.decide_all()
    assert request_id in centre.centre.requests


def test_a_deleted_fact_goes_away(station: Stations, centre: FakeCentre) -> None:
    one = station("K1")
    number = content_for(5).plan.parent_number
    assert one.queries.find_licence(number) is not None
    centre.publish(FactKind.LICENCE, number, 8, None)
    one.round()
    assert one.queries.find_licence(number) is None
    assert one.queries.licence_page("", None, None, 50).rows[-1].number != number


def test_after_a_restore_of_the_centre_what_it_lost_is_sent_again(station: Stations, centre: FakeCentre) -> None:
    one = station("K1")
    kept = _lodge(one, 0)
    one.drain()
    backup = centre.backup()
    lost = _lodge(one, 1)
    one.drain()
    pending = _lodge(one, 2)
    centre.restore(backup)
    assert lost not in centre.centre.requests
    one.drain()
    assert set(centre.centre.requests) == {kept, lost, pending}
    assert visible(one.store) == said(centre)
    assert len(centre.centre.events) == 3
    assert one.store.epoch() == "epoch-1+"


def test_facts_that_a_restored_centre_does_not_have_are_gone(station: Stations, centre: FakeCentre) -> None:
    one, other = station("K1"), station("K2")
    backup = centre.backup()
    foreign = _lodge(other, 0)
    other.drain()
    one.round()
    assert one.find_request(foreign) is not None
    centre.restore(backup)
    one.round()
    assert one.find_request(foreign) is None


def test_papers_are_fetched_and_their_bytes_checked(station: Stations, centre: FakeCentre) -> None:
    whole = sample_centre(each=1, statuses=(Status.ISSUED,))
    centre.__dict__ = whole.__dict__
    one = station("K1")
    number = next(number for kind, number in centre.centre.papers if kind == "certificate")
    assert one.papers.find(number) == f"%PDF certificate {number}".encode()
    assert one.store.missing_papers(10) == []


def test_a_paper_whose_bytes_are_damaged_is_not_kept_and_is_asked_for_again(
    station: Stations, centre: FakeCentre
) -> None:
    whole = sample_centre(each=1, statuses=(Status.ISSUED,))
    centre.__dict__ = whole.__dict__
    digest, good = next(iter(centre.papers.items()))
    centre.papers[digest] = good + b" "
    one = station("K1")
    assert list(one.store.missing_papers(10)) == [digest]
    assert one.round().damaged == (digest,)
    centre.papers[digest] = good
    assert one.round().papers == 1
    assert one.store.missing_papers(10) == []


def test_another_payload_under_a_known_id_is_told_and_the_rest_still_comes(
    station: Stations, centre: FakeCentre
) -> None:
    one, other = station("K1"), station("K2")
    theirs = _lodge(other, 1)
    other.drain()
    _lodge(one, 0)
    with one.store.reading() as reads:
        (pending,) = reads.commands(("waiting",))
    envelope = open_payload(pending.signed.payload)
    centre.inbox[pending.command_id] = Signed(payload=seal(envelope) + b" ", signature=b"")
    with pytest.raises(TamperingError):
        one.round()
    assert one.find_request(theirs) is not None
    assert one.store.tally().waiting == 1


def test_a_colleagues_session_delivers_what_another_left_pending(station: Stations, centre: FakeCentre) -> None:
    one = station("K1", "clerk")
    request_id = _lodge(one, 0)
    one.change_user("assessor")
    one.give(Accept(request_id))
    one.drain()
    authors = [open_payload(signed.payload).author for signed in centre.inbox.values()]
    assert authors == ["clerk", "assessor"]
    assert status_of(centre.centre.requests[request_id]) is Status.AWAITING_APPROVALS


def test_commands_arrive_in_the_order_they_were_given_whatever_the_batch(
    station: Stations, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.sync.engine.BATCH", 2)
    one = station("K1")
    given = [_lodge(one, at) for at in range(5)]
    one.drain()
    assert [command_of(open_payload(signed.payload)).request_id for signed in centre.inbox.values()] == given
    assert [open_payload(signed.payload).sequence for signed in centre.inbox.values()] == [1, 2, 3, 4, 5]


def test_old_confirmed_commands_are_forgotten_and_refused_ones_never(station: Stations) -> None:
    from datetime import timedelta

    one, other = station("K1"), station("K2")
    first, second = _lodge(one, 0), _lodge(other, 0)
    one.drain()
    other.drain()
    one.give(Accept(first))
    other.give(Accept(second))
    one.drain()
    other.drain()
    assert other.store.tally().confirmed == 1
    other.centre.centre.now += timedelta(days=31)
    other.round()
    assert (other.store.tally().confirmed, other.store.tally().refused) == (0, 1)


@pytest.mark.parametrize("calls", range(12))
def test_in_the_middle_of_a_long_pull_what_is_pending_still_lies_on_top(
    station: Stations, centre: FakeCentre, calls: int
) -> None:
    one = station("K1")
    request_id = _lodge(one, 0)
    one.drain()
    one.give(Withdraw(request_id, "عدول"))
    renamed = replace(centre.centre.requests[request_id], requirements=content_for(1).requirements, reference="K1-X")
    centre.publish(FactKind.REQUEST, request_id, 8, encode(renamed))
    for at in range(1, 6):
        number = content_for(at).plan.parent_number
        centre.publish(FactKind.LICENCE, number, 8, encode(centre.centre.licences[number]))
    one.page, one.cut.after = 1, calls
    try:
        one.round()
    except CentreUnreachableError:
        pass
    else:
        assert calls >= 10
        found = one.find_request(request_id)
        assert found is not None
        assert found.reference == "K1-X"
    assert status_of(one.queries.get_request(request_id).request) is Status.WITHDRAWN
