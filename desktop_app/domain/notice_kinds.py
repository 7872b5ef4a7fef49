"""Which notices there are, and in which languages."""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """In the order of the card's procedure (domain.md, Notices)."""

    ACCEPTED = "accepted"
    APPROVAL_NEEDED = "approval_needed"
    BODY_REFUSED = "body_refused"
    INSPECTION_SCHEDULED = "inspection_scheduled"
    CONDITIONS_UNMET = "conditions_unmet"
    CIVIL_DEFENCE_REFUSED = "civil_defence_refused"
    FEES_DUE = "fees_due"
    LICENCE_ISSUED = "licence_issued"


class NoticeLanguage(StrEnum):
    """In which language an applicant is told."""

    ARABIC = "ar"
    ENGLISH = "en"
