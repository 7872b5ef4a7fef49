"""How every accepted decision ends: clock set, reservation given back where the request ended, history written."""

from __future__ import annotations

from desktop_app.domain.actions import Action
from desktop_app.domain.deciding import Case, Context, Outcome, PaperOrder
from desktop_app.domain.history import Event
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import Message, message
from desktop_app.domain.notices import Notice
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.waiting import with_clock

ENDS_WITHOUT_ISSUE = frozenset(
    {
        Status.REFUSED,
        Status.WITHDRAWN,
        Status.EXPIRED,
        Status.REFUSED_BY_BODY,
        Status.REFUSED_BY_CIVIL_DEFENCE,
        Status.REFUNDED,
    }
)


def conclude(
    case: Case,
    context: Context,
    action: Action,
    request: Request,
    *,
    licences: tuple[Licence, ...] = (),
    notices: tuple[Notice, ...] = (),
    papers: tuple[PaperOrder, ...] = (),
    warnings: tuple[Message, ...] = (),
    summary: Message | None = None,
) -> Outcome:
    """The outcome of an accepted `action` that leaves `request` as given.

    Where the request ended without issue, what it held of the parent is given back here, whatever ended it.
    """
    request = with_clock(request, context.now)
    after = status_of(request)
    given_back = None
    if after in ENDS_WITHOUT_ISSUE:
        licences = _released(case, request, licences)
        given_back = _given_back(case, licences)
    return Outcome(
        request=request,
        licences=licences,
        notices=notices,
        papers=papers,
        warnings=warnings,
        event=Event(
            id=context.command_id,
            request_id=request.id,
            branch=request.branch,
            at=context.now,
            made_at=context.made_at,
            by=context.actor.id,
            by_name=context.actor.name_ar,
            role=context.actor.role,
            device=context.device,
            action=action.value,
            before=status_of(case.request) if case.request else None,
            after=after,
            summary=summary,
            given_back=given_back,
        ),
    )


def _released(case: Case, request: Request, licences: tuple[Licence, ...]) -> tuple[Licence, ...]:
    parent = next((licence for licence in licences if licence.number == request.plan.parent_number), case.parent)
    if parent is None:
        return licences
    freed = parent.without_reservation(request.id)
    if freed == parent:
        return licences
    return (freed, *(licence for licence in licences if licence.number != parent.number))


def _given_back(case: Case, licences: tuple[Licence, ...]) -> Message | None:
    """What of the parent is free again that was not: a reservation, or after a refund what had been split off."""
    before = case.parent
    after = next((one for one in licences if before is not None and one.number == before.number), None)
    if before is None or after is None or after.free_area <= before.free_area:
        return None
    return message("history.given_back", area=after.free_area - before.free_area, number=before.number)
