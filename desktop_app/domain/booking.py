"""The booking that a request holds, and whether a visit can be booked: working day, not past, window with room, an
inspector of the branch."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.actor import Role
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.deciding import Booking, Case, Context
from desktop_app.domain.messages import Findings, message
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of


def booking_of(request: Request) -> Booking | None:
    """What the request takes of an inspector's time: its current visit from when it is booked until it is held, or
    until the request ends without it."""
    visit = request.visit
    if visit is None or visit.day is None or status_of(request) is not Status.INSPECTION_SCHEDULED:
        return None
    return Booking(visit.inspector, visit.day, visit.window, request.id)


def check_booking(case: Case, inspector: str, day: date, window: str, context: Context) -> Findings:
    """Every reason against the booking. `case.bookings` must hold those of `day`; a request's own do not count."""
    assert case.request is not None
    refusals = []
    if day < context.today:
        refusals.append(message("booking.day_past", "day", day=day))
    elif not context.reference.calendar.is_working_day(day):
        refusals.append(message("booking.not_a_working_day", "day", day=day))
    known = context.reference.find_window(window)
    if known is None:
        refusals.append(message("booking.window_unknown", "window"))
    elif day == context.today and known.ends <= f"{context.now.astimezone(AMMAN):%H:%M}":
        refusals.append(message("booking.window_past", "window", ends=known.ends))
    person = next((one for one in case.inspectors if one.id == inspector), None)
    if person is None or person.role is not Role.INSPECTOR or not person.serves(case.request.branch):
        refusals.append(message("booking.inspector_unknown", "inspector"))
    if known is not None:
        taken = sum(
            1
            for booking in case.bookings
            if (booking.inspector, booking.day, booking.window) == (inspector, day, window)
            and booking.request_id != case.request.id
        )
        if taken >= known.capacity:
            refusals.append(message("booking.window_full", "window", capacity=known.capacity))
    return Findings(tuple(refusals))
