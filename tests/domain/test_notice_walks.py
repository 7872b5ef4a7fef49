"""Any sequence of legal actions: each occasion of the card is told once and nothing else is, laws hold, and it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from desktop_app.domain.actions import Action, why_illegal
from desktop_app.domain.actor import EPAYMENT, PORTAL, Actor, Role
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.licence import LicenceStatus
from desktop_app.domain.messages import Message
from desktop_app.domain.notices import Notice, NoticeKind
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import ENDED, Request, Requirements, Status
from desktop_app.domain.split import SplitPlan
from desktop_app.domain.status import status_of
from tests.domain.any_command import any_command
from tests.domain.builders import (
    OWNER_KEY,
    PARENT,
    make_actor,
    make_child,
    make_content,
    make_dues,
    make_licence,
    make_plan,
    registrar,
    supervisor,
)
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey
from tests.domain.occasions import Occasion, occasions

PLANS = (
    make_plan(),
    make_plan(make_child(vocations=("stationery",))),
    make_plan(make_child(added=("smithy",)), make_child("c2", 1_000, ("stationery",))),
    make_plan(make_child(vocations=("stationery",), added=("cafe",))),
)
"""One body and the Civil Defence; nobody; two bodies; the Civil Defence alone."""

NEXT: dict[Status | None, tuple[Action, ...]] = {
    None: (Action.LODGE,),
    Status.DRAFT: (Action.LODGE,),
    Status.RETURNED: (Action.LODGE,),
    Status.DUES_OUTSTANDING: (Action.SETTLE_DUES, Action.ACCEPT),
    Status.LODGED: (Action.SETTLE_DUES, Action.ACCEPT),
    Status.AWAITING_APPROVALS: (Action.REQUEST_APPROVAL, Action.RECORD_APPROVAL),
    Status.TO_SCHEDULE: (Action.SCHEDULE_INSPECTION,),
    Status.INSPECTION_SCHEDULED: (Action.RECORD_INSPECTION,),
    Status.RECTIFICATION: (Action.CONFIRM_RECTIFICATION,),
    Status.AWAITING_CIVIL_DEFENCE: (Action.REQUEST_CIVIL_DEFENCE, Action.RECORD_CIVIL_DEFENCE),
    Status.FEES_TO_ASSESS: (Action.ASSESS_FEES,),
    Status.FEES_TO_APPROVE: (Action.APPROVE_FEES,),
    Status.AWAITING_PAYMENT: (Action.RECORD_PAYMENT,),
    Status.ISSUED: (Action.CONFIRM_PRINT,),
    Status.PRINTED: (Action.DELIVER,),
}
"""What the desk in turn does where nothing is out of the ordinary: the first of them that is legal."""
RARE = frozenset(
    {Action.REFUSE, Action.WITHDRAW, Action.EXPIRE, Action.REFUND, Action.ATTACH_DOCUMENT, Action.REMOVE_DOCUMENT}
)
"""What ends a request from anywhere, or can be done at any time: done as often as the rest, no walk would get far."""
LONGEST_WAY = 40
"""More commands than any way from any status to delivery takes: two letters and answers, two visits, three sheets."""


@dataclass(frozen=True)
class Move:
    """The `pick`-th of the actions that are legal for anybody after `hours`, by one of those; `rare` ones where it says
    so. `no` answers and finds against the applicant, `day` and `noon` choose the visit's day and window."""

    pick: int
    rare: bool
    hours: int
    no: bool
    day: int
    noon: bool


MOVES = st.lists(
    st.builds(
        Move,
        st.integers(0, 1000),
        st.integers(0, 15).map(lambda one: one == 15),
        st.integers(0, 30),
        st.booleans(),
        st.integers(1, 2),
        st.booleans(),
    ),
    min_size=6,
    max_size=40,
)
# As a workstation leaves it, a payment without numbers is no decision of the centre.
STARTS = st.one_of(st.none(), st.sampled_from([one for one in Status if one not in ENDED | {Status.TO_ISSUE}]))


def everyone() -> tuple[Actor, ...]:
    at_work = [
        make_actor(role, "inspector" if role is Role.INSPECTOR else "", cashier=True, body="health") for role in Role
    ]
    second = make_actor(Role.INSPECTOR, "inspector-2")
    defence = make_actor(Role.BODY_OFFICER, "officer-2", body="civil_defence")
    return (*at_work, second, defence, supervisor("supervisor-2"), PORTAL, EPAYMENT, registrar())


def varied(command: Command, move: Move, walked: Journey) -> Command:
    """The command as this move has it."""
    match command:
        case RecordApproval() | RecordCivilDefence() if move.no:
            return replace(command, approved=False, reason="سبب")
        case RecordInspection() if move.no:
            return walked.visit_record(compliant=False)
        case ScheduleInspection():
            day = walked.centre.reference.calendar.add_working_days(walked.today, move.day)
            inspector = "inspector-2" if move.no else "inspector"
            return replace(command, inspector=inspector, day=day, window="noon" if move.noon else "morning")
    return command


