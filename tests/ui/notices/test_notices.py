"""The messages that were sent: list, search, and from a message to its request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.modeltest import ModelTester

from desktop_app.domain.notices import NoticeState
from desktop_app.domain.request import Status
from desktop_app.texts.notices import notice_text
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.notices.screen import NoticesScreen
from desktop_app.ui.notices.view import NoticesWidget
from desktop_app.ui.screens import Ports
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import journey
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace


class Bench:
    def __init__(self, centre: Centre, background: ImmediateBackground, messages: RecordedMessages) -> None:
        self.went: list[Route] = []
        self.screen = NoticesScreen(Ports(MemoryWorkplace(centre).workplace, background, messages, self._go))
        self.screen.activate(Route("notices"))
        view = self.screen.widget()
        assert isinstance(view, NoticesWidget)
        self.view = view

    def _go(self, route: Route) -> bool:
        self.went.append(route)
        return True


@pytest.fixture
def centre() -> Centre:
    """A request in whose course three messages were made: one arrived, one has gone out (as earlier versions said it),
    one waits."""
    centre = journey(Status.INSPECTION_SCHEDULED).centre
    told = [replace(one, text_ar=notice_text(one, centre.reference), sent_at=one.made_at) for one in centre.notices]
    told[0] = replace(told[0], state=NoticeState.DELIVERED)
    told[-1] = replace(told[-1], sent_at=None, text_ar="")
    centre.notices = told
    return centre


def test_each_message_is_listed_with_its_text(
    centre: Centre, background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(centre, background, messages)
    shown(bench.view)
    assert bench.view.model.rowCount() == len(centre.notices) == 3
    first = bench.view.model.row_at(0)
    assert bench.view.text.text() == first.text
    assert [bench.view.model.row_at(at).state for at in range(3)] == [
        NoticeState.DELIVERED,
        NoticeState.SENT,
        NoticeState.WAITING,
    ]
    chips = [bench.view.model.index(at, 5).data() for at in range(3)]
    assert len(set(chips)) == 3


def test_search_and_what_an_empty_list_says(
    centre: Centre, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(centre, background, messages)
    bench.view.filters.search.setText("وزاره الصحه")
    bench.view.filters.search.returnPressed.emit()
    assert bench.view.model.rowCount() == 1
    bench.view.filters.search.setText("لا يوجد")
    bench.view.filters.search.returnPressed.emit()
    assert bench.view._place.state is not None
    bench.view.filters.reset()
    assert bench.view._place.state is None


def test_nothing_sent_is_drawn_on_purpose(background: ImmediateBackground, messages: RecordedMessages) -> None:
    assert Bench(Centre(), background, messages).view._place.state is not None


def test_a_message_leads_to_its_request(
    centre: Centre, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(centre, background, messages)
    found(bench.view, QPushButton, "notices.request").click()
    assert bench.went == [Route("request", {"id": "r1"})]


def test_the_model_keeps_qts_rules(
    centre: Centre, background: ImmediateBackground, messages: RecordedMessages, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(Bench(centre, background, messages).view.model)  # type: ignore[no-untyped-call]
