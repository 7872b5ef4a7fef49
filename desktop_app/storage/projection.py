"""Facts as rows: what of each is laid open in columns for lists, counts and search. The whole fact stays in `body`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_app.application.lateness import due_of
from desktop_app.application.queue_views import view_of
from desktop_app.domain.calendar import WorkingCalendar
from desktop_app.domain.deciding import Booking
from desktop_app.domain.duplicates import look_alike_keys
from desktop_app.domain.forecast import escalates_at
from desktop_app.domain.history import Event
from desktop_app.domain.letters import awaited_letters
from desktop_app.domain.licence import Licence
from desktop_app.domain.notices import Notice
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.waiting import desk_of
from desktop_app.storage.instants import NEVER, to_text
from desktop_app.storage.words import indexed
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import EVERYWHERE, FactKind, StoredOutcome, StoredPaper

Row = dict[str, Any]

_NO_RIVAL = ENDED | {Status.DRAFT, Status.ISSUED, Status.PRINTED}
_WITH_LODGER = (Status.DRAFT, Status.LODGED, Status.DUES_OUTSTANDING, Status.RETURNED)
_WITH_ASSESSOR = (Status.FEES_TO_APPROVE, Status.AWAITING_PAYMENT)


def request_row(request: Request, body: bytes, trade_name: str, calendar: WorkingCalendar) -> Row:
    """`trade_name` is the parent licence's."""
    status = status_of(request)
    due = due_of(request, calendar)
    visit = request.visit
    keys = look_alike_keys(request)
    escalates = escalates_at(request, calendar)
    return {
        "id": request.id,
        "number": request.shown_number,
        "branch": request.branch,
        "status": status.value,
        "queue": view_of(status).value,
        "desk": desk_of(request).value,
        "is_open": int(status not in ENDED),
        "due": to_text(due.at) if due.at else NEVER,
        "paused": int(due.paused),
        "counts": int(due.counts),
        "applicant_ar": request.applicant.person.name_ar,
        "parent_number": request.plan.parent_number,
        "holds_parent": int(status not in _NO_RIVAL),
        "trade_name": trade_name,
        "holder": _holder(request, status),
        "lodged_at": to_text(request.intake.lodged_at) if request.intake.lodged_at else None,
        "visit_day": visit.day.isoformat() if visit and visit.day else None,
        "visit_inspector": visit.inspector if visit else "",
        "visit_window": visit.window if visit else "",
        "words": indexed(
            request.branch,
            request.number or "",
            request.reference,
            request.applicant.person.name_ar,
            request.applicant.person.identity.number,
            request.plan.parent_number,
            trade_name,
            *(child.trade_name for child in request.plan.children),
        ),
        "body": body,
        "deed_key": keys.title_deed,
        "identity_key": keys.identity,
        "name_key": keys.name,
        "from_portal": int(request.from_portal),
        "letter_day": next((one.since.isoformat() for one in awaited_letters(request)), None),
        "escalates": to_text(escalates) if escalates else None,
        "sheets": len(request.issue.all_sheets),
    }


def _holder(request: Request, status: Status) -> str:
    """The login of whoever has the request in hand, where the tracks name one."""
    if status is Status.INSPECTION_SCHEDULED and request.visit:
        return request.visit.inspector
    if status in _WITH_LODGER:
        return request.intake.lodged_by
    return request.fees.assessed_by if status in _WITH_ASSESSOR else ""


def licence_row(body: bytes) -> Row:
    licence = decode(body, Licence)
    return {
        "number": licence.number,
        "branch": licence.district,
        "status": licence.status.value,
        "trade_name": licence.trade_name,
        "holder_ar": licence.holder.name_ar,
        "area": int(licence.area),
        "parent_number": licence.parent_number,
        "made_by": licence.made_by_request,
        "words": indexed(
            licence.district,
            licence.number,
            licence.trade_name,
            licence.holder.name_ar,
            licence.holder.identity.number,
        ),
        "body": body,
    }


def event_row(body: bytes) -> Row:
    event = decode(body, Event)
    return {
        "id": event.id,
        "request_id": event.request_id,
        "branch": event.branch,
        "at": to_text(event.at),
        "body": body,
    }


def notice_row(body: bytes) -> Row:
    notice = decode(body, Notice)
    return {
        "id": notice.id,
        "request_id": notice.request_id,
        "branch": notice.branch,
        "at": to_text(notice.made_at),
        "words": indexed(notice.branch, notice.to, notice.text_ar, *(str(value) for _, value in notice.args)),
        "body": body,
    }


def paper_row(body: bytes) -> Row:
    paper = decode(body, StoredPaper)
    return {
        "id": paper.id,
        "kind": paper.kind,
        "number": paper.number,
        "request_id": paper.request_id,
        "branch": paper.branch,
        "at": to_text(paper.drawn_at),
        "body": body,
    }


def outcome_row(body: bytes) -> Row:
    outcome = decode(body, StoredOutcome)
    return {"id": outcome.id, "request_id": outcome.request_id, "branch": outcome.branch, "body": body}


def booking_row(body: bytes) -> Row:
    booking = decode(body, Booking)
    return {"id": booking.request_id, "branch": EVERYWHERE, "day": booking.day.isoformat(), "body": body}


ROW_OF: dict[FactKind, Callable[[bytes], Row]] = {
    FactKind.LICENCE: licence_row,
    FactKind.EVENT: event_row,
    FactKind.NOTICE: notice_row,
    FactKind.PAPER: paper_row,
    FactKind.OUTCOME: outcome_row,
    FactKind.BOOKING: booking_row,
}
"""How the facts that need nothing but themselves become rows."""
