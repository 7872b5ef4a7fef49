"""The page of the synchronisation: every state in words, and what can be done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application.ports.given import GivenCommand, GivenState
from desktop_app.sync.progress import Bootstrap
from desktop_app.sync.status import SyncState, SyncStatus
from desktop_app.sync.tally import Care
from desktop_app.texts.quantities import number
from desktop_app.ui.frame.bars import SyncBadge
from desktop_app.ui.frame.bars import SyncState as BadgeState
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.sync.presenter import shown_of
from desktop_app.ui.sync.screen import SyncScreen
from desktop_app.ui.sync.view import SyncWidget
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace

NOW = datetime(2026, 3, 1, 7, tzinfo=UTC)
CALM = SyncStatus(SyncState.SYNCED, NOW, 0, 0, 0, 0)


class Bench:
    def __init__(self, background: ImmediateBackground, messages: RecordedMessages) -> None:
        self.memory = MemoryWorkplace()
        self.went: list[Route] = []
        self.screen = SyncScreen(Ports(self.memory.workplace, background, messages, self._go))
        self.screen.activate(Route("sync"))
        view = self.screen.widget()
        assert isinstance(view, SyncWidget)
        self.view = view

    def _go(self, route: Route) -> bool:
        self.went.append(route)
        return True


@pytest.fixture
def bench(background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench(background, messages)


@pytest.mark.parametrize("state", SyncState)
def test_each_state_has_its_own_words(state: SyncState, bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    bench.memory.sync.tell(replace(CALM, state=state))
    others = {shown_of(replace(CALM, state=one), NOW).headline for one in SyncState if one is not state}
    assert bench.view.headline.text()
    assert bench.view.headline.text() not in others


def test_being_turned_away_is_not_told_as_a_refused_command() -> None:
    stopped = shown_of(replace(CALM, state=SyncState.REFUSED, trouble="tampering", waiting=2), NOW)
    assert (stopped.headline, SyncBadge(BadgeState.REFUSED).words) == ("توقفت المزامنة", "توقفت المزامنة")
    assert "رُفض" not in stopped.advice
    assert "محفوظ" in stopped.advice
    assert "الختم" in stopped.trouble


def test_figures_and_the_next_attempt(bench: Bench) -> None:
    bench.memory.sync.tell(
        SyncStatus(SyncState.OFFLINE, None, 3, 1, 12, 2, bench.memory.centre.now + timedelta(minutes=2), "store")
    )
    assert [bench.view.figures[name].text() for name in ("waiting", "sent", "confirmed", "refused")] == [
        "٣",
        "١",
        "١٢",
        "٢",
    ]
    assert "بعد دقيقتين" in [value.text() for value in bench.view.times.values.values()]
    assert "مخزن هذا الجهاز" in bench.view.trouble.text()
    found(bench.view, QPushButton, "sync.conflicts").click()
    assert bench.went == [Route("conflicts")]


def test_each_figure_begins_over_its_words(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    bench.view.resize(1100, 850)
    shown(bench.view)
    for figure in bench.view.figures.values():
        over = figure.parentWidget()
        assert over is not None
        figure_begins, words_begin = figure.geometry().right(), over.childrenRect().right()
        assert words_begin - figure_begins <= 2
        assert figure.width() < over.childrenRect().width() / 2


def test_cards_keep_their_height_where_nothing_was_given(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    bench.view.resize(1100, 850)
    shown(bench.view)
    assert found(bench.view, QPushButton, "sync.now").mapTo(bench.view, QPoint()).y() < 500


@pytest.mark.parametrize("trouble", ["", "unreachable", "not_admitted", "tampering", "store", "bug"])
def test_no_trouble_is_said_in_code(trouble: str, bench: Bench) -> None:
    bench.memory.sync.tell(replace(CALM, state=SyncState.OFFLINE, trouble=trouble))
    assert not any(char.isascii() and char.isalpha() for char in bench.view.trouble.text())


def test_synchronise_now_and_work_without_the_centre(bench: Bench) -> None:
    found(bench.view, QPushButton, "sync.now").click()
    assert bench.memory.sync.rounds == 1
    found(bench.view, QCheckBox, "sync.offline").click()
    assert bench.memory.sync.asked == [True]
    assert not bench.view.now.isEnabled()
    found(bench.view, QCheckBox, "sync.offline").click()
    assert bench.memory.sync.asked == [True, False]
    assert bench.view.now.isEnabled()


def test_what_the_sync_thread_says_is_shown_on_the_ui_thread(bench: Bench, qtbot: QtBot) -> None:
    drawn_on: list[threading.Thread] = []
    show = bench.view.show_sync
    bench.view.show_sync = lambda told: (drawn_on.append(threading.current_thread()), show(told))  # type: ignore[method-assign,assignment,func-returns-value]
    teller = threading.Thread(target=lambda: bench.memory.sync.tell(replace(CALM, waiting=7)))
    teller.start()
    teller.join()
    qtbot.waitUntil(lambda: bench.view.figures["waiting"].text() == "٧")
    assert drawn_on == [threading.main_thread()]


def test_a_bootstrap_shows_how_far_it_is_and_then_goes_away(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    begun = SyncStatus(SyncState.SYNCING, None, 0, 0, 0, 0, bootstrap=Bootstrap(420, 1000))
    bench.view.show_sync(shown_of(begun, NOW))
    assert not bench.view.taken.isHidden()
    assert bench.view.taken.value() == 42
    assert number(420) in bench.view.taking.text()
    assert number(1000) in bench.view.taking.text()
    bench.view.show_sync(shown_of(replace(begun, bootstrap=None), NOW))
    assert bench.view.taken.isHidden()
    assert bench.view.taking.isHidden()


def test_what_was_given_here_stands_with_where_it_is_and_leads_to_its_request(bench: Bench) -> None:
    bench.memory.queries.given = [
        GivenCommand(f"c{at}", f"r{at}", f"R-2026-08-{at:06d}", "accept", "clerk", NOW, state)
        for at, state in enumerate(GivenState)
    ]
    bench.screen.activate(Route("sync"))
    given = bench.view.given
    assert given.count() == 4
    assert len({given.item(at).text().splitlines()[0].rpartition("—")[2] for at in range(4)}) == 4
    given.itemActivated.emit(given.item(2))
    assert bench.went == [Route("request", {"id": "r2"})]


def test_what_a_comparison_found_is_said(bench: Bench) -> None:
    def said(care: Care) -> str:
        bench.memory.sync.tell(replace(CALM, care=care))
        texts = [one.text() for one in bench.view.times.findChildren(QLabel)]
        compared = shown_of(replace(CALM, care=care), NOW).compared
        assert compared in texts
        return compared

    never, agreed, mended = said(Care()), said(Care(compared_at=NOW)), said(Care(NOW, NOW, 3))
    assert len({never, agreed, mended}) == 3
    assert number(3) in mended


def test_a_centre_that_writes_its_history_anew_is_told_of(bench: Bench, shown: Callable[[QWidget], QWidget]) -> None:
    shown(bench.view)
    bench.memory.sync.tell(CALM)
    assert not bench.view.disagreement.isVisible()
    bench.memory.sync.tell(replace(CALM, care=Care(compared_at=NOW, history=1)))
    assert bench.view.disagreement.isVisible()
    assert bench.view.disagreement.text()
