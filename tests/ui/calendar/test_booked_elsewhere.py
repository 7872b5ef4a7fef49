"""What another branch booked of an inspector's time takes room in the calendar, and is not named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.domain.deciding import Booking
from desktop_app.ui.calendar.screen import CalendarScreen
from desktop_app.ui.calendar.view import CalendarWidget
from desktop_app.ui.calendar.week import Slot
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.workplaces import TestWorkplace, make_workplace

DAY = date(2026, 3, 5)
FULL = Slot("inspector", DAY, "noon")
FREE = Slot("inspector-2", DAY, "noon")
ELSEWHERE = "محجوز في منطقة أخرى"


@pytest.fixture
def calendar(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> CalendarWidget:
    """Two visits of branch 9 lie in one window of the week; it has room for two."""
    workplace: TestWorkplace = make_workplace(tmp_path, online=True)
    for request_id in ("r901", "r902"):
        booking = Booking(FULL.inspector, FULL.day, FULL.window, request_id)
        workplace.centre.publish(FactKind.BOOKING, request_id, EVERYWHERE, encode(booking))
    workplace.runner.run_once()
    screen = CalendarScreen(Ports(workplace, background, messages, lambda route: True))
    waiting = workplace.queries.visits_to_book()[0].request_id
    screen.activate(Route("calendar", {"id": waiting}))
    view = screen.widget()
    assert isinstance(view, CalendarWidget)
    shown(view)
    return view


def test_visits_of_another_branch_take_room_and_are_not_named(calendar: CalendarWidget) -> None:
    cell, free = calendar.cells[FULL], calendar.cells[FREE]
    assert (cell.taken, cell.visits, cell.lines) == (2, (), (ELSEWHERE, ELSEWHERE))
    assert ELSEWHERE in cell.accessibleName()
    assert (free.taken, free.lines) == (0, ())
    assert cell.sizeHint().height() > free.sizeHint().height()


def test_a_window_that_another_branch_filled_is_refused_before_anything_is_dropped(calendar: CalendarWidget) -> None:
    assert calendar.tray.chosen
    assert calendar.cells[FULL].conflict
    assert not calendar.cells[FREE].conflict
    assert not calendar.cells[replace(FULL, window="morning")].conflict


def test_a_visit_of_another_branch_cannot_be_opened_or_dragged(calendar: CalendarWidget) -> None:
    cell = calendar.cells[FULL]
    assert all(cell._visit_at(cell.rect().topLeft() + cell.rect().center() * (at / 10)) is None for at in range(20))
