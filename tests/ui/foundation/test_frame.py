"""The frame: screens made late, the way back, messages, keys, the command box."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.errors import explain
from desktop_app.ui.frame.bars import SyncBadge, SyncState
from desktop_app.ui.frame.command_box import Finder, Suggestion
from desktop_app.ui.frame.main_frame import MainFrame
from desktop_app.ui.frame.message_bar import AT_ONCE
from desktop_app.ui.frame.routes import Route, Router, ScreenEntry
from desktop_app.ui.icons import Icon
from desktop_app.ui.messages import Messages
from tests.ui.fakes import HeldBackground, ImmediateBackground
from tests.ui.keys import type_text

Show = Callable[[QWidget], QWidget]


class FakeScreen:
    def __init__(self, name: str) -> None:
        self.title = name
        self.seen: list[Route] = []
        self.lets_go = True
        self._widget = QWidget()
        self.line = QLineEdit()
        box = QVBoxLayout(self._widget)
        box.addWidget(QLabel(name))
        box.addWidget(self.line)

    def widget(self) -> QWidget:
        return self._widget

    def activate(self, route: Route) -> None:
        self.seen.append(route)

    def deactivate(self) -> bool:
        return self.lets_go


class Stage:
    def __init__(self, background: ImmediateBackground, finder: Finder) -> None:
        self.made: dict[str, FakeScreen] = {}
        self.messages = Messages()
        entries = [
            ScreenEntry("queue", "الطلبات", Icon.REQUESTS, lambda: self._make("queue"), shortcut="Alt+1"),
            ScreenEntry("licences", "الرخص", Icon.LICENCE, lambda: self._make("licences")),
            ScreenEntry("request", "الطلب", Icon.REQUESTS, lambda: self._make("request"), navigated=False),
        ]
        self.frame = MainFrame(entries, background, self.messages, finder)

    def _make(self, name: str) -> FakeScreen:
        self.made[name] = FakeScreen(name)
        return self.made[name]


def _find(text: str) -> Sequence[Suggestion]:
    return (Suggestion(f"طلب {text}", lambda: None, "ليلى حدّاد"),)


@pytest.fixture
def stage(background: ImmediateBackground, shown: Show) -> Stage:
    made = Stage(background, _find)
    made.frame.router.start(Route("queue"))
    shown(made.frame)
    return made


def test_a_screen_is_made_at_its_first_visit_and_kept(stage: Stage) -> None:
    assert set(stage.made) == {"queue"}
    stage.frame.go(Route("request", {"id": "7"}))
    first = stage.made["request"]
    stage.frame.go(Route("request", {"id": "8"}))
    assert stage.made["request"] is first
    assert [route.args["id"] for route in first.seen] == ["7", "8"]


def test_escape_closes_the_message_then_returns_to_where_one_came_from(stage: Stage, qtbot: QtBot) -> None:
    stage.frame.go(Route("request", {"id": "7"}))
    stage.messages.error("حدث شيء")
    QTest.keyClick(stage.frame, Qt.Key.Key_Escape)
    assert stage.frame.message_bar.views == []
    assert stage.frame.router.current == Route("request", {"id": "7"})
    QTest.keyClick(stage.frame, Qt.Key.Key_Escape)
    assert stage.frame.router.current == Route("queue")
    assert len(stage.made["queue"].seen) == 2
    assert not stage.frame.back.isVisible()


def test_a_screen_that_does_not_let_go_stays(stage: Stage) -> None:
    stage.made["queue"].lets_go = False
    assert not stage.frame.go(Route("licences"))
    stage.frame.navigation.items["licences"].click()
    assert stage.frame.router.current == Route("queue")
    assert stage.frame.stack.currentWidget() is stage.made["queue"].widget()
    assert not stage.frame.close()
    stage.made["queue"].lets_go = True
    assert stage.frame.close()


def test_the_title_follows_the_screen(stage: Stage) -> None:
    stage.made["queue"].title = "الطلبات الجديدة"
    stage.frame.retitle()
    assert stage.frame.heading.text() == "الطلبات الجديدة"
    assert stage.frame.windowTitle() == "الطلبات الجديدة — تجزئة"


def test_the_keys_work_on_the_screen_from_the_start(stage: Stage) -> None:
    focused = stage.frame.focusWidget()
    assert focused is not None
    assert focused is stage.made["queue"].widget() or stage.made["queue"].widget().isAncestorOf(focused)


def test_navigation_stands_at_the_reading_side(stage: Stage) -> None:
    frame = stage.frame
    middle = frame.stack.mapTo(frame, frame.stack.rect().center())
    assert frame.navigation.mapTo(frame, frame.navigation.rect().center()).x() > middle.x()
    assert frame.top.product.mapTo(frame, frame.top.product.rect().center()).x() > middle.x()
    assert frame.top.sync.mapTo(frame, frame.top.sync.rect().center()).x() < middle.x()


def test_the_frame_says_who_works_and_how_the_sync_stands(stage: Stage) -> None:
    frame = stage.frame
    frame.show_identity("منطقة زهران", "ليلى حدّاد", "كاونتر")
    frame.show_sync(SyncBadge(SyncState.SYNCED, 3))
    frame.show_count("queue", 42)
    assert frame.status.identity.text() == "منطقة زهران · ليلى حدّاد · كاونتر"
    assert frame.top.sync.text() == "متزامن · ٣ بانتظار الإرسال"
    assert frame.status.notice.text() == "بيانات تجريبية — تُعتمد من الأمانة"
    assert frame.navigation.items["queue"].accessibleDescription() == "٤٢"


def test_a_tall_screen_does_not_stretch_the_window(stage: Stage, qtbot: QtBot) -> None:
    stage.made["queue"].widget().setMinimumHeight(3000)
    qtbot.wait(0)
    assert stage.frame.height() == 900


def test_an_error_outlives_lesser_messages(stage: Stage) -> None:
    stage.messages.error("الأهم")
    for n in range(AT_ONCE + 2):
        stage.messages.info(f"خبر {n}")
    said = [view.notice.happened for view in stage.frame.message_bar.views]
    assert len(said) == AT_ONCE
    assert "الأهم" in said


def test_news_is_read_on_the_next_screen_and_gone_on_the_one_after(stage: Stage) -> None:
    stage.messages.warning("تعذر الاتصال بالمركز.")
    stage.messages.info("تحرك الطلب.")
    stage.frame.go(Route("request", {"id": "7"}))
    assert [view.notice.happened for view in stage.frame.message_bar.views] == ["تحرك الطلب.", "تعذر الاتصال بالمركز."]
    stage.frame.go(Route("request", {"id": "8"}))
    assert [view.notice.happened for view in stage.frame.message_bar.views] == ["تعذر الاتصال بالمركز."]


def test_the_same_message_is_not_piled_up(stage: Stage) -> None:
    for _ in range(3):
        stage.messages.warning("تعذر الاتصال بالمركز.")
    assert len(stage.frame.message_bar.views) == 1


def test_trouble_that_is_over_is_told_no_longer(stage: Stage) -> None:
    stage.messages.post(explain(OSError(errno.ENOSPC, "full")))
    stage.messages.error("ما زال قائما")
    stage.messages.info("خبر")
    assert len(stage.frame.message_bar.views) == 3, "nothing was done since"
    stage.messages.done("قُدّم الطلب.")
    said = [view.notice.happened for view in stage.frame.message_bar.views]
    assert said == ["قُدّم الطلب.", "خبر", "ما زال قائما"]


def test_an_action_of_a_message_is_done_from_it(stage: Stage, qtbot: QtBot) -> None:
    from desktop_app.ui.messages import Level, Notice

    done: list[str] = []
    stage.messages.post(Notice(Level.ERROR, "حدث", action_label="أعد", action=lambda: done.append("again")))
    from PySide6.QtWidgets import QPushButton

    [again] = [b for b in stage.frame.message_bar.views[0].findChildren(QPushButton) if b.text() == "أعد"]
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert done == ["again"]


def test_ctrl_k_finds_places_and_what_the_store_holds(stage: Stage, qtbot: QtBot) -> None:
    box = stage.frame.top.box
    QTest.keyClick(stage.frame, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert box.hasFocus()
    type_text(box, "الرخص")
    assert "الرخص" in [found.title for found in box.suggestions]
    qtbot.waitUntil(lambda: any(found.title == "طلب الرخص" for found in box.suggestions))
    box.setText("")
    type_text(box, "٤٢")
    qtbot.waitUntil(lambda: any(found.title == "طلب 42" for found in box.suggestions))


def test_enter_in_the_command_box_goes_to_the_chosen_place(stage: Stage, qtbot: QtBot) -> None:
    QTest.keyClick(stage.frame, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    type_text(stage.frame.top.box, "رخص")
    QTest.keyClick(stage.frame.top.box, Qt.Key.Key_Return)
    assert stage.frame.router.current == Route("licences")
    assert stage.frame.top.box.text() == ""


def test_a_late_answer_does_not_open_a_closed_box(held: HeldBackground, shown: Show, qtbot: QtBot) -> None:
    stage = Stage(held, _find)
    stage.frame.router.start(Route("queue"))
    shown(stage.frame)
    box = stage.frame.top.box
    box.summon()
    type_text(box, "42")
    qtbot.waitUntil(lambda: bool(held.held))
    QTest.keyClick(box, Qt.Key.Key_Escape)
    held.release()
    assert box.popup is None or not box.popup.isVisible()


def test_the_keys_are_listed(stage: Stage) -> None:
    listed = dict(stage.frame.shortcuts())
    assert listed["الطلبات"] == "Alt+1"
    assert "Ctrl+K" in listed.values()


def test_the_router_keeps_the_way() -> None:
    router = Router()
    router.start(Route("queue"))
    router.go(Route("request", {"id": "1"}))
    router.go(Route("request", {"id": "1"}))
    router.go(Route("certificate", {"id": "1"}))
    assert router.back()
    assert router.current == Route("request", {"id": "1"})
    assert router.back()
    assert not router.back()
