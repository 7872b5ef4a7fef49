"""The one pure function that derives a request's status from its tracks (domain.md, Tracks)."""

from __future__ import annotations

from desktop_app.domain.request import Request, Status
from desktop_app.domain.tracks import (
    ApprovalState,
    CivilDefenceState,
    DuesState,
    FeesState,
    IntakeState,
    IssueState,
    PaymentState,
    VisitState,
)

_ENDS_AT_INTAKE = {
    IntakeState.DRAFT: Status.DRAFT,
    IntakeState.RETURNED: Status.RETURNED,
    IntakeState.REFUSED: Status.REFUSED,
    IntakeState.WITHDRAWN: Status.WITHDRAWN,
    IntakeState.EXPIRED: Status.EXPIRED,
}
_AFTER_PAYMENT = {
    IssueState.TO_ISSUE: Status.TO_ISSUE,
    IssueState.ISSUED: Status.ISSUED,
    IssueState.PRINTED: Status.PRINTED,
    IssueState.DELIVERED: Status.DELIVERED,
}


def status_of(request: Request) -> Status:
    """The status, read in the order of the card: what is not yet done first decides."""
    if (early := _ENDS_AT_INTAKE.get(request.intake.state)) is not None:
        return early
    if request.intake.state is IntakeState.LODGED:
        held = request.dues.state is DuesState.OUTSTANDING
        return Status.DUES_OUTSTANDING if held else Status.LODGED
    if any(approval.state is ApprovalState.REFUSED for approval in request.approvals):
        return Status.REFUSED_BY_BODY
    if request.civil_defence.state is CivilDefenceState.REFUSED:
        return Status.REFUSED_BY_CIVIL_DEFENCE
    if request.payment.state is PaymentState.REFUNDED:
        return Status.REFUNDED
    if request.payment.state is PaymentState.PAID:
        return _AFTER_PAYMENT[request.issue.state]
    return _before_payment(request)


def _before_payment(request: Request) -> Status:
    if any(approval.state is not ApprovalState.APPROVED for approval in request.approvals):
        return Status.AWAITING_APPROVALS
    visit = request.visit
    if visit is None or visit.state in (VisitState.TO_SCHEDULE, VisitState.RECTIFIED):
        return Status.TO_SCHEDULE
    if visit.state is VisitState.SCHEDULED:
        return Status.INSPECTION_SCHEDULED
    if visit.state is VisitState.NON_COMPLIANT:
        return Status.RECTIFICATION
    if request.civil_defence.state in (CivilDefenceState.NEEDED, CivilDefenceState.REQUESTED):
        return Status.AWAITING_CIVIL_DEFENCE
    if request.fees.state in (FeesState.TO_ASSESS, FeesState.RETURNED):
        return Status.FEES_TO_ASSESS
    if request.fees.state is FeesState.ASSESSED:
        return Status.FEES_TO_APPROVE
    return Status.AWAITING_PAYMENT
