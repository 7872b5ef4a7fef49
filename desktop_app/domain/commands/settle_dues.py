"""Release the dues hold: the owner paid electronically and shows the reference."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.dues import unpaid_dues
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import DuesState


@dataclass(frozen=True, slots=True)
class SettleDues:
    request_id: str
    payment_reference: str


def decide(case: Case, command: SettleDues, context: Context) -> Outcome:
    assert case.request is not None
    if not command.payment_reference.strip():
        return refused(message("dues.reference_missing", "payment_reference"))
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
