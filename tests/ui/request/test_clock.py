"""The clock on the request screen and beside the queue: whose time it was, what is foreseen, why it is escalated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.application.ports.queue import QueueView
from desktop_app.domain.actor import Actor
from desktop_app.domain.ledger import Delay
from desktop_app.domain.request import Status
from desktop_app.texts import name_of, strip_marks, tr
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.queue.presenter import views_of
from desktop_app.ui.queue.screen import QueueScreen
from desktop_app.ui.queue.view import QueueWidget
from desktop_app.ui.request.clock_shown import clock_shown
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from tests.domain.builders import auditor, clerk, officer, supervisor
from tests.domain.journey import Journey, journey
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.memory import MemoryWorkplace


def _opened(walked: Journey, background: ImmediateBackground, messages: RecordedMessages) -> RequestWidget:
    memory = MemoryWorkplace(walked.centre, clerk())
    screen = RequestScreen(Ports(memory.workplace, background, messages, lambda route: True))
    screen.activate(Route("request", {"id": walked.id}))
    view = screen.widget()
    assert isinstance(view, RequestWidget)
    return view


def test_the_ledger_stands_on_the_screen(background: ImmediateBackground, messages: RecordedMessages) -> None:
    walked = journey(Status.AWAITING_APPROVALS)
    walked.pass_days(1)
    walked.write_letters()
    walked.pass_days(2)
    walked.answer_letters()
    view = _opened(walked, background, messages)
    shown = clock_shown(walked.request, walked.centre.reference.calendar, walked.centre.now)
    assert [one.others for one in shown.stretches] == [False, True, False]
    assert len(view.clock.findChildren(QWidget, "request.clock.line")) == 3
    assert list(view.clock.sums.values) == [
        tr("Since acceptance"),
        tr("Of that the municipality's"),
        name_of(Delay.OUTSIDE_BODY),
    ]
    assert view.clock.foreseen.text() == shown.foreseen
    assert not view.clock.isHidden()
    assert view.clock.escalated.isHidden()


def test_before_acceptance_there_is_no_clock(background: ImmediateBackground, messages: RecordedMessages) -> None:
    assert _opened(journey(Status.LODGED), background, messages).clock.isHidden()


@pytest.mark.parametrize(
    ("days", "says"),
    [(0, "والمتّسع الباقي"), (9, "انتهت المدة الموعودة")],
)
def test_the_forecast_says_how_it_stands_to_the_promise(
    days: int, says: str, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    walked = journey(Status.FEES_TO_APPROVE)
    walked.pass_days(days)
    view = _opened(walked, background, messages)
    assert says in strip_marks(view.clock.foreseen.text())
    assert view.clock.escalated.isHidden() == (days == 0)


def test_a_clock_that_stands_says_that_others_are_waited_for(
    background: ImmediateBackground, messages: RecordedMessages
) -> None:
    view = _opened(journey(Status.AWAITING_PAYMENT), background, messages)
    assert "المدة متوقفة" in view.clock.foreseen.text()


@pytest.mark.parametrize(
    ("actor", "has"), [(clerk(), False), (supervisor(), True), (auditor(), True), (officer(), False)]
)
def test_what_is_escalated_is_the_supervisors_to_see(actor: Actor, has: bool) -> None:
    assert (QueueView.ESCALATED in views_of(actor)) == has


def test_the_supervisors_queue_says_why(background: ImmediateBackground, messages: RecordedMessages) -> None:
    walked = journey(Status.TO_SCHEDULE)
    calendar = walked.centre.reference.calendar
    walked.book(calendar.add_working_days(walked.today, 4))
    memory = MemoryWorkplace(walked.centre, supervisor())
    screen = QueueScreen(Ports(memory.workplace, background, messages, lambda route: True))
    screen.activate(Route("queue", {"view": QueueView.ESCALATED.value}))
    view = screen.widget()
    assert isinstance(view, QueueWidget)
    assert view.model.rowCount() == 1
    row = view.model.row_at(0)
    assert row is not None
    assert row.promise.words == tr("will be late")
    assert "ويُتوقع تجاوزها" in strip_marks(row.reason)
    assert name_of(QueueView.ESCALATED) in view.tabs.buttons["escalated"].text()
    assert "بالوتيرة المعتادة سيتأخر" in strip_marks(view.preview.escalated.text())
    walked.centre.now += timedelta(days=30)
    screen.activate(Route("queue", {"view": QueueView.ESCALATED.value}))
