"""Take the payment. At the centre the licences are issued in the same decision (the card's eighth notice)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.actor import Role
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.identifiers import is_receipt_number, is_receipt_of
from desktop_app.domain.issuing import issue
from desktop_app.domain.messages import message
from desktop_app.domain.money import Fils
from desktop_app.domain.notices import NoticeKind, notice
from desktop_app.domain.split import REMAINDER
from desktop_app.domain.tracks import PaymentMethod, PaymentState, Receipt


@dataclass(frozen=True, slots=True)
class RecordPayment:
    """`receipt_number` is of the device's own series ("" while the workstation has not taken one from it, and for the
    e-payment channel, whose series is the centre's); `reference` belongs to a card or electronic payment."""

    request_id: str
    receipt_number: str
    amount: Fils
    method: PaymentMethod
    reference: str = ""


def decide(case: Case, command: RecordPayment, context: Context) -> Outcome:
    request, parent = case.request, case.parent
    assert request is not None
    bill = request.fees.calculation
    assert bill is not None
    if parent is None:
        return refused(message("parent.unknown"))
    if command.amount != bill.total:
        return refused(message("payment.amount_differs", "amount", amount=command.amount, due=bill.total))
    if command.method is not PaymentMethod.CASH and not command.reference.strip():
        return refused(message("payment.reference_missing", "reference"))
    if context.actor.role is Role.REGISTRAR and command.method is not PaymentMethod.ELECTRONIC:
        return refused(message("payment.channel_is_electronic", "method"))
    at_a_till = context.actor.role is not Role.REGISTRAR
    number = command.receipt_number
    if not number and not at_a_till:
        number = context.numbers.receipt_number(context.today.year, request.branch) or ""
    numbered = bool(number) or context.numbers.final
    if numbered and not is_receipt_number(number):
        return refused(message("payment.receipt_number_form", "receipt_number"))
    if numbered and at_a_till and not is_receipt_of(number, context.device):
        return refused(message("payment.receipt_number_form", "receipt_number"))
    used = any(one.number == number for one in request.payment.receipts)
    if used or (numbered and not context.numbers.take_receipt(number, request.id)):
        return refused(message("payment.receipt_number_used", "receipt_number", receipt=number))
    receipt = Receipt(
        number=number,
        amount=command.amount,
        method=command.method,
        reference=command.reference.strip(),
        cashier=context.actor.id,
        device=context.device,
        taken_at=context.happened_at,
    )
    payment = replace(
        request.payment,
        state=PaymentState.PAID,
        receipts=(*request.payment.receipts, receipt),
        version=request.payment.version + 1,
    )
    paid = replace(request, payment=payment)
    summary = message("history.payment", receipt=receipt.number, amount=receipt.amount)
    if not context.numbers.final:
        return conclude(case, context, Action.RECORD_PAYMENT, paid, summary=summary)
    issued, licences, papers = issue(paid, parent, receipt, context)
    numbers = "، ".join(one.number for one in issued.issue.licences if one.unit != REMAINDER)
    told = notice(
        issued,
        NoticeKind.LICENCE_ISSUED,
        str(issued.issue.version),
        context.now,
        number=issued.shown_number,
        licences=numbers,
    )
    return conclude(
        case,
        context,
        Action.RECORD_PAYMENT,
        issued,
        licences=licences,
        notices=(told,),
        papers=papers,
        summary=summary,
    )
