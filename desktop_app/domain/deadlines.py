"""The day by which an applicant must have acted, wherever it is the applicant's turn."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.dated_rows import Period
from desktop_app.domain.dated_tables import period_on
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import FeesState, IntakeState, VisitState


def find_last_day(request: Request, reference: Reference) -> date | None:
    """The last day (Amman) for completing a returned request, putting right what a visit found, or paying; None where
    no such day runs. Payment counts in working days from the approval of the fees, anew after a voided receipt."""
    if request.intake.state is IntakeState.RETURNED:
        return request.intake.answer_by
    if request.visit is not None and request.visit.state is VisitState.NON_COMPLIANT:
        return request.visit.rectify_by
    if request.fees.state is FeesState.APPROVED and request.fees.approved_at is not None:
        voided = (receipt.voided_at for receipt in request.payment.receipts if receipt.voided_at)
        due_since = max((request.fees.approved_at, *voided)).astimezone(AMMAN).date()
        return reference.calendar.add_working_days(due_since, period_on(reference, Period.PAYMENT, due_since))
    return None
