"""Two counters at work on the same things while neither hears of the other: commands on different tracks of a request
both stand; of two that give away the same area one does, and the other is told by which request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pytest

from desktop_app.domain.actions import available_actions, row_of
from desktop_app.domain.actor import Actor
from desktop_app.domain.commands import Command, kind_of
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.request import Status
from desktop_app.domain.rights import Action
from desktop_app.domain.status import status_of
from desktop_app.texts import describe
from desktop_app.texts.quantities import code
from tests.domain import builders
from tests.domain.any_command import any_command
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey
from tests.sync.fake_centre import FakeCentre
from tests.sync.stations import Station, said, visible
from tests.workplaces import STAFF, content_for, parent_licence

ENDING = {Action.WITHDRAW, Action.REFUSE, Action.RETURN, Action.VOID_RECEIPT, Action.REFUND}
"""What takes the ground from under the others: the request ends, or goes back. Given last, it stands beside them."""


TOO_LATE = {
    (Action.APPROVE_FEES, Action.REFUSE),
    (Action.RECORD_PAYMENT, Action.WITHDRAW),
    (Action.DELIVER, Action.REFUND),
    (Action.RECORD_PAYMENT, Action.ATTACH_DOCUMENT),
}
"""What the card itself closes: what was approved is not refused, what was paid not withdrawn, what was handed over not
refunded, and nothing is attached to what was paid and issued. No merge, but an answer that came too late."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two commands on different tracks of the same request, each by somebody who may give it."""

    status: Status
    walked: Journey
    first: tuple[str, Command]
    second: tuple[str, Command]

    def __str__(self) -> str:
        return f"{self.status}: {self.first[1]} and {self.second[1]}"


def _lawful(walked: Journey) -> dict[Action, Actor]:
    """Everything that somebody may do now, and who."""
    case = walked.centre.case(walked.id)
    found: dict[Action, Actor] = {}
    for who in STAFF:
        for one in available_actions(case, walked.centre.context(who)):
            if not one.missing:
                found.setdefault(one.action, who)
    return found


def _pairs(centre: Centre) -> list[Pair]:
    """Every pair of actions on different tracks, in both orders where neither ends anything."""
    pairs: list[Pair] = []
    for status in Status:
        probe = journey(status)
        lawful = _lawful(probe)
        orders = [
            order
            for one, two in combinations(lawful, 2)
            if row_of(one).track is not row_of(two).track
            for order in ((one, two), (two, one))
            if order[0] not in ENDING
        ]
        for first, second in orders:
            at = len(pairs)
            walked = journey(status, centre, content_for(at), f"r{at:03d}")
            given = [(lawful[one].id, any_command(one, walked)) for one in (first, second)]
            pairs.append(Pair(status, walked, *given))
    at = len(pairs)
    walked = journey(Status.AWAITING_APPROVALS, centre, content_for(at), f"r{at:03d}")
    letters = [("clerk", RequestApproval(walked.id, one.body, "ص/٥", walked.today)) for one in walked.request.approvals]
    if len(letters) > 1:
        pairs.append(Pair(Status.AWAITING_APPROVALS, walked, letters[0], letters[1]))
    return pairs


def _actions(pair: Pair) -> tuple[Action, Action]:
    return kind_of(pair.first[1]).action, kind_of(pair.second[1]).action


def _inbox(one: Station) -> dict[str, str]:
    return {
        refused.request_id: " ".join(describe(why) for why in refused.reasons)
        for refused in one.queries.refused_commands()
    }


def test_commands_on_different_tracks_both_stand_whoever_was_offline(tmp_path: Path) -> None:
    centre = Centre(*(parent_licence(at) for at in range(200)))
    centre.staff = tuple(one for one in STAFF if one.role.value == "inspector")
    windows = tuple(replace(one, capacity=99) for one in centre.reference.windows)
    centre.reference = replace(centre.reference, windows=windows)
    pairs = _pairs(centre)
    assert len(pairs) >= 25
    fake = FakeCentre(centre, STAFF)
    here, there = Station(tmp_path / "M1.db", fake, "M1", "clerk"), Station(tmp_path / "M2.db", fake, "M2", "clerk")
    for station, side in ((here, 0), (there, 1)):
        for login in sorted({(pair.first, pair.second)[side][0] for pair in pairs}):
            station.change_user(login)
            for pair in pairs:
                who, given = (pair.first, pair.second)[side]
                command = given
                if who == login:
                    if isinstance(command, RecordPayment):
                        command = replace(command, receipt_number=station.desk.next_receipt_number(8))
                    outcome = station.desk.give(command)
                    assert outcome.accepted, f"{pair}: {outcome.refusals}"
    here.drain()
    there.drain()
    here.drain()
    late = {pair.walked.id for pair in pairs if _actions(pair) in TOO_LATE}
    assert len(late) == len(TOO_LATE)
    assert _inbox(here) == {}
    assert set(_inbox(there)) == late
    for pair in (pair for pair in pairs if pair.walked.id not in late):
        for _, command in (pair.first, pair.second):
            actions = {event.action for event in centre.events if event.request_id == pair.walked.id}
            assert kind_of(command).action.value in actions, str(pair)
    assert visible(here.store) == visible(there.store) == said(fake)
    here.close()
    there.close()


@pytest.fixture
def two(station: Callable[..., Station]) -> tuple[Station, Station]:
    return station("K1"), station("K2")


@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_that_give_away_the_same_area_one_wins_and_the_other_is_told_by_which(
    two: tuple[Station, Station], centre: FakeCentre, swapped: bool
) -> None:
    """Both counters lodge and accept offline; together they would give away more than the parent has."""
    parent = parent_licence(0)
    plan = builders.make_plan(builders.make_child("c1", parent.area * 3 // 5, (), ("cafe",)), parent=parent.number)
    for station, name in zip(two, ("r1", "r2"), strict=True):
        station.give(Lodge(name, f"{station.device}-000001", builders.make_content(plan)))
        station.give(Accept(name))
    winner, loser = two[::-1] if swapped else two
    won, lost = ("r2", "r1") if swapped else ("r1", "r2")
    winner.drain()
    loser.drain()
    winner.drain()
    accepted = centre.centre.requests[won]
    assert accepted.number is not None
    assert _inbox(winner) == {}
    assert list(_inbox(loser)) == [lost]
    assert code(accepted.number) in _inbox(loser)[lost]
    # The loser's request is still there, lodged, and says on screen that something of it was refused.
    assert status_of(centre.centre.requests[lost]) is Status.LODGED
    assert [one.action for one in loser.queries.get_request(lost).refusals] == ["accept"]
    held = centre.centre.licences[parent.number]
    assert [one.request_id for one in held.reservations] == [won]
    assert held.free_area >= 0
    assert visible(loser.store) == visible(winner.store) == said(centre)
