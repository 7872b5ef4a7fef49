"""Who may ever do what: the column of the table of legal actions (`actions.TABLE`) that asks for no request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.actor import Actor, Role


class Action(StrEnum):
    """Every command's kind, as it stands on the wire and in the history."""

    SAVE_DRAFT = "save_draft"
    LODGE = "lodge"
    ATTACH_DOCUMENT = "attach_document"
    REMOVE_DOCUMENT = "remove_document"
    SETTLE_DUES = "settle_dues"
    ACCEPT = "accept"
    RETURN = "return"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    REQUEST_APPROVAL = "request_approval"
    RECORD_APPROVAL = "record_approval"
    REMIND_BODY = "remind_body"
    SCHEDULE_INSPECTION = "schedule_inspection"
    RECORD_INSPECTION = "record_inspection"
    CONFIRM_RECTIFICATION = "confirm_rectification"
    EXTEND_RECTIFICATION = "extend_rectification"
    REQUEST_CIVIL_DEFENCE = "request_civil_defence"
    RECORD_CIVIL_DEFENCE = "record_civil_defence"
    REMIND_CIVIL_DEFENCE = "remind_civil_defence"
    ASSESS_FEES = "assess_fees"
    APPROVE_FEES = "approve_fees"
    RETURN_FEES = "return_fees"
    RECORD_PAYMENT = "record_payment"
    VOID_RECEIPT = "void_receipt"
    REFUND = "refund"
    CONFIRM_PRINT = "confirm_print"
    ORDER_COPY = "order_copy"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Right:
    """Where `cashier` is set, whoever may take money may act too, whatever their role."""

    roles: frozenset[Role]
    cashier: bool = False


COUNTER = frozenset({Role.CLERK})
COUNTER_OR_SUPERVISOR = frozenset({Role.CLERK, Role.SUPERVISOR})
SUPERVISOR = frozenset({Role.SUPERVISOR})

RIGHTS: dict[Action, Right] = {
    Action.SAVE_DRAFT: Right(COUNTER),
    Action.LODGE: Right(COUNTER | {Role.REGISTRAR}),  # the registrar for the portal
    Action.ATTACH_DOCUMENT: Right(COUNTER | {Role.INSPECTOR}),
    Action.REMOVE_DOCUMENT: Right(COUNTER),
    Action.SETTLE_DUES: Right(COUNTER | {Role.REGISTRAR}),  # the registrar for the e-payment channel
    Action.ACCEPT: Right(COUNTER),
    Action.RETURN: Right(COUNTER_OR_SUPERVISOR),
    Action.REFUSE: Right(SUPERVISOR),
    Action.WITHDRAW: Right(COUNTER),
    Action.EXPIRE: Right(frozenset({Role.SUPERVISOR, Role.REGISTRAR})),
    Action.REQUEST_APPROVAL: Right(COUNTER),
    Action.RECORD_APPROVAL: Right(COUNTER | {Role.BODY_OFFICER}),
    Action.REMIND_BODY: Right(COUNTER_OR_SUPERVISOR),
    Action.SCHEDULE_INSPECTION: Right(COUNTER_OR_SUPERVISOR),
    Action.RECORD_INSPECTION: Right(frozenset({Role.INSPECTOR})),
    Action.CONFIRM_RECTIFICATION: Right(COUNTER),
    Action.EXTEND_RECTIFICATION: Right(SUPERVISOR),
    Action.REQUEST_CIVIL_DEFENCE: Right(COUNTER),
    Action.RECORD_CIVIL_DEFENCE: Right(COUNTER | {Role.BODY_OFFICER}),
    Action.REMIND_CIVIL_DEFENCE: Right(COUNTER_OR_SUPERVISOR),
    Action.ASSESS_FEES: Right(COUNTER_OR_SUPERVISOR),
    Action.APPROVE_FEES: Right(SUPERVISOR),
    Action.RETURN_FEES: Right(SUPERVISOR),
    Action.RECORD_PAYMENT: Right(frozenset({Role.REGISTRAR}), cashier=True),  # the registrar for the e-payment channel
    Action.VOID_RECEIPT: Right(SUPERVISOR),
    Action.REFUND: Right(SUPERVISOR),
    Action.CONFIRM_PRINT: Right(COUNTER),
    Action.ORDER_COPY: Right(COUNTER),
    Action.DELIVER: Right(COUNTER),
}


def may_ever(actor: Actor, action: Action) -> bool:
    """Whether the actor's role or right is one that `action` asks for, whatever the request."""
    right = RIGHTS[action]
    return actor.active and (actor.role in right.roles or (right.cashier and actor.takes_money))
