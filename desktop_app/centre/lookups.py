"""What a fact is looked up by: columns beside its body, derived from it by the domain's own functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.actor import Actor
from desktop_app.domain.booking import booking_of
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY
from desktop_app.domain.licence import Licence
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import ApprovalState, CivilDefenceState
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import TYPE_OF, FactKind, StoredOutcome, StoredPaper

_NO_RIVALS = ENDED | {Status.DRAFT, Status.ISSUED, Status.PRINTED}


@dataclass(frozen=True, slots=True)
class Lookup:
    """`awaits` are the outside bodies whose answer is awaited, or to which a letter went; `made_by` is the request that
    made a licence, or that a letter is of; `device` the one whose command an outcome is of,
    `role` that of a member of staff who is active."""

    parent_number: str | None = None
    made_by: str | None = None
    is_open: bool | None = None
    booked_day: date | None = None
    awaits: tuple[str, ...] | None = None
    device: str | None = None
    role: str | None = None


def lookup_of(kind: FactKind, body: bytes | None) -> Lookup:
    """Nothing for a fact that is no more. Raises MalformedError for a body that is not of its kind."""
    value: object = decode(body, TYPE_OF[kind]) if body is not None else None
    match value:
        case Request():
            return _of_request(value)
        case Licence():
            return Lookup(parent_number=value.parent_number, made_by=value.made_by_request)
        case Actor():
            return Lookup(role=value.role.value if value.active else None)
        case StoredPaper() if value.part:
            return Lookup(made_by=value.request_id, awaits=(value.part,))
        case StoredOutcome():
            return Lookup(device=value.device)
        case _:
            return Lookup()


def _of_request(request: Request) -> Lookup:
    status = status_of(request)
    is_open = status not in _NO_RIVALS
    booking = booking_of(request)
    return Lookup(
        parent_number=request.plan.parent_number,
        is_open=is_open,
        booked_day=booking.day if booking else None,
        awaits=bodies_awaited(request),
    )


def bodies_awaited(request: Request) -> tuple[str, ...]:
    """The outside bodies whose officers may see this request now (`permissions.may_see` for one of them)."""
    match status_of(request):
        case Status.AWAITING_APPROVALS:
            return tuple(one.body for one in request.approvals if one.state is ApprovalState.REQUESTED)
        case Status.AWAITING_CIVIL_DEFENCE if request.civil_defence.state is CivilDefenceState.REQUESTED:
            return (CIVIL_DEFENCE_BODY,)
        case _:
            return ()
