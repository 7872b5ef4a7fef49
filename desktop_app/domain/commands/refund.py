"""Cancel after payment: the money is given back, the licences are taken back, the request ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.issuing import take_back
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import PaymentState


@dataclass(frozen=True, slots=True)
class Refund:
    request_id: str
    reason: str


def decide(case: Case, command: Refund, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    receipt = request.payment.receipt
    assert receipt is not None
    if not command.reason.strip():
        return refused(message("reason.missing", "reason"))
    payment = replace(
        request.payment,
        state=PaymentState.REFUNDED,
        refund_reason=command.reason.strip(),
        refunded_by=context.actor.id,
        version=request.payment.version + 1,
    )
    # Their licences are closed: printed sheets stay in the ledger, and stand no more.
    issue = request.issue
    if issue.sheets:
        issue = replace(issue, sheets=(), taken_back=issue.all_sheets, version=issue.version + 1)
    return conclude(
        case,
        context,
        Action.REFUND,
        replace(request, payment=payment, issue=issue),
        licences=take_back(request, case),
        summary=message("history.refund_reason", amount=receipt.amount, reason=payment.refund_reason),
    )
