"""One complete command of each kind for a given request: lawful wherever the table allows it."""

from __future__ import annotations

import hashlib

from desktop_app.domain.actions import Action
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.approve_fees import ApproveFees
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.confirm_rectification import ConfirmRectification
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.expire import Expire
from desktop_app.domain.commands.extend_rectification import ExtendRectification
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
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
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.commands.void_receipt import VoidReceipt
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.copies import CopyReason
from desktop_app.domain.copying import copies_to_print, why_no_copy
from desktop_app.domain.dues import unpaid_dues
from desktop_app.domain.handover import Recipient, SignedHow
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY, awaited_letters, remind_from
from desktop_app.domain.money import Fils
from desktop_app.domain.money import total as sum_of
from desktop_app.domain.people import IdentityKind
from desktop_app.domain.tracks import ApprovalState, PaymentMethod
from tests.domain.builders import PARENT
from tests.domain.journey import Journey


def any_command(action: Action, walked: Journey) -> Command:
    """The command of this kind that fits where `walked` stands, or one that would fit elsewhere."""
    name, request = walked.id, walked.centre.requests.get(walked.id)
    bill = request.fees.calculation if request else None
    total = bill.total if bill else Fils(1)
    waiting = [one.body for one in (request.approvals if request else ()) if one.state is ApprovalState.REQUESTED]
    body = waiting[0] if waiting else "health"
    visit = request.visit if request else None
    letters = awaited_letters(request) if request else ()
    day = walked.centre.reference.calendar.add_working_days(walked.today, 3)
    serial = f"SN-{len(walked.centre.events)}"
    receipt = f"C-2026-08-K1-{len(walked.centre.events):05d}"
    match action:
        case Action.SAVE_DRAFT:
            return SaveDraft(name, f"K1-{name}", walked.content)
        case Action.LODGE:
            return Lodge(name, f"K1-{name}", walked.content)
        case Action.ATTACH_DOCUMENT:
            digest = hashlib.sha256(f"{name} {len(walked.centre.events)}".encode()).hexdigest()
            return AttachDocument(name, Attachment(digest, Requirement.TITLE_DEED, "سند.pdf", ContentType.PDF, 12_345))
        case Action.REMOVE_DOCUMENT:
            return RemoveDocument(name, request.documents[-1].digest if request and request.documents else "ab" * 32)
        case Action.SETTLE_DUES:
            return SettleDues(name, "E-1", sum_of(tuple(due.amount for due in unpaid_dues(walked.case))))
        case Action.ACCEPT:
            return Accept(name)
        case Action.RETURN:
            return ReturnForCompletion(name, "سبب")
        case Action.REFUSE:
            return Refuse(name, "سبب")
        case Action.WITHDRAW:
            return Withdraw(name, "سبب")
        case Action.EXPIRE:
            return Expire(name, "سبب")
        case Action.REQUEST_APPROVAL:
            unasked = [
                one.body for one in (request.approvals if request else ()) if one.state is ApprovalState.REQUIRED
            ]
            return RequestApproval(name, unasked[0] if unasked else body, "OUT-1", walked.today)
        case Action.RECORD_APPROVAL:
            return RecordApproval(name, body, True, "IN-1", walked.today, document=_scan(walked, body))
        case Action.REMIND_BODY:
            due = sorted(letters, key=lambda one: remind_from(one, walked.centre.reference))
            return RemindBody(name, due[0].body if due else body, "REM-1", walked.today)
        case Action.SCHEDULE_INSPECTION:
            return ScheduleInspection(name, "inspector", day, "noon")
        case Action.RECORD_INSPECTION:
            if request is None:
                from desktop_app.domain.commands.record_inspection import RecordInspection

                return RecordInspection(name, True, (), ())
            return walked.visit_record()
        case Action.CONFIRM_RECTIFICATION:
            return ConfirmRectification(name)
        case Action.EXTEND_RECTIFICATION:
            stands = visit.rectify_by if visit and visit.rectify_by else walked.today
            until = walked.centre.reference.calendar.add_working_days(max(stands, walked.today), 2)
            return ExtendRectification(name, until, "سبب")
        case Action.REQUEST_CIVIL_DEFENCE:
            return RequestCivilDefence(name, "CD-1", walked.today)
        case Action.RECORD_CIVIL_DEFENCE:
            scan = _scan(walked, CIVIL_DEFENCE_BODY)
            return RecordCivilDefence(name, True, "CD-IN-1", walked.today, document=scan)
        case Action.REMIND_CIVIL_DEFENCE:
            return RemindCivilDefence(name, "CD-REM-1", walked.today)
        case Action.ASSESS_FEES:
            return AssessFees(name)
        case Action.APPROVE_FEES:
            return ApproveFees(name, total)
        case Action.RETURN_FEES:
            return ReturnFees(name, "سبب")
        case Action.RECORD_PAYMENT:
            return RecordPayment(name, receipt, total, PaymentMethod.ELECTRONIC, "E-2")
        case Action.VOID_RECEIPT:
            return VoidReceipt(name, "سبب")
        case Action.REFUND:
            return Refund(name, "سبب")
        case Action.CONFIRM_PRINT:
            return _printed(walked, serial)
        case Action.ORDER_COPY:
            issued = [one.number for one in request.issue.licences] if request else []
            able = [number for number in issued if why_no_copy(walked.case, number) is None]
            return OrderCopy(name, (able or issued or [PARENT])[0], CopyReason.LOST)
        case Action.DELIVER:
            return Deliver(
                name,
                "أحمد",
                "9871012345",
                recipient=Recipient.APPLICANT,
                identity_kind=IdentityKind.NATIONAL_NUMBER,
                signed=SignedHow.DRAWN,
                ink="100,400 300,260 500,620;520,600 900,610",
            )


def _printed(walked: Journey, serial: str) -> ConfirmPrint:
    """The first fine sheet that is wanted: a certificate's, or a copy's. Where none is, a spoilt one."""
    request = walked.centre.requests.get(walked.id)
    fine = {(sheet.licence_number, sheet.copy) for sheet in request.issue.sheets if sheet.fine} if request else set()
    issued = [(one.number, 0) for one in request.issue.licences] if request else []
    copies = [(one.licence_number, one.count) for one in copies_to_print(request)] if request else []
    for number, copy in (*issued, *copies):
        if (number, copy) not in fine:
            return ConfirmPrint(walked.id, number, serial, fine=True, copy=copy)
    return ConfirmPrint(walked.id, issued[0][0] if issued else PARENT, serial, fine=not issued)


def _scan(walked: Journey, body: str) -> Attachment:
    digest = hashlib.sha256(f"{walked.id} {body} {len(walked.centre.events)}".encode()).hexdigest()
    return Attachment(digest, Requirement.APPROVAL_SCAN, "جواب.pdf", ContentType.PDF, 23_456, body)
