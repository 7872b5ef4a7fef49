"""The one table of legal actions: status and tracks × role → actions. Screens read it; every decision obeys it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain import conditions as when
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.deciding import Case, Context
from desktop_app.domain.messages import Message, message
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Track

Condition = Callable[[Case, Context], Message | None]


class Action(StrEnum):
    """Every command's kind, as it stands on the wire and in the history."""

    SAVE_DRAFT = "save_draft"
    LODGE = "lodge"
    SETTLE_DUES = "settle_dues"
    ACCEPT = "accept"
    RETURN = "return"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    REQUEST_APPROVAL = "request_approval"
    RECORD_APPROVAL = "record_approval"
    SCHEDULE_INSPECTION = "schedule_inspection"
    RECORD_INSPECTION = "record_inspection"
    CONFIRM_RECTIFICATION = "confirm_rectification"
    REQUEST_CIVIL_DEFENCE = "request_civil_defence"
    RECORD_CIVIL_DEFENCE = "record_civil_defence"
    ASSESS_FEES = "assess_fees"
    APPROVE_FEES = "approve_fees"
    RETURN_FEES = "return_fees"
    RECORD_PAYMENT = "record_payment"
    VOID_RECEIPT = "void_receipt"
    REFUND = "refund"
    CONFIRM_PRINT = "confirm_print"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Where `cashier` is set, whoever may take money may act too, whatever their role."""

    action: Action
    track: Track
    statuses: frozenset[Status | None]
    roles: frozenset[Role]
    conditions: tuple[Condition, ...] = ()
    cashier: bool = False


S = Status
COUNTER = frozenset({Role.CLERK})
COUNTER_OR_SUPERVISOR = frozenset({Role.CLERK, Role.SUPERVISOR})
SUPERVISOR = frozenset({Role.SUPERVISOR})
_OPEN = frozenset(
    {
        S.LODGED,
        S.DUES_OUTSTANDING,
        S.RETURNED,
        S.AWAITING_APPROVALS,
        S.TO_SCHEDULE,
        S.INSPECTION_SCHEDULED,
        S.RECTIFICATION,
        S.AWAITING_CIVIL_DEFENCE,
        S.FEES_TO_ASSESS,
        S.FEES_TO_APPROVE,
        S.AWAITING_PAYMENT,
    }
)

# action, track, statuses in which it is legal (None: the request does not exist yet), roles, further conditions
TABLE: tuple[Row, ...] = (
    Row(Action.SAVE_DRAFT, Track.INTAKE, frozenset({None, S.DRAFT}), COUNTER),
    Row(Action.LODGE, Track.INTAKE, frozenset({None, S.DRAFT, S.RETURNED}), COUNTER),
    Row(
        Action.SETTLE_DUES,
        Track.DUES,
        frozenset({S.LODGED, S.DUES_OUTSTANDING}),
        COUNTER,
        (when.some_dues_are_unpaid,),
    ),
    Row(
        Action.ACCEPT,
        Track.INTAKE,
        frozenset({S.LODGED, S.DUES_OUTSTANDING}),
        COUNTER,
        (when.dues_are_settled, when.parent_is_active, when.parent_is_renewed, when.split_fits_what_is_left),
    ),
    Row(Action.RETURN, Track.INTAKE, frozenset({S.LODGED, S.DUES_OUTSTANDING}), COUNTER_OR_SUPERVISOR),
    Row(Action.REFUSE, Track.INTAKE, _OPEN - {S.AWAITING_PAYMENT}, SUPERVISOR),
    Row(Action.WITHDRAW, Track.INTAKE, _OPEN | {S.DRAFT}, COUNTER),
    Row(
        Action.EXPIRE,
        Track.INTAKE,
        frozenset({S.RETURNED, S.RECTIFICATION, S.AWAITING_PAYMENT}),
        frozenset({Role.SUPERVISOR, Role.REGISTRAR}),
        (when.time_has_run_out,),
    ),
    Row(
        Action.REQUEST_APPROVAL,
        Track.APPROVALS,
        frozenset({S.AWAITING_APPROVALS}),
        COUNTER,
        (when.a_letter_is_due,),
    ),
    Row(
        Action.RECORD_APPROVAL,
        Track.APPROVALS,
        frozenset({S.AWAITING_APPROVALS}),
        COUNTER | {Role.BODY_OFFICER},
        (when.an_answer_is_awaited,),
    ),
    Row(
        Action.SCHEDULE_INSPECTION,
        Track.INSPECTION,
        frozenset({S.TO_SCHEDULE, S.INSPECTION_SCHEDULED}),
        COUNTER_OR_SUPERVISOR,
    ),
    Row(
        Action.RECORD_INSPECTION,
        Track.INSPECTION,
        frozenset({S.INSPECTION_SCHEDULED}),
        frozenset({Role.INSPECTOR}),
        (when.visit_is_the_actors,),
    ),
    Row(Action.CONFIRM_RECTIFICATION, Track.INSPECTION, frozenset({S.RECTIFICATION}), COUNTER),
    Row(
        Action.REQUEST_CIVIL_DEFENCE,
        Track.CIVIL_DEFENCE,
        frozenset({S.AWAITING_CIVIL_DEFENCE}),
        COUNTER,
        (when.civil_defence_letter_is_due,),
    ),
    Row(
        Action.RECORD_CIVIL_DEFENCE,
        Track.CIVIL_DEFENCE,
        frozenset({S.AWAITING_CIVIL_DEFENCE}),
        COUNTER | {Role.BODY_OFFICER},
        (when.civil_defence_answer_is_awaited,),
    ),
    Row(
        Action.ASSESS_FEES,
        Track.FEES,
        frozenset({S.FEES_TO_ASSESS, S.FEES_TO_APPROVE}),
        COUNTER_OR_SUPERVISOR,
    ),
    Row(
        Action.APPROVE_FEES,
        Track.FEES,
        frozenset({S.FEES_TO_APPROVE}),
        SUPERVISOR,
        (when.actor_did_not_touch_fees, when.actor_did_not_inspect),
    ),
    Row(Action.RETURN_FEES, Track.FEES, frozenset({S.FEES_TO_APPROVE}), SUPERVISOR),
    Row(
        Action.RECORD_PAYMENT,
        Track.PAYMENT,
        frozenset({S.AWAITING_PAYMENT}),
        frozenset({Role.REGISTRAR}),  # for the e-payment channel
        (when.parent_is_active, when.split_fits_what_is_left),
        cashier=True,
    ),
    Row(
        Action.VOID_RECEIPT,
        Track.PAYMENT,
        frozenset({S.TO_ISSUE, S.ISSUED}),
        SUPERVISOR,
        (when.receipt_is_anothers, when.licences_are_untouched),
    ),
    Row(
        Action.REFUND,
        Track.PAYMENT,
        frozenset({S.TO_ISSUE, S.ISSUED, S.PRINTED}),
        SUPERVISOR,
        (when.receipt_is_anothers, when.licences_are_untouched),
    ),
    Row(Action.CONFIRM_PRINT, Track.ISSUE, frozenset({S.ISSUED, S.PRINTED}), COUNTER),
    Row(Action.DELIVER, Track.ISSUE, frozenset({S.PRINTED}), COUNTER),
)

_ROWS = {row.action: row for row in TABLE}


@dataclass(frozen=True, slots=True)
class Availability:
    """An action that status and role allow; `missing` says what still stands in its way (empty: it is legal)."""

    action: Action
    missing: tuple[Message, ...] = ()

    @property
    def legal(self) -> bool:
        return not self.missing


def row_of(action: Action) -> Row:
    """The table's line for an action. Raises KeyError for none: every action has one (a test says so)."""
    return _ROWS[action]


