"""A request at a glance: what the preview beside the queue shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.application.ports.queries import RequestView
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.texts import name_of
from desktop_app.texts.clock_words import date_and_time
from desktop_app.texts.quantities import area, code, digits
from desktop_app.ui.promise import Promise, promise_of
from desktop_app.ui.request.clock_shown import ClockShown, clock_shown
from desktop_app.ui.request.happened import said_of
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.request.steps import step_now, title_of


@dataclass(frozen=True, slots=True)
class Glance:
    """Words, ready to show. `units` are the new licences: name, area and vocations."""

    id: str
    number: str
    status: Status
    applicant: str
    mobile: str
    parent: str
    trade_name: str
    address: str
    district: str
    step: str
    promise: Promise
    units: tuple[tuple[str, str, str], ...]
    last: str
    last_when: str
    pending: int
    refused: bool
    from_portal: bool = False
    clock: ClockShown = field(default_factory=ClockShown)


def glance_at(view: RequestView, naming: Naming, now: datetime) -> Glance:
    request = view.request
    step = step_now(request)
    last = max(reversed(view.history), key=lambda event: event.at, default=None)
    return Glance(
        id=request.id,
        number=code(request.shown_number),
        status=status_of(request),
        applicant=request.applicant.person.name_ar,
        mobile=code(request.applicant.mobile),
        parent=code(request.plan.parent_number),
        trade_name=view.parent.trade_name if view.parent else "",
        address=digits(view.parent.address_ar) if view.parent else "",
        district=naming.district(request.branch),
        step=title_of(step) if step else name_of(status_of(request)),
        promise=promise_of(request.clock, naming.reference.calendar, now),
        units=tuple(
            (child.trade_name, area(child.area), naming.vocations(child.all_vocations))
            for child in request.plan.children
        ),
        last=said_of(last) if last else "",
        last_when=date_and_time(last.at) if last else "",
        pending=view.pending,
        refused=bool(view.refusals),
        from_portal=request.from_portal,
        clock=clock_shown(request, naming.reference.calendar, now),
    )
