"""Visits for the calendar: booked ones by day, and those that wait to be booked."""

from __future__ import annotations

from datetime import date

from desktop_app.application.ports.queries import VisitRow
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import VisitState
from desktop_app.storage.reading import ReplicaReads
from desktop_app.wire.codec import decode

_UNBOOKED = (VisitState.TO_SCHEDULE, VisitState.RECTIFIED)
_BOOKED = """
SELECT body, trade_name FROM request INDEXED BY request_visit
WHERE visit_day IS NOT NULL AND visit_day BETWEEN ? AND ? ORDER BY visit_day, visit_window, visit_inspector, id
"""
_TO_BOOK = "SELECT body, trade_name FROM request INDEXED BY request_by_status WHERE status = ? ORDER BY due, id"


def visits_between(reads: ReplicaReads, first: date, last: date) -> tuple[VisitRow, ...]:
    """Booked and held visits of these local days, both inclusive; not those of requests that ended before the visit."""
    rows = reads.driver.execute(_BOOKED, (first.isoformat(), last.isoformat())).fetchall()
    visits = (_visit(reads, decode(body, Request), trade_name) for body, trade_name in rows)
    return tuple(visit for visit in visits if visit is not None and visit.day is not None)


def visits_to_book(reads: ReplicaReads) -> tuple[VisitRow, ...]:
    """Earliest due first."""
    rows = reads.driver.execute(_TO_BOOK, (Status.TO_SCHEDULE.value,)).fetchall()
    visits = (_visit(reads, decode(body, Request), trade_name) for body, trade_name in rows)
    return tuple(visit for visit in visits if visit is not None)


def _visit(reads: ReplicaReads, request: Request, trade_name: str) -> VisitRow | None:
    visit, status = request.visit, status_of(request)
    if visit is None or (status in ENDED and visit.held_at is None):
        return None
    booked = visit.state not in _UNBOOKED
    parent = reads.find_licence(request.plan.parent_number)
    return VisitRow(
        request_id=request.id,
        number=request.shown_number,
        applicant_ar=request.applicant.person.name_ar,
        trade_name=trade_name,
        address_ar=parent.address_ar if parent else "",
        branch=request.branch,
        ordinal=visit.ordinal,
        inspector=visit.inspector if booked else "",
        day=visit.day if booked else None,
        window=visit.window if booked else "",
        status=status,
    )
