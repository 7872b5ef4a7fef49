"""The commands: one file each holds its type and its decision. Here they are listed by the name they go by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.actions import Action, row_of
from desktop_app.domain.attachments import Attachment
from desktop_app.domain.commands import (
    accept,
    approve_fees,
    assess_fees,
    attach_document,
    confirm_print,
    confirm_rectification,
    deliver,
    expire,
    extend_rectification,
    lodge,
    order_copy,
    record_approval,
    record_civil_defence,
    record_inspection,
    record_payment,
    refund,
    refuse,
    remind_body,
    remind_civil_defence,
    remove_document,
    request_approval,
    request_civil_defence,
    return_fees,
    return_for_completion,
    save_draft,
    schedule_inspection,
    settle_dues,
    void_receipt,
    withdraw,
)
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.tracks import Track

Command = (
    save_draft.SaveDraft
    | lodge.Lodge
    | settle_dues.SettleDues
    | accept.Accept
    | return_for_completion.ReturnForCompletion
    | refuse.Refuse
    | withdraw.Withdraw
    | expire.Expire
    | request_approval.RequestApproval
    | record_approval.RecordApproval
    | remind_body.RemindBody
    | schedule_inspection.ScheduleInspection
    | record_inspection.RecordInspection
    | confirm_rectification.ConfirmRectification
    | extend_rectification.ExtendRectification
    | request_civil_defence.RequestCivilDefence
    | record_civil_defence.RecordCivilDefence
    | remind_civil_defence.RemindCivilDefence
    | assess_fees.AssessFees
    | approve_fees.ApproveFees
    | return_fees.ReturnFees
    | record_payment.RecordPayment
    | void_receipt.VoidReceipt
    | refund.Refund
    | confirm_print.ConfirmPrint
    | order_copy.OrderCopy
    | deliver.Deliver
    | attach_document.AttachDocument
    | remove_document.RemoveDocument
)


@dataclass(frozen=True, slots=True)
class CommandKind:
    """A command's name on the wire, its type and its decision."""

    action: Action
    type: type[Any]
    decide: Callable[[Case, Any, Context], Outcome]

    def part(self, command: Command) -> str:
        """The part of a track that the command touches: the outside body on the approvals track, the document on that
        of the documents, else ""."""
        match row_of(self.action).track, command:
            case Track.APPROVALS, _:
                return str(getattr(command, "body", ""))
            case Track.DOCUMENTS, attach_document.AttachDocument(document=document):
                return document.digest
            case Track.DOCUMENTS, remove_document.RemoveDocument(digest=digest):
                return digest
        return ""


KINDS: tuple[CommandKind, ...] = (
    CommandKind(Action.SAVE_DRAFT, save_draft.SaveDraft, save_draft.decide),
    CommandKind(Action.LODGE, lodge.Lodge, lodge.decide),
    CommandKind(Action.ATTACH_DOCUMENT, attach_document.AttachDocument, attach_document.decide),
    CommandKind(Action.REMOVE_DOCUMENT, remove_document.RemoveDocument, remove_document.decide),
    CommandKind(Action.SETTLE_DUES, settle_dues.SettleDues, settle_dues.decide),
    CommandKind(Action.ACCEPT, accept.Accept, accept.decide),
    CommandKind(Action.RETURN, return_for_completion.ReturnForCompletion, return_for_completion.decide),
    CommandKind(Action.REFUSE, refuse.Refuse, refuse.decide),
    CommandKind(Action.WITHDRAW, withdraw.Withdraw, withdraw.decide),
    CommandKind(Action.EXPIRE, expire.Expire, expire.decide),
    CommandKind(Action.REQUEST_APPROVAL, request_approval.RequestApproval, request_approval.decide),
    CommandKind(Action.RECORD_APPROVAL, record_approval.RecordApproval, record_approval.decide),
    CommandKind(Action.REMIND_BODY, remind_body.RemindBody, remind_body.decide),
    CommandKind(Action.SCHEDULE_INSPECTION, schedule_inspection.ScheduleInspection, schedule_inspection.decide),
    CommandKind(Action.RECORD_INSPECTION, record_inspection.RecordInspection, record_inspection.decide),
    CommandKind(Action.CONFIRM_RECTIFICATION, confirm_rectification.ConfirmRectification, confirm_rectification.decide),
    CommandKind(Action.EXTEND_RECTIFICATION, extend_rectification.ExtendRectification, extend_rectification.decide),
    CommandKind(Action.REQUEST_CIVIL_DEFENCE, request_civil_defence.RequestCivilDefence, request_civil_defence.decide),
    CommandKind(Action.RECORD_CIVIL_DEFENCE, record_civil_defence.RecordCivilDefence, record_civil_defence.decide),
    CommandKind(Action.REMIND_CIVIL_DEFENCE, remind_civil_defence.RemindCivilDefence, remind_civil_defence.decide),
    CommandKind(Action.ASSESS_FEES, assess_fees.AssessFees, assess_fees.decide),
    CommandKind(Action.APPROVE_FEES, approve_fees.ApproveFees, approve_fees.decide),
    CommandKind(Action.RETURN_FEES, return_fees.ReturnFees, return_fees.decide),
    CommandKind(Action.RECORD_PAYMENT, record_payment.RecordPayment, record_payment.decide),
    CommandKind(Action.VOID_RECEIPT, void_receipt.VoidReceipt, void_receipt.decide),
    CommandKind(Action.REFUND, refund.Refund, refund.decide),
    CommandKind(Action.CONFIRM_PRINT, confirm_print.ConfirmPrint, confirm_print.decide),
    CommandKind(Action.ORDER_COPY, order_copy.OrderCopy, order_copy.decide),
    CommandKind(Action.DELIVER, deliver.Deliver, deliver.decide),
)

_BY_TYPE = {kind.type: kind for kind in KINDS}
_BY_ACTION = {kind.action: kind for kind in KINDS}


def kind_of(command: Command) -> CommandKind:
    """The kind of a command. Raises KeyError for what is no command."""
    return _BY_TYPE[type(command)]


def get_kind(action: Action) -> CommandKind:
    """The kind that goes by this name."""
    return _BY_ACTION[action]


def document_of(command: Command) -> Attachment | None:
    """The document that a command adds to its request, if any."""
    match command:
        case (
            attach_document.AttachDocument()
            | record_approval.RecordApproval()
            | record_civil_defence.RecordCivilDefence()
            | deliver.Deliver()
        ):
            return command.document
        case _:
            return None
