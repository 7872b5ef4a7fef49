"""What an applicant is to be told of, read off a request before and after a decision: from the card, and from nothing
that makes notices."""

from __future__ import annotations

from collections import Counter

from desktop_app.domain.notices import NoticeKind
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import ApprovalState, CivilDefenceState, FeesState, IntakeState, IssueState, VisitState

Occasion = tuple[NoticeKind, str]
"""The kind, and the body that it is about ("" where it is about none)."""


def occasions(before: Request | None, after: Request, reference: Reference) -> Counter[Occasion]:
    """Every occasion of this decision, as often as it is one."""
    found: Counter[Occasion] = Counter()
    if after.intake.state is IntakeState.ACCEPTED and _intake(before) is not IntakeState.ACCEPTED:
        found[NoticeKind.ACCEPTED, ""] += 1
        for body in _bodies_that_must_agree(after, reference):
            found[NoticeKind.APPROVAL_NEEDED, body] += 1
    for approval in after.approvals:
        earlier = before.find_approval(approval.body) if before else None
        if approval.state is ApprovalState.REFUSED and (earlier is None or earlier.state is not ApprovalState.REFUSED):
            found[NoticeKind.BODY_REFUSED, approval.body] += 1
    refused = CivilDefenceState.REFUSED
    if after.civil_defence.state is refused and (before is None or before.civil_defence.state is not refused):
        found[NoticeKind.CIVIL_DEFENCE_REFUSED, ""] += 1
    if _agreed(after) != _agreed(before) and _agreed(after) is not None:
        found[NoticeKind.INSPECTION_SCHEDULED, ""] += 1
    if _to_rectify(after) != _to_rectify(before) and _to_rectify(after) is not None:
        found[NoticeKind.CONDITIONS_UNMET, ""] += 1
    if after.fees.state is FeesState.APPROVED and (before is None or before.fees.state is not FeesState.APPROVED):
        found[NoticeKind.FEES_DUE, ""] += 1
    unissued = IssueState.TO_ISSUE  # and so it is again where a receipt is voided
    if after.issue.state is not unissued and (before is None or before.issue.state is unissued):
        found[NoticeKind.LICENCE_ISSUED, ""] += 1
    return found


def _intake(request: Request | None) -> IntakeState | None:
    return request.intake.state if request else None


def _bodies_that_must_agree(request: Request, reference: Reference) -> set[str]:
    wanted = {code for child in request.plan.children for code in (*child.vocations, *child.added_vocations)}
    return {body for vocation in reference.vocations if vocation.code in wanted for body in vocation.bodies}


def _agreed(request: Request | None) -> tuple[object, ...] | None:
    """Which visit is to be on which day in which window."""
    visit = request.visit if request else None
    return (visit.ordinal, visit.day, visit.window) if visit is not None and visit.day is not None else None


def _to_rectify(request: Request | None) -> tuple[object, ...] | None:
    """After which visit conditions are to be met, and until when."""
    visit = request.visit if request else None
    return (visit.ordinal, visit.rectify_by) if visit is not None and visit.state is VisitState.NON_COMPLIANT else None
