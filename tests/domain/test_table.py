"""Every status × role × action obeys the one table of legal actions; and the table says what the card orders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.actions import TABLE, Action, available_actions, row_of, why_illegal
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.commands import KINDS, get_kind
from desktop_app.domain.decide import decide
from desktop_app.domain.request import ENDED, Status
from desktop_app.domain.rights import RIGHTS
from tests.domain.any_command import any_command
from tests.domain.builders import make_actor, refusal_keys
from tests.domain.journey import Journey, journey

S, A = Status, Action
CLERK, SUPERVISOR, INSPECTOR, OFFICER = Role.CLERK, Role.SUPERVISOR, Role.INSPECTOR, Role.BODY_OFFICER
_BEFORE: set[Status | None] = {S.LODGED, S.DUES_OUTSTANDING}
_ACCEPTED: set[Status | None] = {
    S.AWAITING_APPROVALS,
    S.TO_SCHEDULE,
    S.INSPECTION_SCHEDULED,
    S.RECTIFICATION,
    S.AWAITING_CIVIL_DEFENCE,
    S.FEES_TO_ASSESS,
    S.FEES_TO_APPROVE,
}
_TO_REFUSE: set[Status | None] = _BEFORE | _ACCEPTED | {S.RETURNED}

# What the card and domain.md say, written a second time and independently: who may do what where.
EXPECTED: dict[Action, tuple[set[Status | None], set[Role]]] = {
    A.SAVE_DRAFT: ({None, S.DRAFT}, {CLERK}),
    A.LODGE: ({None, S.DRAFT, S.RETURNED}, {CLERK, Role.REGISTRAR}),
    A.ATTACH_DOCUMENT: (_TO_REFUSE | {S.DRAFT, S.AWAITING_PAYMENT}, {CLERK, INSPECTOR}),
    A.REMOVE_DOCUMENT: (_BEFORE | {S.DRAFT, S.RETURNED}, {CLERK}),
    A.SETTLE_DUES: ({*_BEFORE}, {CLERK, Role.REGISTRAR}),
    A.ACCEPT: ({*_BEFORE}, {CLERK}),
    A.RETURN: ({*_BEFORE}, {CLERK, SUPERVISOR}),
    A.REFUSE: (set(_TO_REFUSE), {SUPERVISOR}),
    A.WITHDRAW: (_TO_REFUSE | {S.DRAFT, S.AWAITING_PAYMENT}, {CLERK}),
    A.EXPIRE: ({S.RETURNED, S.RECTIFICATION, S.AWAITING_PAYMENT}, {SUPERVISOR, Role.REGISTRAR}),
    A.REQUEST_APPROVAL: ({S.AWAITING_APPROVALS}, {CLERK}),
    A.RECORD_APPROVAL: ({S.AWAITING_APPROVALS}, {CLERK, OFFICER}),
    A.REMIND_BODY: ({S.AWAITING_APPROVALS}, {CLERK, SUPERVISOR}),
    A.SCHEDULE_INSPECTION: ({S.TO_SCHEDULE, S.INSPECTION_SCHEDULED}, {CLERK, SUPERVISOR}),
    A.RECORD_INSPECTION: ({S.INSPECTION_SCHEDULED}, {INSPECTOR}),
    A.CONFIRM_RECTIFICATION: ({S.RECTIFICATION}, {CLERK}),
    A.EXTEND_RECTIFICATION: ({S.RECTIFICATION}, {SUPERVISOR}),
    A.REQUEST_CIVIL_DEFENCE: ({S.AWAITING_CIVIL_DEFENCE}, {CLERK}),
    A.RECORD_CIVIL_DEFENCE: ({S.AWAITING_CIVIL_DEFENCE}, {CLERK, OFFICER}),
    A.REMIND_CIVIL_DEFENCE: ({S.AWAITING_CIVIL_DEFENCE}, {CLERK, SUPERVISOR}),
    A.ASSESS_FEES: ({S.FEES_TO_ASSESS, S.FEES_TO_APPROVE}, {CLERK, SUPERVISOR}),
    A.APPROVE_FEES: ({S.FEES_TO_APPROVE}, {SUPERVISOR}),
    A.RETURN_FEES: ({S.FEES_TO_APPROVE}, {SUPERVISOR}),
    A.RECORD_PAYMENT: ({S.AWAITING_PAYMENT}, {Role.REGISTRAR}),
    A.VOID_RECEIPT: ({S.TO_ISSUE, S.ISSUED}, {SUPERVISOR}),
    A.REFUND: ({S.TO_ISSUE, S.ISSUED, S.PRINTED}, {SUPERVISOR}),
    A.CONFIRM_PRINT: ({S.ISSUED, S.PRINTED, S.DELIVERED}, {CLERK}),
    A.ORDER_COPY: ({S.ISSUED, S.PRINTED, S.DELIVERED}, {CLERK}),
    A.DELIVER: ({S.PRINTED}, {CLERK}),
}


def at(status: Status | None) -> Journey:
    return Journey() if status is None else journey(status)


def people(role: Role) -> list[Actor]:
    """The role with and without the right of the till; an officer for each body."""
    bodies = ("health", "civil_defence") if role is OFFICER else ("",)
    return [make_actor(role, "inspector", cashier=till, body=body) for till in (False, True) for body in bodies]


def test_every_action_has_one_row_one_kind_and_one_expectation() -> None:
    assert [row.action for row in TABLE] == list(Action) == [kind.action for kind in KINDS] == list(EXPECTED)
    assert all(get_kind(kind.action) is kind for kind in KINDS)


@pytest.mark.parametrize("action", Action)
def test_the_table_says_what_the_card_orders(action: Action) -> None:
    row = row_of(action)
    statuses, roles = EXPECTED[action]
    assert (set(row.statuses), set(row.roles)) == (statuses, roles)
    assert RIGHTS[action].cashier == (action is A.RECORD_PAYMENT)


@pytest.mark.parametrize("status", [None, *Status])
def test_a_command_is_decided_exactly_as_the_table_says(status: Status | None) -> None:
    """For each role and action: refused by role or status iff the table does not list it, accepted iff no condition
    of its row stands in the way; and never anything but an outcome."""
    walked = at(status)
    before = dict(walked.centre.licences), dict(walked.centre.requests)
    for action in Action:
        command = any_command(action, walked)
        statuses, roles = EXPECTED[action]
        for role in Role:
            for actor in people(role):
                content = getattr(command, "content", None)
                case = walked.centre.case(walked.id, content=content, day=getattr(command, "day", None))
                context = walked.centre.context(actor, walked.centre.base_of(command))
                outcome = decide(case, command, context)
                may = role in roles or (action is A.RECORD_PAYMENT and actor.takes_money)
                listed = status in statuses and may
                said = refusal_keys(outcome) & {"action.not_your_role", "action.not_in_status"}
                where = f"{action} by {role} in {status}"
                assert bool(said) == (not listed), where
                if listed and not why_illegal(action, case, context):
                    assert outcome.accepted, (where, outcome.refusals)
                if not outcome.accepted:
                    assert outcome == replace(type(outcome)(), refusals=outcome.refusals, warnings=outcome.warnings)
                shown = {one.action for one in available_actions(case, context)}
                assert (action in shown) == listed, where
    assert before == (walked.centre.licences, walked.centre.requests)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_nothing_but_a_copy_is_legal_once_a_request_has_ended(status: Status) -> None:
    listed = {row.action for row in TABLE if status in row.statuses}
    assert listed == ({A.CONFIRM_PRINT, A.ORDER_COPY} if status is S.DELIVERED else set())


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_an_auditor_and_an_administrator_write_nothing(role: Role) -> None:
    assert not [row.action for row in TABLE if role in row.roles]


@pytest.mark.parametrize("status", Status)
def test_rights_hold_within_a_branch_unless_wider(status: Status) -> None:
    walked = journey(status)
    for action in Action:
        for role in Role:
            stranger = make_actor(role, branch=9, cashier=True, body="health")
            command = any_command(action, walked)
            outcome = decide(walked.case, command, walked.centre.context(stranger, walked.centre.base_of(command)))
            assert not outcome.accepted
            assert available_actions(walked.case, walked.centre.context(stranger)) == ()
            wider = replace(stranger, all_branches=True)
            assert "action.not_your_branch" not in {
                why.key for why in why_illegal(action, walked.case, walked.centre.context(wider))
            }


def test_someone_who_left_the_service_does_nothing() -> None:
    walked = journey(Status.LODGED)
    gone = replace(make_actor(CLERK), active=False)
    assert available_actions(walked.case, walked.centre.context(gone)) == ()
    assert refusal_keys(decide(walked.case, any_command(A.ACCEPT, walked), walked.centre.context(gone, 1))) == {
        "action.not_your_role"
    }


def test_a_nearly_legal_action_says_what_it_lacks() -> None:
    walked = journey(Status.DUES_OUTSTANDING)
    shown = {one.action: one for one in available_actions(walked.case, walked.centre.context(make_actor(CLERK)))}
    assert [why.key for why in shown[A.ACCEPT].missing] == ["dues.outstanding"]
    assert shown[A.SETTLE_DUES].legal


def test_a_case_of_another_request_is_a_bug_not_a_refusal() -> None:
    walked = journey(Status.LODGED)
    command = any_command(A.ACCEPT, journey(Status.LODGED, request_id="other"))
    with pytest.raises(ValueError, match="another request"):
        decide(walked.case, command, walked.centre.context(make_actor(CLERK), 1))
