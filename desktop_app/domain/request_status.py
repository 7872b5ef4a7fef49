"""The words for where a request stands. `status.py` derives them; lists need them without a request's many parts."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a request stands, in one word; derived, never stored as truth."""

    DRAFT = "draft"
    LODGED = "lodged"
    DUES_OUTSTANDING = "dues_outstanding"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    AWAITING_APPROVALS = "awaiting_approvals"
    REFUSED_BY_BODY = "refused_by_body"
    TO_SCHEDULE = "to_schedule"
    INSPECTION_SCHEDULED = "inspection_scheduled"
    RECTIFICATION = "rectification"
    AWAITING_CIVIL_DEFENCE = "awaiting_civil_defence"
    REFUSED_BY_CIVIL_DEFENCE = "refused_by_civil_defence"
    FEES_TO_ASSESS = "fees_to_assess"
    FEES_TO_APPROVE = "fees_to_approve"
    AWAITING_PAYMENT = "awaiting_payment"
    TO_ISSUE = "to_issue"
    ISSUED = "issued"
    PRINTED = "printed"
    DELIVERED = "delivered"
    REFUNDED = "refunded"


ENDED = frozenset(
    {
        Status.REFUSED,
        Status.WITHDRAWN,
        Status.EXPIRED,
        Status.REFUSED_BY_BODY,
        Status.REFUSED_BY_CIVIL_DEFENCE,
        Status.DELIVERED,
        Status.REFUNDED,
    }
)