class Walk:
    """A request at a centre, each of whose decisions is looked at from both sides."""

    def __init__(self, walked: Journey) -> None:
        self.walked = walked
        self.expected: Counter[Occasion] = Counter()
        self.before = len(walked.centre.notices)

    @property
    def request(self) -> Request | None:
        return self.walked.centre.requests.get(self.walked.id)

    def legal(self, *others: Actor) -> Iterator[tuple[Action, Actor]]:
        case = self.walked.centre.case(self.walked.id, content=self.walked.content)
        for action in Action:
            for who in (*everyone(), *others):
                if not why_illegal(action, case, self.walked.centre.context(who)):
                    yield action, who

    def give(self, who: Actor, command: Command) -> Outcome:
        centre, before = self.walked.centre, self.request
        outcome = centre.give(who, command)
        after = self.request
        if not outcome.accepted:
            assert (outcome.notices, after) == ((), before)
            return outcome
        assert after is not None
        wanted = occasions(before, after, centre.reference)
        assert told(outcome.notices) == wanted, command
        assert all(one.to == after.applicant.mobile for one in outcome.notices)
        self.expected += wanted
        check_laws(centre)
        return outcome

    def step(self, move: Move) -> None:
        self.walked.centre.now += timedelta(hours=move.hours)
        legal: dict[Action, list[Actor]] = {}
        for action, who in self.legal():
            if move.rare or action not in RARE:
                legal.setdefault(action, []).append(who)
        if legal:
            number, place = divmod(move.pick, len(legal))
            action = list(legal)[place]
            who = legal[action][number % len(legal[action])]
            self.give(who, varied(any_command(action, self.walked), move, self.walked))

    def go_on(self) -> None:
        """The desk in turn does what is next; somebody can always do it, if need be a supervisor who had no hand
        in it yet."""
        at = status_of(self.request) if self.request else None
        can = dict(reversed(list(self.legal(supervisor("unconcerned")))))
        why: list[Message] = []
        for action in NEXT[at]:
            if action in can:
                outcome = self.give(can[action], self.ordinary(action))
                if outcome.accepted:
                    return
                why += outcome.refusals
        raise AssertionError(f"nobody can bring the request on from {at}: {sorted(can)} {why}")

    def ordinary(self, action: Action) -> Command:
        if action is Action.CONFIRM_PRINT and self.request is not None:
            done = {sheet.licence_number for sheet in self.request.issue.sheets if sheet.fine and not sheet.copy}
            wanted = [one.number for one in self.request.issue.licences if one.number not in done]
            serial = f"SN-{len(self.walked.centre.events)}"
            return ConfirmPrint(self.walked.id, wanted[0] if wanted else PARENT, serial, fine=True)
        return any_command(action, self.walked)


def told(notices: tuple[Notice, ...]) -> Counter[Occasion]:
    return Counter((one.kind, str(dict(one.args).get("body", ""))) for one in notices)


def check_laws(centre: Centre) -> None:
    """Area, vocations and signs are neither lost nor given twice, whatever stands where."""
    children = [one for one in centre.licences.values() if one.number != PARENT and one.status is LicenceStatus.ACTIVE]
    parent, whole = centre.licences[PARENT], make_licence()
    assert parent.area + sum(one.area for one in children) == whole.area
    held = [code for one in (parent, *children) for code in one.vocations if code in whole.vocations]
    assert sorted(held) == sorted(whole.vocations)
    signs = [sign.code for one in (parent, *children) for sign in one.signs]
    assert sorted(signs) == sorted(sign.code for sign in whole.signs)
    assert parent.free_area >= 0


def begin(start: Status | None, plan: SplitPlan, *, owes: bool) -> Walk:
    """At `start`, or before the request is there: with this plan, by an owner with dues or without."""
    if start is not None:
        return Walk(journey(start))
    centre = Centre()
    centre.dues[OWNER_KEY] = make_dues(*([9_000] if owes else []))
    content = make_content(plan, Capacity.OWNER)
    return Walk(Journey(centre, replace(content, requirements=Requirements("TD-1", "CC-1"))))


@settings(max_examples=60, deadline=None)
@given(STARTS, st.sampled_from(PLANS), MOVES, st.booleans())
def test_whatever_is_legally_done_each_occasion_is_told_once_and_the_request_ends(
    start: Status | None, plan: SplitPlan, moves: list[Move], owes: bool
) -> None:
    walk = begin(start, plan, owes=owes)
    for move in moves:
        walk.step(move)
    for _ in range(LONGEST_WAY):
        if walk.request is not None and status_of(walk.request) in ENDED:
            break
        walk.go_on()
    assert walk.request is not None
    assert status_of(walk.request) in ENDED
    left = {action for action, _ in walk.legal()}
    assert left <= {Action.CONFIRM_PRINT, Action.ORDER_COPY}, "nothing but copies come of a request that has ended"
    assert not left or status_of(walk.request) is Status.DELIVERED
    notices = walk.walked.centre.notices
    assert len({one.id for one in notices}) == len(notices)
    assert told(tuple(notices[walk.before :])) == walk.expected
    event(f"ends {status_of(walk.request).value}")
    for kind, _ in walk.expected:
        event(f"told {kind.value}")


@pytest.mark.parametrize("start", [None, *Status])
def test_every_status_has_its_next_step_or_is_an_end(start: Status | None) -> None:
    assert (start in NEXT) != (start in ENDED or start is Status.TO_ISSUE)


def test_a_walk_comes_by_every_notice_of_the_card() -> None:
    """So that none of them is compared with itself alone."""
    seen: Counter[NoticeKind] = Counter()
    against = Move(0, False, 1, True, 1, False)
    for refusing in (None, Action.RECORD_APPROVAL, Action.RECORD_CIVIL_DEFENCE, Action.RECORD_INSPECTION):
        walk, refused = begin(None, PLANS[0], owes=False), False
        for _ in range(LONGEST_WAY):
            if walk.request is not None and status_of(walk.request) in ENDED:
                break
            can = dict(reversed(list(walk.legal())))
            at = status_of(walk.request) if walk.request else None
            if refusing in can and refusing in NEXT[at] and not refused:
                walk.give(can[refusing], varied(any_command(refusing, walk.walked), against, walk.walked))
                refused = True
            else:
                walk.go_on()
        seen += Counter(kind for kind, _ in walk.expected.elements())
    assert set(seen) == set(NoticeKind)
