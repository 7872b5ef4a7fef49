"""The board of the day: counters by desk that lead on, today's visits, what is late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.application.ports.queue import QueueView
from desktop_app.domain.actor import Actor
from desktop_app.domain.request import Status
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.today.presenter import counters_for
from desktop_app.ui.today.screen import TodayScreen
from desktop_app.ui.today.view import TodayWidget
from tests.domain.builders import auditor, cashier, clerk, inspector, officer, supervisor
from tests.domain.journey import journey
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace


class Bench:
    def __init__(
        self,
        actor: Actor,
        status: Status,
        later: timedelta,
        background: ImmediateBackground,
        messages: RecordedMessages,
    ) -> None:
        self.memory = MemoryWorkplace(journey(status).centre, actor)
        self.memory.centre.now += later
        self.went: list[Route] = []
        self.screen = TodayScreen(Ports(self.memory.workplace, background, messages, self._go))
        self.screen.activate(Route("today"))
        view = self.screen.widget()
        assert isinstance(view, TodayWidget)
        self.view = view

    def _go(self, route: Route) -> bool:
        self.went.append(route)
        return True


@pytest.mark.parametrize("actor", [clerk(), cashier(), supervisor(), inspector(), officer(), auditor()])
def test_every_desk_has_counters(
    actor: Actor, background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(actor, Status.LODGED, timedelta(), background, messages)
    shown(bench.view)
    assert set(bench.view.counters) == set(counters_for(actor))
    assert all(counter.count is not None for counter in bench.view.counters.values())


def test_a_cashier_begins_with_payments() -> None:
    assert counters_for(cashier())[0] is QueueView.AWAITING_PAYMENT


def test_a_counter_leads_to_its_view(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(clerk(), Status.LODGED, timedelta(), background, messages)
    assert bench.view.counters[QueueView.NEW].count == 1
    found(bench.view, QAbstractButton, "today.view.new").click()
    assert bench.went == [Route("queue", {"view": "new"})]


@pytest.mark.parametrize(("actor", "screen"), [(clerk(), "request"), (inspector(), "visit")])
def test_todays_visits_lead_on(
    actor: Actor, screen: str, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(actor, Status.INSPECTION_SCHEDULED, timedelta(days=1), background, messages)
    assert bench.view.visits_model.rowCount() == 1
    bench.view.visits.opened.emit("r1")
    assert bench.went == [Route(screen, {"id": "r1"})]


def test_an_inspector_sees_only_their_own_visits(background: ImmediateBackground, messages: RecordedMessages) -> None:
    other = inspector("inspector-2")
    bench = Bench(other, Status.INSPECTION_SCHEDULED, timedelta(days=1), background, messages)
    assert bench.view.visits_model.rowCount() == 0


def test_what_is_late_is_named(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(supervisor(), Status.FEES_TO_APPROVE, timedelta(days=9), background, messages)
    assert bench.view.late_model.rowCount() == 1
    assert bench.view.counters[QueueView.LATE].count == 1
    bench.view.late.opened.emit("r1")
    assert bench.went == [Route("request", {"id": "r1"})]


def test_a_calm_day_says_so(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(clerk(), Status.LODGED, timedelta(), background, messages)
    assert bench.view._late_place.state is not None
    assert bench.view._visits_place.state is not None
