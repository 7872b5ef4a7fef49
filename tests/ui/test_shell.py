"""The window of a signed-in person: identity, search, counters, the state of the sync, and the way out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.request import Status
from desktop_app.sync.status import CLOCK, SyncState, SyncStatus
from desktop_app.ui import theme
from desktop_app.ui.frame.main_frame import MainFrame
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Messages
from desktop_app.ui.shell import entries_for, open_shell
from desktop_app.ui.theme import Scheme
from desktop_app.wire.versions import Standing
from tests.domain.builders import auditor, cashier, clerk, officer
from tests.domain.journey import journey
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace

CALM = SyncStatus(SyncState.SYNCED, None, 0, 0, 0, 0)


class Bench:
    def __init__(self, background: ImmediateBackground) -> None:
        self.memory = MemoryWorkplace(journey(Status.LODGED).centre)
        self.signed_out = 0
        self.messages = Messages()
        self.frame: MainFrame = open_shell(
            self.memory.workplace, background, self.messages, signed_out=self._signed_out
        )

    def _signed_out(self) -> None:
        self.signed_out += 1


@pytest.fixture
def bench(background: ImmediateBackground, shown: Callable[[QWidget], QWidget]) -> Bench:
    made = Bench(background)
    shown(made.frame)
    return made


@pytest.fixture
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, Scheme.LIGHT)


def test_it_opens_on_the_day_and_says_who_is_here(bench: Bench) -> None:
    assert bench.frame.router.current == Route("today")
    assert "زهران" in bench.frame.status.identity.text()
    assert bench.memory.actor.name_ar in bench.frame.status.identity.text()
    assert bench.frame.status.notice.text(), "the schedule is not verified, and the window says so"


def test_the_whole_way_from_the_queue_to_an_acceptance_and_back(bench: Bench, qtbot: QtBot) -> None:
    bench.frame.router.start(Route("queue"))
    # The preview comes once the rows are seen.
    qtbot.waitUntil(lambda: bench.frame.findChild(QPushButton, "queue.open") is not None)
    found(bench.frame, QPushButton, "queue.open").click()
    found(bench.frame, QPushButton, "action.accept").click()
    assert bench.memory.desk.given[0][0] == Accept("r1")
    bench.frame.go_back()  # Esc closes the notice of what was done first
    bench.frame.go_back()
    assert bench.frame.router.current == Route("queue")


def test_the_search_finds_requests_and_licences(bench: Bench) -> None:
    found = bench.frame.top.box._finder("L-2024")
    assert [one.title for one in found]
    found[0].run()
    assert bench.frame.router.current == Route("licence", {"number": "L-2024-08-000001"})
    bench.frame.top.box._finder("k1-r1")[0].run()
    assert bench.frame.router.current == Route("request", {"id": "r1"})


def test_the_sync_threads_word_reaches_the_badge(bench: Bench, qtbot: QtBot) -> None:
    said = replace(CALM, state=SyncState.OFFLINE, waiting=3)
    teller = threading.Thread(target=lambda: bench.memory.sync.tell(said))
    teller.start()
    teller.join()
    qtbot.waitUntil(lambda: "٣" in bench.frame.top.sync.text())
    bench.frame.top.sync.click()
    assert bench.frame.router.current == Route("sync")


def test_a_clock_that_is_off_is_told_once(bench: Bench) -> None:
    bench.memory.sync.tell(replace(CALM, trouble=CLOCK))
    [view] = bench.frame.message_bar.views
    assert "ساعة" in view.notice.happened
    bench.frame.message_bar.close_latest()
    bench.memory.sync.tell(replace(CALM, trouble=CLOCK))
    assert bench.frame.message_bar.views == []


@pytest.mark.parametrize(("trouble", "badge"), [(Standing.TOO_OLD, "قديم"), (Standing.TOO_NEW, "أقدم")])
def test_a_program_that_does_not_fit_the_centre_says_so_and_what_was_kept(
    bench: Bench, trouble: Standing, badge: str
) -> None:
    bench.memory.sync.tell(replace(CALM, trouble=trouble.value, waiting=5))
    assert badge in bench.frame.top.sync.text()
    assert "٥" in bench.frame.top.sync.text()
    [view] = bench.frame.message_bar.views
    assert view.notice.kept
    assert view.notice.todo
    bench.frame.message_bar.close_latest()
    bench.memory.sync.tell(replace(CALM, trouble=trouble.value))
    assert bench.frame.message_bar.views == []
    bench.memory.sync.tell(replace(CALM, state=SyncState.OFFLINE, trouble="unreachable"))
    assert badge not in bench.frame.top.sync.text()


def test_news_from_the_centre_refresh_what_is_on_screen(bench: Bench, qtbot: QtBot) -> None:
    bench.frame.router.start(Route("queue"))
    table = bench.frame.screens["queue"].widget().model  # type: ignore[attr-defined]
    assert table.rowCount() == 1
    bench.memory.centre.give(clerk(), Accept("r1"))
    bench.memory.sync.tell(replace(CALM, state=SyncState.SYNCING))
    bench.memory.sync.tell(CALM)
    qtbot.waitUntil(lambda: table.rowCount() == 0)
    assert bench.frame.navigation.items["queue"].count == 0


def test_signing_out_closes_and_hands_back(bench: Bench) -> None:
    out = next(one for one in bench.frame.actions() if one.shortcut().toString() == "Ctrl+Shift+Q")
    out.trigger()
    assert bench.signed_out == 1
    assert not bench.frame.isVisible()
    assert bench.memory.sync.listeners == []


@pytest.mark.usefixtures("_light_again")
def test_the_look_can_be_changed(bench: Bench) -> None:
    menu = bench.frame.top.menu.menu()
    dark: QAction = menu.actions()[1]
    dark.trigger()
    assert theme.current().scheme is Scheme.DARK


def test_what_no_right_leads_to_is_not_in_the_navigation(bench: Bench) -> None:
    entries = tuple(bench.frame.entries.values())
    navigated = {one.name for one in entries_for(auditor(), entries) if one.navigated}
    assert "intake" not in navigated
    assert {"queue", "licences", "notices"} <= navigated
    assert "intake" in {one.name for one in entries_for(cashier(), entries) if one.navigated}


def test_an_officer_of_an_outside_body_is_led_to_no_screen_that_would_be_empty(bench: Bench) -> None:
    entries = entries_for(officer(), tuple(bench.frame.entries.values()))
    navigated = {one.name for one in entries if one.navigated}
    assert {"today", "queue", "conflicts", "sync"} <= navigated
    assert not navigated & {"licences", "notices", "intake", "calendar", "administration"}
    assert not [one.name for one in entries if one.name in ("licences", "notices") and one.shortcut]


def test_every_screen_of_the_table_can_be_named(bench: Bench, messages: RecordedMessages) -> None:
    assert {"today", "queue", "request", "licences", "licence", "notices", "conflicts", "sync"} <= set(
        bench.frame.entries
    )
    keys = [one.shortcut for one in bench.frame.entries.values() if one.shortcut]
    assert len(keys) == len(set(keys)), "no key leads to two screens"
