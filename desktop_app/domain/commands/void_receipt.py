"""Void a receipt that was written wrongly: the licences are taken back and payment is due again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.issuing import take_back
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import IssueState, PaymentState


@dataclass(frozen=True, slots=True)
class VoidReceipt:
    request_id: str
    reason: str


def decide(case: Case, command: VoidReceipt, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    receipt = request.payment.receipt
    assert receipt is not None
    if not command.reason.strip():
        return refused(message("reason.missing", "reason"))
    voided = replace(receipt, voided_by=context.actor.id, void_reason=command.reason.strip(), voided_at=context.now)
    payment = replace(
        request.payment,
        state=PaymentState.VOIDED,
        receipts=tuple(voided if one.number == voided.number else one for one in request.payment.receipts),
        version=request.payment.version + 1,
    )
    licences = take_back(request, case)
    if licences:
        whole, *children = licences
        held = request.plan.reservation(request.id, request.shown_number)
        licences = (replace(whole, reservations=(*whole.reservations, held)), *children)
    issue = replace(
        request.issue,
        state=IssueState.TO_ISSUE,
        sheets=(),
        taken_back=request.issue.all_sheets,
        version=request.issue.version + 1,
    )
    return conclude(
        case,
        context,
        Action.VOID_RECEIPT,
        replace(request, payment=payment, issue=issue),
        licences=licences,
        summary=message("history.receipt_voided_reason", receipt=receipt.number, reason=voided.void_reason),
    )
