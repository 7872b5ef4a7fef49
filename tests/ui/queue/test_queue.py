"""The queue: the view each desk begins with, filters, keys, the preview, and news that do not disturb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.application.ports.queue import QueueView
from desktop_app.domain.actor import Actor
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.request import Status
from desktop_app.texts import name_of, strip_marks
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.queue.presenter import first_view
from desktop_app.ui.queue.screen import QueueScreen
from desktop_app.ui.queue.view import QueueWidget
from desktop_app.ui.screens import Ports
from desktop_app.ui.tables.columns import BarOf, ChipOf
from desktop_app.ui.tables.model import BAR_ROLE, CHIP_ROLE
from tests.domain.builders import (
    auditor,
    cashier,
    clerk,
    inspector,
    make_content,
    make_licence,
    make_plan,
    officer,
    supervisor,
)
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace

WALKED = (
    Status.LODGED,
    Status.LODGED,
    Status.DUES_OUTSTANDING,
    Status.AWAITING_APPROVALS,
    Status.INSPECTION_SCHEDULED,
    Status.FEES_TO_APPROVE,
    Status.AWAITING_PAYMENT,
    Status.DELIVERED,
)


def busy_centre(statuses: tuple[Status, ...] = WALKED) -> Centre:
    """One request per status, each on a parent of its own."""
    parents = [f"L-2024-08-{at:06d}" for at in range(1, len(statuses) + 1)]
    centre = Centre(*(make_licence(number) for number in parents))
    for at, (status, parent) in enumerate(zip(statuses, parents, strict=True)):
        journey(status, centre, make_content(make_plan(parent=parent)), f"r{at}")
    return centre


class Bench:
    def __init__(self, background: ImmediateBackground, messages: RecordedMessages, actor: Actor | None = None) -> None:
        self.memory = MemoryWorkplace(busy_centre(), actor or clerk())
        self.went: list[Route] = []
        self.counts: dict[str, int] = {}
        self.news: list[Callable[[], None]] = []
        ports = Ports(
            self.memory.workplace,
            background,
            messages,
            self._go,
            show_count=lambda screen, count, tone: self.counts.update({screen: count}),
            on_news=self.news.append,
        )
        self.screen = QueueScreen(ports)
        self.screen.activate(Route("queue"))
        view = self.screen.widget()
        assert isinstance(view, QueueWidget)
        self.view = view

    def _go(self, route: Route) -> bool:
        self.went.append(route)
        return True

    def tell_news(self) -> None:
        for told in self.news:
            told()

    @property
    def ids(self) -> list[str]:
        return [str(self.view.model.id_at(at)) for at in range(self.view.model.rowCount())]


@pytest.fixture
def bench(background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench(background, messages)


@pytest.mark.parametrize(
    ("actor", "view"),
    [
        (clerk(), QueueView.NEW),
        (cashier(), QueueView.AWAITING_PAYMENT),
        (supervisor(), QueueView.FEES_TO_APPROVE),
        (inspector(), QueueView.TODAYS_VISITS),
        (officer(), QueueView.LETTERS),
        (auditor(), QueueView.ALL_OPEN),
    ],
)
def test_each_desk_begins_with_its_own_view(
    actor: Actor, view: QueueView, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    assert first_view(actor) is view
    assert Bench(background, messages, actor).view.tabs.current == view.value


def test_a_cashier_sees_what_awaits_payment_and_a_supervisor_what_awaits_approval(
    background: ImmediateBackground, messages: RecordedMessages
) -> None:
    assert Bench(background, messages, cashier()).ids == ["r6"]
    assert Bench(background, messages, supervisor()).ids == ["r5"]


def test_an_officer_has_the_letters_to_their_body_by_age_and_no_other_tab(
    background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(background, messages, officer())
    centre = bench.memory.centre
    centre.give(clerk(), RequestApproval("r3", "health", "OUT-1", centre.context(clerk()).today))
    centre.now += timedelta(days=9)
    bench.screen.activate(Route("queue"))
    shown(bench.view)
    assert bench.ids == ["r3"]
    assert [name for name, made in bench.view.tabs.buttons.items() if made.isVisible()] == ["letters"]
    said = [strip_marks(str(bench.view.model.index(0, at).data())) for at in range(bench.view.model.columnCount())]
    assert "وزارة الصحة" in said
    bar = next(
        bar
        for at in range(bench.view.model.columnCount())
        if isinstance(bar := bench.view.model.index(0, at).data(BAR_ROLE), BarOf)
    )
    assert strip_marks(bar.words) == "٧ أيام عمل: متأخر"
    bench.screen.activate(Route("queue", {"view": "all_open"}))
    assert bench.view.tabs.current == "letters"


def test_tabs_carry_their_counts(bench: Bench) -> None:
    assert bench.view.tabs.buttons["new"].text().endswith("٣")
    assert bench.view.tabs.buttons["all_open"].text().endswith("٧")
    assert bench.counts["queue"] == 3
    bench.view.tabs.choose("ended")
    assert bench.ids == ["r7"]


def test_a_route_may_name_the_view(bench: Bench) -> None:
    bench.screen.activate(Route("queue", {"view": "fees_to_approve"}))
    assert bench.view.tabs.current == "fees_to_approve"
    assert bench.ids == ["r5"]


def test_filters_narrow_and_can_be_cleared(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    status = found(bench.view, QComboBox, "queue.status")
    status.setCurrentIndex(status.findData("dues_outstanding"))
    status.activated.emit(status.currentIndex())
    assert bench.ids == ["r2"]
    bench.view.filters.search.setText("٠٠٠٠٠٩")
    bench.view.filters.search.returnPressed.emit()
    assert bench.ids == []
    assert bench.view.list.state is not None, "an empty list says what to do"
    found(bench.view, QPushButton, "queue.clear").click()
    assert len(bench.ids) == 3


def test_a_copied_number_with_its_marks_is_found(bench: Bench) -> None:
    bench.view.tabs.choose("all_open")
    copied = bench.view.model.row_at(bench.ids.index("r3")).number
    assert copied != strip_marks(copied)
    bench.view.filters.search.setText(copied)
    bench.view.filters.search.returnPressed.emit()
    assert bench.ids == ["r3"]


def test_the_preview_follows_and_enter_opens(bench: Bench, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
    shown(bench.view)
    qtbot.waitUntil(lambda: bench.view.table.has_painted_rows)
    bench.view.table.select_id("r1")
    QTest.keyClick(bench.view.table, Qt.Key.Key_Down)
    assert bench.view.table.find_current() == "r2"
    assert bench.view.preview.status.text == name_of(Status.DUES_OUTSTANDING)
    QTest.keyClick(bench.view.table, Qt.Key.Key_Return)
    assert bench.went == [Route("request", {"id": "r2"})]


def test_coming_back_finds_the_same_row(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    bench.view.table.select_id("r2")
    bench.screen.deactivate()
    bench.screen.activate(Route("queue"))
    assert bench.view.table.find_current() == "r2"


def test_news_keep_the_selection_and_show_what_came(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    bench.view.table.select_id("r2")
    bench.memory.centre.give(clerk(), Accept("r0"))
    bench.memory.queries.pending["r1"] = 1
    bench.tell_news()
    assert bench.ids == ["r1", "r2"]
    assert bench.view.table.find_current() == "r2"
    sync = bench.view.model.index(0, bench.view.model.column_named("sync"))
    assert isinstance(sync.data(CHIP_ROLE), ChipOf)
    assert sync.data(Qt.ItemDataRole.ToolTipRole)


def test_news_are_left_alone_while_off_stage(bench: Bench) -> None:
    bench.screen.deactivate()
    bench.memory.centre.give(clerk(), Accept("r0"))
    bench.tell_news()
    assert bench.ids == ["r0", "r1", "r2"]


def test_time_left_is_words_over_a_bar(bench: Bench) -> None:
    bench.view.tabs.choose("fees_to_approve")
    cell = bench.view.model.index(0, bench.view.model.column_named("time"))
    bar = cell.data(BAR_ROLE)
    assert isinstance(bar, BarOf)
    assert bar.words == cell.data()
    assert bar.used is not None
    assert 0 <= bar.used <= 1


def test_the_model_keeps_qts_rules(bench: Bench, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    bench.view.tabs.choose("all_open")
    qtmodeltester.check(bench.view.model)  # type: ignore[no-untyped-call]


def test_a_long_queue_is_paged_by_key(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(background, messages)
    template = bench.memory.centre.requests["r0"]
    for at in range(250):
        bench.memory.centre.requests[f"x{at:03d}"] = replace(template, id=f"x{at:03d}", reference=f"K1-{at:06d}")
    bench.tell_news()
    assert bench.view.model.rowCount() == 100
    while bench.view.model.canFetchMore(QModelIndex()):
        bench.view.model.fetchMore(QModelIndex())
    assert len(bench.ids) == len(set(bench.ids)) == 253


def test_a_request_that_has_gone_empties_the_preview(
    bench: Bench, shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    shown(bench.view)
    qtbot.waitUntil(lambda: bench.view.table.has_painted_rows)
    bench.view.table.select_id("r1")
    del bench.memory.centre.requests["r1"]
    bench.view.table.current_changed.emit("r1")
    assert bench.view.preview._state.state is not None
