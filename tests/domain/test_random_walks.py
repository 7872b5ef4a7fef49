"""Any sequence of commands, legal or not: laws hold, versions only grow, a notice is told once per occasion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.actions import Action, row_of, why_illegal
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.commands import kind_of
from desktop_app.domain.pauses import time_spent
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Track
from tests.domain.any_command import any_command
from tests.domain.builders import OWNER_KEY, make_actor, make_content, make_dues, refusal_keys
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey

# Tracks that a command of another track opens, closes or takes back; every other track keeps its version.
ALSO_TOUCHED = {
    Action.LODGE: {Track.DUES},
    Action.ACCEPT: {Track.DUES, Track.INSPECTION, Track.APPROVALS, Track.CIVIL_DEFENCE},
    Action.RECORD_APPROVAL: {Track.DOCUMENTS},
    Action.RECORD_CIVIL_DEFENCE: {Track.DOCUMENTS},
    Action.RECORD_PAYMENT: {Track.ISSUE},
    Action.REFUND: {Track.ISSUE},
    Action.VOID_RECEIPT: {Track.ISSUE},
}
BODIES = ("health", "environment")


def versions(request: Request | None) -> dict[tuple[Track, str], int]:
    documents = {one.digest: 0 for one in (*request.documents, *request.removed)} if request else {}
    of_track = {Track.APPROVALS: BODIES, Track.DOCUMENTS: tuple(documents)}
    parts = [(track, part) for track in Track for part in of_track.get(track, ("",))]
    return {(track, part): request.version_of(track, part) if request else 0 for track, part in parts}


def check_versions(before: Request | None, after: Request, action: Action, part: str) -> None:
    own = (row_of(action).track, part)
    was, now = versions(before), versions(after)
    assert now[own] > was.get(own, 0), action
    for key, version in now.items():
        assert version >= was.get(key, 0)
        if key != own and key[0] not in ALSO_TOUCHED.get(action, set()):
            assert version == was[key], (action, key)


@dataclass(frozen=True)
class Move:
    """`wild`: this action by this role, legal or not; otherwise the `pick`-th of what is legal for anybody."""

    wild: bool
    pick: int
    action: Action
    role: Role
    hours: int
    final: bool


moves_to_make = st.lists(
    st.builds(
        Move,
        st.booleans(),
        st.integers(0, 1000),
        st.sampled_from(Action),
        st.sampled_from(Role),
        st.integers(0, 30),
        st.booleans(),
    ),
    max_size=30,
)


def actor_of(role: Role) -> Actor:
    return make_actor(role, "inspector" if role is Role.INSPECTOR else "", cashier=True, body="health")


def chosen(move: Move, walked: Journey) -> tuple[Action, Actor]:
    everyone = [actor_of(role) for role in Role]
    case = walked.centre.case(walked.id, content=walked.content)
    legal = [(a, who) for a in Action for who in everyone if not why_illegal(a, case, walked.centre.context(who))]
    return legal[move.pick % len(legal)] if legal and not move.wild else (move.action, actor_of(move.role))


starts = st.sampled_from([None, *Status])


@settings(max_examples=150)
@given(starts, moves_to_make, st.booleans())
def test_no_sequence_of_commands_breaks_a_law(start: Status | None, moves: list[Move], owes: bool) -> None:
    if start is not None:
        walked = journey(start)
    else:
        centre = Centre()
        centre.dues[OWNER_KEY] = make_dues(*([9_000] if owes else []))
        walked = Journey(centre, make_content(capacity=Capacity.OWNER))
    for move in moves:
        walked.centre.now += timedelta(hours=move.hours)
        action, actor = chosen(move, walked)
        before = walked.centre.requests.get(walked.id)
        command = any_command(action, walked)
        outcome = walked.centre.give(actor, command, final=move.final)
        after = walked.centre.requests.get(walked.id)
        if not outcome.accepted:
            assert after is before
            continue
        assert after is not None
        assert outcome.event is not None
        check_versions(before, after, action, kind_of(command).part(command))
        assert outcome.event.before is (status_of(before) if before else None)
        assert outcome.event.after is status_of(after)
        ids = [notice.id for notice in walked.centre.notices]
        assert len(ids) == len(set(ids))
        assert all(notice.request_id == walked.id for notice in outcome.notices)
        spent = time_spent(after.clock, walked.centre.reference.calendar, walked.centre.now)
        assert (spent is None) == (after.number is None and after.clock.started is None)
        assert spent is None or timedelta() <= spent.net <= spent.gross


def test_the_whole_journey_tells_each_notice_of_the_card_once() -> None:
    told = [notice.kind.value for notice in journey(Status.DELIVERED).centre.notices]
    assert told == ["accepted", "approval_needed", "inspection_scheduled", "fees_due", "licence_issued"]


def test_the_same_command_on_the_version_it_was_based_on_is_refused_the_second_time() -> None:
    for status in (Status.LODGED, Status.TO_SCHEDULE, Status.FEES_TO_APPROVE, Status.ISSUED):
        walked = journey(status)
        action = {
            Status.LODGED: Action.ACCEPT,
            Status.TO_SCHEDULE: Action.SCHEDULE_INSPECTION,
            Status.FEES_TO_APPROVE: Action.APPROVE_FEES,
            Status.ISSUED: Action.CONFIRM_PRINT,
        }[status]
        command = any_command(action, walked)
        seen = walked.centre.base_of(command)
        actor = make_actor(Role.SUPERVISOR if action is Action.APPROVE_FEES else Role.CLERK)
        assert walked.centre.give(actor, command, base=seen).accepted
        assert "track.moved_on" in refusal_keys(walked.centre.give(actor, command, base=seen))
