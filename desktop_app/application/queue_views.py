"""What the saved views of the queue hold: said once, for every store."""

from __future__ import annotations

from desktop_app.application.ports.queue import QueueView
from desktop_app.domain.request_status import ENDED, Status

_VIEW_OF: dict[Status, QueueView] = {
    Status.DRAFT: QueueView.NEW,
    Status.LODGED: QueueView.NEW,
    Status.DUES_OUTSTANDING: QueueView.NEW,
    Status.RETURNED: QueueView.NEW,
    Status.AWAITING_APPROVALS: QueueView.AWAITING_APPROVALS,
    Status.AWAITING_CIVIL_DEFENCE: QueueView.AWAITING_APPROVALS,
    Status.TO_SCHEDULE: QueueView.TO_SCHEDULE,
    Status.FEES_TO_ASSESS: QueueView.FEES_TO_ASSESS,
    Status.FEES_TO_APPROVE: QueueView.FEES_TO_APPROVE,
    Status.AWAITING_PAYMENT: QueueView.AWAITING_PAYMENT,
    Status.TO_ISSUE: QueueView.TO_DELIVER,
    Status.ISSUED: QueueView.TO_DELIVER,
    Status.PRINTED: QueueView.TO_DELIVER,
} | dict.fromkeys(ENDED, QueueView.ENDED)


def view_of(status: Status) -> QueueView:
    """The one narrowest view in which a request of this status stands; `ALL_OPEN` where no other is meant for it.

    `TODAYS_VISITS`, `LATE` and `ESCALATED` cut across: they depend on the day and the hour.
    """
    return _VIEW_OF.get(status, QueueView.ALL_OPEN)
