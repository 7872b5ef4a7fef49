"""The colour that goes with a request's status. The word always stands beside it."""

from __future__ import annotations

from desktop_app.domain.request_status import Status
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone

_TONES = {
    Status.DRAFT: Tone.MUTED,
    Status.LODGED: Tone.ACCENT,
    Status.DUES_OUTSTANDING: Tone.BLOCKED,
    Status.RETURNED: Tone.BLOCKED,
    Status.REFUSED: Tone.LATE,
    Status.WITHDRAWN: Tone.MUTED,
    Status.EXPIRED: Tone.MUTED,
    Status.AWAITING_APPROVALS: Tone.BLOCKED,
    Status.REFUSED_BY_BODY: Tone.LATE,
    Status.TO_SCHEDULE: Tone.ACCENT,
    Status.INSPECTION_SCHEDULED: Tone.ACCENT,
    Status.RECTIFICATION: Tone.BLOCKED,
    Status.AWAITING_CIVIL_DEFENCE: Tone.BLOCKED,
    Status.REFUSED_BY_CIVIL_DEFENCE: Tone.LATE,
    Status.FEES_TO_ASSESS: Tone.ACCENT,
    Status.FEES_TO_APPROVE: Tone.SOON,
    Status.AWAITING_PAYMENT: Tone.SOON,
    Status.TO_ISSUE: Tone.ACCENT,
    Status.ISSUED: Tone.DONE,
    Status.PRINTED: Tone.DONE,
    Status.DELIVERED: Tone.DONE,
    Status.REFUNDED: Tone.MUTED,
}

_REFUSED = frozenset({Status.REFUSED, Status.REFUSED_BY_BODY, Status.REFUSED_BY_CIVIL_DEFENCE})


def tone_of(status: Status) -> Tone:
    """Blocked: another's turn; soon: a decision is due; accent: work goes on; done, late: an end."""
    return _TONES[status]


def icon_of(status: Status) -> Icon | None:
    """The icon where the tone's own would say something else."""
    return Icon.REFUSED if status in _REFUSED else None
