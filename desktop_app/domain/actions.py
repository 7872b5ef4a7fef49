"""The one table of legal actions: status and tracks × role → actions. Screens read it; every decision obeys it.

The column of roles is written down in `rights`, which the windows' navigation reads before any request is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain import conditions as when
from desktop_app.domain.actor import Role
from desktop_app.domain.deciding import Case, Context
from desktop_app.domain.messages import Message, message
from desktop_app.domain.request import Status
from desktop_app.domain.rights import RIGHTS, Action, may_ever
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Track

__all__ = ["TABLE", "Action", "Availability", "available_actions", "may_ever", "row_of", "why_illegal"]

Condition = Callable[[Case, Context], Message | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    action: Action
    track: Track
    statuses: frozenset[Status | None]
    conditions: tuple[Condition, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """Whose action it is; `may_ever` knows of the cashier too."""
        return RIGHTS[self.action].roles


S = Status
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

# action, track, statuses in which it is legal (None: the request does not exist yet), further conditions; who may act
# at all stands in `rights.RIGHTS`
TABLE: tuple[Row, ...] = (
    Row(Action.SAVE_DRAFT, Track.INTAKE, frozenset({None, S.DRAFT})),
    Row(Action.LODGE, Track.INTAKE, frozenset({None, S.DRAFT, S.RETURNED})),
    Row(Action.ATTACH_DOCUMENT, Track.DOCUMENTS, _OPEN | {S.DRAFT}),
    Row(
        Action.REMOVE_DOCUMENT,
        Track.DOCUMENTS,
        frozenset({S.DRAFT, S.LODGED, S.DUES_OUTSTANDING, S.RETURNED}),
        (when.some_document_is_attached,),
    ),
    Row(Action.SETTLE_DUES, Track.DUES, frozenset({S.LODGED, S.DUES_OUTSTANDING}), (when.some_dues_are_unpaid,)),
    Row(
        Action.ACCEPT,
        Track.INTAKE,
        frozenset({S.LODGED, S.DUES_OUTSTANDING}),
        (
            when.dues_are_settled,
            when.parent_is_active,
            when.parent_is_renewed,
            when.split_fits_what_is_left,
            when.required_documents_are_attached,
            when.documents_are_at_the_centre,
        ),
    ),
    Row(Action.RETURN, Track.INTAKE, frozenset({S.LODGED, S.DUES_OUTSTANDING})),
    Row(Action.REFUSE, Track.INTAKE, _OPEN - {S.AWAITING_PAYMENT}),
    Row(Action.WITHDRAW, Track.INTAKE, _OPEN | {S.DRAFT}),
    Row(
        Action.EXPIRE,
        Track.INTAKE,
        frozenset({S.RETURNED, S.RECTIFICATION, S.AWAITING_PAYMENT}),
        (when.time_has_run_out,),
    ),
    Row(Action.REQUEST_APPROVAL, Track.APPROVALS, frozenset({S.AWAITING_APPROVALS}), (when.a_letter_is_due,)),
    Row(Action.RECORD_APPROVAL, Track.APPROVALS, frozenset({S.AWAITING_APPROVALS}), (when.an_answer_is_awaited,)),
    Row(Action.REMIND_BODY, Track.APPROVALS, frozenset({S.AWAITING_APPROVALS}), (when.a_reminder_is_due,)),
    Row(Action.SCHEDULE_INSPECTION, Track.INSPECTION, frozenset({S.TO_SCHEDULE, S.INSPECTION_SCHEDULED})),
    Row(Action.RECORD_INSPECTION, Track.INSPECTION, frozenset({S.INSPECTION_SCHEDULED}), (when.visit_is_the_actors,)),
    Row(Action.CONFIRM_RECTIFICATION, Track.INSPECTION, frozenset({S.RECTIFICATION})),
    Row(Action.EXTEND_RECTIFICATION, Track.INSPECTION, frozenset({S.RECTIFICATION})),
    Row(
        Action.REQUEST_CIVIL_DEFENCE,
        Track.CIVIL_DEFENCE,
        frozenset({S.AWAITING_CIVIL_DEFENCE}),
        (when.civil_defence_letter_is_due,),
    ),
    Row(
        Action.RECORD_CIVIL_DEFENCE,
        Track.CIVIL_DEFENCE,
        frozenset({S.AWAITING_CIVIL_DEFENCE}),
        (when.civil_defence_answer_is_awaited,),
    ),
    Row(
        Action.REMIND_CIVIL_DEFENCE,
        Track.CIVIL_DEFENCE,
        frozenset({S.AWAITING_CIVIL_DEFENCE}),
        (when.a_reminder_is_due,),
    ),
    Row(Action.ASSESS_FEES, Track.FEES, frozenset({S.FEES_TO_ASSESS, S.FEES_TO_APPROVE})),
    Row(
        Action.APPROVE_FEES,
        Track.FEES,
        frozenset({S.FEES_TO_APPROVE}),
        (when.actor_did_not_touch_fees, when.actor_did_not_inspect, when.documents_are_at_the_centre),
    ),
    Row(Action.RETURN_FEES, Track.FEES, frozenset({S.FEES_TO_APPROVE})),
    Row(
        Action.RECORD_PAYMENT,
        Track.PAYMENT,
        frozenset({S.AWAITING_PAYMENT}),
        (when.parent_is_active, when.split_fits_what_is_left),
    ),
    Row(
        Action.VOID_RECEIPT,
        Track.PAYMENT,
        frozenset({S.TO_ISSUE, S.ISSUED}),
        (when.receipt_is_anothers, when.licences_are_untouched),
    ),
    Row(
        Action.REFUND,
        Track.PAYMENT,
        frozenset({S.TO_ISSUE, S.ISSUED, S.PRINTED}),
        (when.receipt_is_anothers, when.licences_are_untouched),
    ),
    Row(
        Action.CONFIRM_PRINT,
        Track.ISSUE,
        frozenset({S.ISSUED, S.PRINTED, S.DELIVERED}),
        (when.a_sheet_may_be_printed,),
    ),
    Row(
        Action.ORDER_COPY,
        Track.ISSUE,
        frozenset({S.ISSUED, S.PRINTED, S.DELIVERED}),
        (when.some_certificate_is_printed,),
    ),
    Row(Action.DELIVER, Track.ISSUE, frozenset({S.PRINTED})),
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


def why_illegal(action: Action, case: Case, context: Context) -> tuple[Message, ...]:
    """Everything that makes `action` illegal for this actor on this case now; empty when it is legal."""
    row = row_of(action)
    status = status_of(case.request) if case.request else None
    if not may_ever(context.actor, row.action):
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
        if status in row.statuses and may_ever(context.actor, row.action)
    )


def _branches(case: Case) -> tuple[int, ...]:
    """The branches that the case is of: the request's, and the parent's where a draft turns to another parent."""
    own = (case.request.branch,) if case.request else ()
    return own + ((case.parent.district,) if case.parent and case.parent.district not in own else ())


def _missing(row: Row, case: Case, context: Context) -> tuple[Message, ...]:
    return tuple(why for condition in row.conditions if (why := condition(case, context)) is not None)
