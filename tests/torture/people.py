"""What people do at a workstation: some command that the request in front of them may lawfully get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from desktop_app.domain.actions import TABLE, Action, may_ever
from desktop_app.domain.actor import Actor
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.approve_fees import ApproveFees
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.confirm_rectification import ConfirmRectification
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.extend_rectification import ExtendRectification
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.domain.commands.remind_body import RemindBody
from desktop_app.domain.commands.remind_civil_defence import RemindCivilDefence
from desktop_app.domain.commands.remove_document import RemoveDocument
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.commands.request_civil_defence import RequestCivilDefence
from desktop_app.domain.commands.return_fees import ReturnFees
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.copies import CopyReason
from desktop_app.domain.money import Fils
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import ApprovalState, Finding, MeasuredUnit, PaymentMethod
from desktop_app.domain.visiting import checklist_for

_ENDINGS = {Action.REFUSE, Action.WITHDRAW, Action.EXPIRE, Action.REFUND, Action.VOID_RECEIPT, Action.RETURN}
"""Rare, or every request would end before it has come far."""
_NOT_HERE = {Action.SAVE_DRAFT, Action.LODGE, Action.EXPIRE}


def some_command(
    chance: Random, actor: Actor, request: Request, reference: Reference, today: date, receipt: Callable[[], str]
) -> Command | None:
    """A command that role and status allow, or None; the rules may still refuse it."""
    status = status_of(request)
    rows = [row.action for row in TABLE if status in row.statuses and may_ever(actor, row.action)]
    rows = [action for action in rows if action not in _NOT_HERE]
    if not rows:
        return None
    weights = [1 if action in _ENDINGS else 8 for action in rows]
    (action,) = chance.choices(rows, weights)
    return _command(action, chance, request, reference, today, receipt)


def _command(
    action: Action, chance: Random, request: Request, reference: Reference, today: date, receipt: Callable[[], str]
) -> Command | None:
    name, fine = request.id, chance.random() < 0.9
    bill = request.fees.calculation
    total = bill.total if bill else Fils(1)
    match action:
        case Action.ATTACH_DOCUMENT:
            digest = f"{chance.getrandbits(256):064x}"
            return AttachDocument(name, Attachment(digest, Requirement.OTHER, "وثيقة", ContentType.PDF, 1000))
        case Action.REMOVE_DOCUMENT:
            return RemoveDocument(name, chance.choice(request.documents).digest) if request.documents else None
        case Action.SETTLE_DUES:
            return SettleDues(name, f"EP-{chance.randrange(1000)}")
        case Action.ACCEPT:
            return Accept(name)
        case Action.RETURN:
            return ReturnForCompletion(name, "سند ناقص")
        case Action.REFUSE:
            return Refuse(name, "مخالفة التنظيم")
        case Action.WITHDRAW:
            return Withdraw(name, "بطلب صاحب العلاقة")
        case Action.REQUEST_APPROVAL:
            return RequestApproval(name, _body(chance, request, ApprovalState.REQUIRED), "OUT-1", today)
        case Action.RECORD_APPROVAL:
            body = _body(chance, request, ApprovalState.REQUESTED)
            return RecordApproval(name, body, fine, "IN-1", today, "" if fine else "لا تتحقق الشروط")
        case Action.REMIND_BODY:
            return RemindBody(name, _body(chance, request, ApprovalState.REQUESTED), "REM-1", today)
        case Action.SCHEDULE_INSPECTION:
            day = reference.calendar.add_working_days(today, chance.randint(1, 2))
            return ScheduleInspection(name, chance.choice(["inspector", "inspector-2"]), day, "noon")
        case Action.RECORD_INSPECTION:
            return _visit(request, reference, compliant=fine)
        case Action.CONFIRM_RECTIFICATION:
            return ConfirmRectification(name)
        case Action.EXTEND_RECTIFICATION:
            stands = request.visit.rectify_by if request.visit and request.visit.rectify_by else today
            return ExtendRectification(name, reference.calendar.add_working_days(max(stands, today), 2), "سبب")
        case Action.REQUEST_CIVIL_DEFENCE:
            return RequestCivilDefence(name, "CD-1", today)
        case Action.RECORD_CIVIL_DEFENCE:
            return RecordCivilDefence(name, fine, "CD-IN-1", today, "" if fine else "لا يوجد مخرج طوارئ")
        case Action.REMIND_CIVIL_DEFENCE:
            return RemindCivilDefence(name, "CD-REM-1", today)
        case Action.ASSESS_FEES:
            return AssessFees(name)
        case Action.APPROVE_FEES:
            return ApproveFees(name, total)
        case Action.RETURN_FEES:
            return ReturnFees(name, "سبب")
        case Action.RECORD_PAYMENT:
            return RecordPayment(name, receipt(), total, PaymentMethod.CASH)
        case Action.VOID_RECEIPT:
            return VoidReceipt(name, "خطأ في المبلغ")
        case Action.REFUND:
            return Refund(name, "عدول")
        case Action.CONFIRM_PRINT:
            pages = [(one.number, 0) for one in request.issue.licences]
            pages += [(one.licence_number, one.count) for one in request.issue.copies]
            number, copy = chance.choice(pages) if pages else ("", 0)
            return ConfirmPrint(name, number, f"SN-{number}-{copy}", fine, copy=copy)
        case Action.ORDER_COPY:
            licences = request.issue.licences
            return OrderCopy(name, chance.choice(licences).number if licences else "", CopyReason.LOST)
        case Action.DELIVER:
            return Deliver(name, "أحمد", "9871012345")
    return None


def _body(chance: Random, request: Request, state: ApprovalState) -> str:
    fitting = [one.body for one in request.approvals if one.state is state]
    return chance.choice(fitting) if fitting else "health"


def _visit(request: Request, reference: Reference, *, compliant: bool) -> RecordInspection:
    findings = tuple(
        Finding(item.code, met=compliant or at > 0, rectify="" if compliant or at > 0 else "فتح المخارج")
        for at, item in enumerate(checklist_for(request, reference))
    )
    measured = tuple(MeasuredUnit(child.key, child.area) for child in request.plan.children)
    return RecordInspection(request.id, compliant, findings, measured)
