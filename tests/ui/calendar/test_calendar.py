"""Booking over a real store: conflicts before the drop, by mouse and by keys, by inspector and by district."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QWidget

from desktop_app.domain.actor import Role
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.messages import message
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Visit, VisitState
from desktop_app.texts import describe, tr
from desktop_app.ui.calendar.cell import SlotCell, visit_mime
from desktop_app.ui.calendar.rows import Spot
from desktop_app.ui.calendar.screen import CalendarScreen
from desktop_app.ui.calendar.view import CalendarWidget
from desktop_app.ui.calendar.week import Slot
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from tests.documents.reading import structure
from tests.domain.builders import clerk
from tests.ui.desks import Desk, desk_of, draw, meanwhile, requests_in
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.workplaces import TestWorkplace, make_workplace

Show = Callable[[QWidget], QWidget]
Sit = Callable[[TestWorkplace], Desk[CalendarWidget]]
TUESDAY = date(2026, 3, 3)
FREE = Slot("inspector", TUESDAY, "noon")


@pytest.fixture
def sit(shown: Show, background: ImmediateBackground, messages: RecordedMessages) -> Sit:
    def sit_down(workplace: TestWorkplace) -> Desk[CalendarWidget]:
        desk = desk_of(workplace, CalendarScreen, CalendarWidget, background, messages)
        shown(desk.view)
        desk.screen.activate(Route("calendar"))
        draw()
        return desk

    return sit_down


@pytest.fixture
def workplace(tmp_path: Path) -> TestWorkplace:
    return make_workplace(tmp_path)


def waiting(workplace: TestWorkplace) -> list[str]:
    return [row.request_id for row in workplace.queries.visits_to_book()]


def visit_of(workplace: TestWorkplace, request_id: str) -> Visit:
    visit = workplace.queries.get_request(request_id).request.visit
    assert visit is not None
    return visit


def drop(cell: SlotCell, request_id: str) -> bool:
    """A visit is carried over the cell and let go; says whether the cell would have it."""
    carried, place = visit_mime(request_id), QPoint(5, 5)
    action, button, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, action, carried, button, none)
    QApplication.sendEvent(cell, enter)
    move = QDragMoveEvent(place, action, carried, button, none)
    move.setAccepted(False)
    QApplication.sendEvent(cell, move)
    if not (enter.isAccepted() and move.isAccepted()):
        return False
    QApplication.sendEvent(cell, QDropEvent(QPointF(place), action, carried, button, none))
    draw()
    return True


def test_choosing_a_visit_draws_every_conflict_before_anything_is_dropped(sit: Sit, workplace: TestWorkplace) -> None:
    for request_id in waiting(workplace)[:1]:
        assert workplace.commands.give(ScheduleInspection(request_id, "inspector", TUESDAY, "noon")).accepted
    desk = sit(workplace)
    assert not any(cell.choosing for cell in desk.view.cells.values())
    desk.view.tray.setCurrentRow(0)
    chosen = desk.view.tray.chosen
    for place, cell in desk.view.cells.items():
        assert isinstance(place, Slot)
        outcome = workplace.commands.rehearse(ScheduleInspection(chosen, place.inspector, place.day, place.window))
        assert cell.choosing
        assert cell.conflict == " ".join(describe(why) for why in outcome.refusals)


def test_a_full_window_a_past_day_and_a_holiday(sit: Sit, tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path)
    first, *_ = requests_in(workplace, Status.INSPECTION_SCHEDULED)
    for request_id in (waiting(workplace)[0], first):
        assert workplace.commands.give(ScheduleInspection(request_id, "inspector", TUESDAY, "noon")).accepted
    desk = sit(workplace)
    desk.view.tray.setCurrentRow(0)
    full = desk.view.cells[FREE]
    assert full.conflict == describe(message("booking.window_full", "window", capacity=2))
    assert full.room == tr("Not possible")
    assert full.toolTip().startswith(full.conflict)
    desk.click("calendar.back")
    assert all(cell.conflict for cell in desk.view.cells.values())
    assert all(cell.box.past for cell in desk.view.cells.values())
    for _ in range(3):
        desk.click("calendar.forth")
    holiday = date(2026, 3, 19)
    cells = [cell for place, cell in desk.view.cells.items() if place.day == holiday]
    assert cells
    assert not any(cell.works or cell.acceptDrops() for cell in cells)
    assert "عيد الفطر" in [label.text() for label in desk.view.findChildren(QLabel)]
    desk.click("calendar.this_week")
    assert FREE in desk.view.cells


def test_a_dropped_visit_is_booked(sit: Sit, workplace: TestWorkplace, messages: RecordedMessages) -> None:
    desk = sit(workplace)
    wanted = waiting(workplace)[0]
    desk.view.tray.setCurrentRow(0)
    assert drop(desk.view.cells[FREE], wanted)
    visit = visit_of(workplace, wanted)
    assert (visit.state, visit.inspector, visit.day, visit.window) == (
        VisitState.SCHEDULED, "inspector", TUESDAY, "noon",
    )  # fmt: skip
    assert messages.notices[-1].level is Level.DONE
    assert wanted not in [row.request_id for row in workplace.queries.visits_to_book()]
    assert desk.view.tray.chosen == ""
    assert [one.request_id for one in desk.view.cells[FREE].visits] == [wanted]


def test_a_cell_with_a_conflict_takes_no_drop(sit: Sit, workplace: TestWorkplace) -> None:
    desk = sit(workplace)
    wanted = waiting(workplace)[0]
    desk.view.tray.setCurrentRow(0)
    desk.click("calendar.back")
    cell = next(iter(desk.view.cells.values()))
    assert cell.conflict
    assert not drop(cell, wanted)
    assert visit_of(workplace, wanted).state is VisitState.TO_SCHEDULE


def test_the_tray_carries_the_visit_that_was_taken(sit: Sit, workplace: TestWorkplace) -> None:
    desk = sit(workplace)
    tray, wanted = desk.view.tray, waiting(workplace)[1]
    carried = tray.mimeData([tray.item(1)])
    assert bytes(carried.data(tray.mimeTypes()[0]).data()).decode() == wanted


def test_booking_needs_no_mouse(sit: Sit, workplace: TestWorkplace) -> None:
    desk = sit(workplace)
    wanted = waiting(workplace)[0]
    assert desk.view.tray.hasFocus()
    desk.view.tray.setCurrentRow(0)
    cell = desk.view.cells[Slot("inspector", date(2026, 3, 2), "noon")]
    cell.setFocus()
    QTest.keyClick(cell, Qt.Key.Key_Left)
    beside = desk.view.cells[FREE]
    assert beside.hasFocus(), "the next day stands on the left where one reads from the right"
    QTest.keyClick(beside, Qt.Key.Key_Up)
    above = desk.view.cells[Slot("inspector", TUESDAY, "morning")]
    assert above.hasFocus()
    QTest.keyClick(above, Qt.Key.Key_Return)
    assert visit_of(workplace, wanted).window == "morning"


def test_enter_on_a_closed_time_says_why(sit: Sit, workplace: TestWorkplace, messages: RecordedMessages) -> None:
    desk = sit(workplace)
    desk.view.tray.setCurrentRow(0)
    desk.click("calendar.back")
    cell = next(iter(desk.view.cells.values()))
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert messages.notices[-1].level is Level.WARNING
    assert messages.notices[-1].happened == cell.conflict


def test_a_booked_visit_is_opened_or_booked_anew(sit: Sit, workplace: TestWorkplace) -> None:
    wanted = waiting(workplace)[0]
    assert workplace.commands.give(ScheduleInspection(wanted, "inspector", TUESDAY, "noon")).accepted
    desk = sit(workplace)
    QTest.keyClick(desk.view.cells[FREE], Qt.Key.Key_Return)
    actions = {one.text(): one for one in desk.find(QMenu, "calendar.menu").actions()}
    actions[tr("Open the request")].trigger()
    assert desk.went == [Route("request", {"id": wanted})]
    actions[tr("Book at another time")].trigger()
    draw()
    assert desk.view.tray.chosen == wanted
    assert desk.view.cells[FREE].conflict, "it stands there already"
    other = Slot("inspector-2", date(2026, 3, 4), "morning")
    QTest.keyClick(desk.view.cells[other], Qt.Key.Key_Return)
    assert visit_of(workplace, wanted).inspector == "inspector-2"


def test_a_request_opens_the_calendar_with_its_visit_chosen(sit: Sit, workplace: TestWorkplace) -> None:
    desk = sit(workplace)
    booked = requests_in(workplace, Status.INSPECTION_SCHEDULED)[0]
    desk.screen.activate(Route("calendar", {"id": booked}))
    draw()
    assert desk.view.tray.chosen == booked
    assert all(cell.choosing for cell in desk.view.cells.values())


def test_by_district_the_least_busy_inspector_is_booked(sit: Sit, workplace: TestWorkplace) -> None:
    first, second = waiting(workplace)[:2]
    assert workplace.commands.give(ScheduleInspection(first, "inspector", TUESDAY, "morning")).accepted
    desk = sit(workplace)
    desk.click("calendar.by_district")
    spot = Spot(8, TUESDAY, "noon")
    assert set(desk.view.cells) >= {spot}
    assert all(isinstance(place, Spot) for place in desk.view.cells)
    desk.view.tray.setCurrentRow(0)
    assert drop(desk.view.cells[spot], second)
    assert visit_of(workplace, second).inspector == "inspector-2"
    assert [one.request_id for one in desk.view.cells[spot].visits] == [second]
    desk.click("calendar.by_inspector")
    assert all(isinstance(place, Slot) for place in desk.view.cells)


def test_a_district_is_picked(sit: Sit, workplace: TestWorkplace) -> None:
    desk = sit(workplace)
    district = desk.find(QComboBox, "calendar.district")
    before = desk.view.tray.count()
    assert before
    district.setCurrentIndex(district.findData(9))
    assert desk.view.tray.count() == 0
    district.setCurrentIndex(0)
    assert desk.view.tray.count() == before


def test_today_is_marked(sit: Sit, workplace: TestWorkplace) -> None:
    desk = sit(workplace)
    words = [label.text() for label in desk.find(QWidget, "calendar.head.2026-03-01").findChildren(QLabel)]
    assert tr("Today, {day}", day="١ آذار") in words
    other = [label.text() for label in desk.find(QWidget, "calendar.head.2026-03-02").findChildren(QLabel)]
    assert not any("اليوم" in one for one in other)


def test_news_bring_what_others_booked_and_keep_what_is_chosen(sit: Sit, tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path, online=True)
    first, second = waiting(workplace)[:2]
    desk = sit(workplace)
    desk.screen.activate(Route("calendar", {"id": second}))
    cell = desk.view.cells[FREE]
    cell.setFocus()
    desk.tell_news()
    assert desk.view.cells[FREE] is cell, "nothing new: nothing is drawn anew"
    meanwhile(workplace, clerk(), ScheduleInspection(first, "inspector", TUESDAY, "noon"))
    desk.tell_news()
    draw()
    assert [one.request_id for one in desk.view.cells[FREE].visits] == [first]
    assert desk.view.cells[FREE].hasFocus()
    assert desk.view.tray.chosen == second
    assert desk.view.cells[FREE].choosing


def test_a_chosen_visit_that_has_gone_is_let_go(sit: Sit, tmp_path: Path, messages: RecordedMessages) -> None:
    workplace = make_workplace(tmp_path, online=True)
    desk = sit(workplace)
    wanted = waiting(workplace)[0]
    desk.screen.activate(Route("calendar", {"id": wanted}))
    meanwhile(workplace, clerk(), Withdraw(wanted, "عدل عن الطلب"))
    desk.tell_news()
    assert desk.view.presenter.chosen == ""
    assert not any(cell.choosing for cell in desk.view.cells.values())
    assert messages.notices[-1].level is Level.INFO


def test_news_do_not_tear_away_what_is_being_dragged(sit: Sit, tmp_path: Path) -> None:
    workplace = make_workplace(tmp_path, online=True)
    first = waiting(workplace)[0]
    desk = sit(workplace)
    cell = desk.view.cells[FREE]
    desk.view.tray.lifted.emit()
    meanwhile(workplace, clerk(), ScheduleInspection(first, "inspector", TUESDAY, "noon"))
    desk.tell_news()
    assert desk.view.cells[FREE] is cell
    desk.view.tray.let_go.emit()
    assert [one.request_id for one in desk.view.cells[FREE].visits] == [first]


def test_conflicts_that_come_while_a_visit_is_held_above_close_the_cell(
    tmp_path: Path, shown: Show, messages: RecordedMessages
) -> None:
    held = HeldBackground(messages)
    workplace = make_workplace(tmp_path)
    desk = desk_of(workplace, CalendarScreen, CalendarWidget, held, messages)
    shown(desk.view)
    desk.screen.activate(Route("calendar"))
    held.release()
    cell = desk.view.cells[FREE]
    cell.show_conflict(True, "")
    carried = visit_mime(waiting(workplace)[0])
    args = (Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *args)
    QApplication.sendEvent(cell, enter)
    assert enter.isAccepted()
    cell.show_conflict(True, "ممتلئ")
    move = QDragMoveEvent(QPoint(6, 6), *args)
    QApplication.sendEvent(cell, move)
    assert not move.isAccepted()


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.SUPERVISOR, Role.CLERK, Role.AUDITOR])
def test_who_may_not_book_looks(sit: Sit, tmp_path: Path, role: Role) -> None:
    workplace = make_workplace(tmp_path, role)
    desk = sit(workplace)
    books = role in (Role.CLERK, Role.SUPERVISOR)
    assert desk.view._waits.isVisible() == books
    desk.screen.activate(Route("calendar", {"id": waiting(workplace)[0]}))
    assert any(cell.choosing for cell in desk.view.cells.values()) == books
    if not books:
        cell = next(one for one in desk.view.cells.values() if one.box.standing)
        QTest.keyClick(cell, Qt.Key.Key_Return)
        menu = desk.find(QMenu, "calendar.menu")
        assert tr("Book at another time") not in [one.text() for one in menu.actions()]


def test_the_list_of_a_day_is_drawn_for_the_inspector_who_goes(sit: Sit, workplace: TestWorkplace) -> None:
    desk = sit(workplace)
    days = desk.view.presenter.days_with_visits
    assert days
    day, login, name, count = days[0]
    desk.view.lists.click()
    menu = desk.view.findChild(QMenu, "calendar.lists_menu")
    assert isinstance(menu, QMenu)
    assert len(menu.actions()) == len(days)
    assert name in menu.actions()[0].text()
    menu.actions()[0].trigger()
    window = desk.view.letter_window
    assert window is not None
    told = [leaf.text for leaf in structure(desk.view.presenter.draw_list(day, login))]
    going = [one for one in workplace.queries.visits_between(day, day) if one.inspector == login]
    assert len(going) >= count
    assert name in told
    assert f"{day:%d/%m/%Y}" in told
    assert any(one.number in told for one in going)
