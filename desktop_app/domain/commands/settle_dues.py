"""Release the dues hold: the owner paid electronically and shows the reference."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.actor import Role
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.dues import unpaid_dues
from desktop_app.domain.messages import message
from desktop_app.domain.money import Fils, total
from desktop_app.domain.tracks import DuesState


@dataclass(frozen=True, slots=True)
class SettleDues:
    """`amount` is what was paid, where the payment system says it: it must be all that is owed."""

    request_id: str
    payment_reference: str
    amount: Fils | None = None


def decide(case: Case, command: SettleDues, context: Context) -> Outcome:
    assert case.request is not None
    if not command.payment_reference.strip():
        return refused(message("dues.reference_missing", "payment_reference"))
    owed = total(tuple(due.amount for due in unpaid_dues(case)))
    paid = command.amount
    if (paid is None and context.actor.role is Role.REGISTRAR) or (paid is not None and paid != owed):
        return refused(message("payment.amount_differs", "amount", amount=paid or Fils(0), due=owed))
    reference = command.payment_reference.strip()
    earlier = case.request.dues.payment_reference
    known = {due.reference: due for due in (*case.request.dues.outstanding, *unpaid_dues(case))}
    dues = replace(
        case.request.dues,
        state=DuesState.SETTLED,
        outstanding=tuple(known.values()),
        payment_reference=f"{earlier}، {reference}" if earlier else reference,
        version=case.request.dues.version + 1,
    )
    return conclude(case, context, Action.SETTLE_DUES, replace(case.request, dues=dues))