def may_ever(actor: Actor, row: Row) -> bool:
    """Whether the actor's role or right is one the row names, whatever the request."""
    return actor.active and (actor.role in row.roles or (row.cashier and actor.takes_money))


def why_illegal(action: Action, case: Case, context: Context) -> tuple[Message, ...]:
    """Everything that makes `action` illegal for this actor on this case now; empty when it is legal."""
    row = row_of(action)
    status = status_of(case.request) if case.request else None
    if not may_ever(context.actor, row):
        return (message("action.not_your_role", action=action.value),)
    for branch in _branches(case):
        if not context.actor.serves(branch):
            return (message("action.not_your_branch", branch=branch),)
    if status not in row.statuses:
        return (message("action.not_in_status", action=action.value, status=status.value if status else ""),)
    return _missing(row, case, context)


def available_actions(case: Case, context: Context) -> tuple[Availability, ...]:
    """What this actor sees on this request: legal actions, and nearly legal ones with what they lack."""
    status = status_of(case.request) if case.request else None
    if not all(context.actor.serves(branch) for branch in _branches(case)):
        return ()
    return tuple(
        Availability(row.action, _missing(row, case, context))
        for row in TABLE
        if status in row.statuses and may_ever(context.actor, row)
    )


def _branches(case: Case) -> tuple[int, ...]:
    """The branches that the case is of: the request's, and the parent's where a draft turns to another parent."""
    own = (case.request.branch,) if case.request else ()
    return own + ((case.parent.district,) if case.parent and case.parent.district not in own else ())


def _missing(row: Row, case: Case, context: Context) -> tuple[Message, ...]:
    return tuple(why for condition in row.conditions if (why := condition(case, context)) is not None)
