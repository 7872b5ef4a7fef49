"""What the centre refused: what was done, why not, what stands, and two ways on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.application.ports.queries import RefusedCommand
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.messages import message
from desktop_app.domain.request import Status
from desktop_app.texts import name_of
from desktop_app.ui.conflicts.screen import ConflictsScreen
from desktop_app.ui.conflicts.view import ConflictsWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.wire.codec import encode
from tests.domain.journey import journey
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
LETTER = RefusedCommand(
    "c1",
    "r1",
    "request_approval",
    "clerk",
    AT,
    AT,
    (message("track.moved_on"),),
    encode(RequestApproval("r1", "health", "ص/٥٥", date(2026, 3, 1))),
)
GONE = RefusedCommand("c2", "gone", "accept", "clerk", AT, AT, (message("track.moved_on"),), encode(Accept("gone")))


class Bench:
    def __init__(
        self, refused: list[RefusedCommand], background: ImmediateBackground, messages: RecordedMessages
    ) -> None:
        self.memory = MemoryWorkplace(journey(Status.TO_SCHEDULE).centre)
        self.memory.queries.refused = refused
        self.went: list[Route] = []
        self.counts: list[int] = []
        ports = Ports(
            self.memory.workplace,
            background,
            messages,
            self._go,
            show_count=lambda screen, count, tone: self.counts.append(count),
        )
        self.screen = ConflictsScreen(ports)
        self.screen.activate(Route("conflicts"))
        view = self.screen.widget()
        assert isinstance(view, ConflictsWidget)
        self.view = view

    def _go(self, route: Route) -> bool:
        self.went.append(route)
        return True

    def click(self, name: str) -> None:
        found(self.view, QPushButton, name).click()


@pytest.fixture
def bench(background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench([LETTER, GONE], background, messages)


def test_nothing_is_chosen_beforehand(bench: Bench) -> None:
    assert bench.view.list.count() == 2
    assert bench.view.list.currentItem() is None
    assert bench.counts == [2]


def test_the_chosen_one_tells_what_why_and_what_stands(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    bench.view.list.setCurrentRow(0)
    said = [value.text() for value in bench.view.said.values.values()]
    assert "وزارة الصحة" in said
    assert any("٥٥" in one for one in said)
    assert bench.view._why.count() == 1
    assert bench.view.status.text == name_of(Status.TO_SCHEDULE)
    bench.click("conflicts.open")
    assert bench.went == [Route("request", {"id": "r1"})]


def test_both_versions_stand_side_by_side(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    bench.view.list.setCurrentRow(0)
    said, now = bench.view.said, bench.view.now_said
    assert list(said.values) == list(now.values)
    assert [value.text() for value in said.values.values()] != [value.text() for value in now.values.values()]
    assert said.mapToGlobal(said.rect().topLeft()).x() > now.mapToGlobal(now.rect().topRight()).x()
    assert bench.view.moved.text()


def test_doing_it_again_opens_the_form_with_what_was_said(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    bench.view.list.setCurrentRow(0)
    bench.click("conflicts.redo")
    assert bench.went == [Route("request", {"id": "r1", "redo": "c1", "action": "request_approval"})]
    draft = bench.memory.drafts.find("request.request_approval", "r1")
    assert draft is not None
    assert draft.fields["letter_number"] == "ص/٥٥"
    assert bench.view.list.count() == 2


def test_one_whose_request_is_not_here_can_still_be_read(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    bench.view.list.setCurrentRow(1)
    assert bench.view.what.text()
    assert bench.view.status.isHidden()


def test_putting_aside_needs_a_reason(bench: Bench, messages: RecordedMessages) -> None:
    bench.view.list.setCurrentRow(0)
    bench.click("conflicts.dismiss")
    assert bench.view.reason_field.problem
    assert bench.memory.desk.dismissed == []
    bench.view.reason.setText("كُتب من كاونتر آخر")
    bench.click("conflicts.dismiss")
    assert bench.memory.desk.dismissed == [("c1", "كُتب من كاونتر آخر")]
    assert bench.view.list.count() == 1
    assert bench.view.reason.text() == ""


def test_an_empty_inbox_is_drawn_on_purpose(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench([], background, messages)
    assert bench.view.state is not None
    assert bench.counts == [0]


def test_what_is_being_read_stays_chosen_through_news(bench: Bench) -> None:
    bench.view.list.setCurrentRow(1)
    bench.screen.activate(Route("conflicts"))
    assert bench.view.list.currentRow() == 1
