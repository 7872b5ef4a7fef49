"""The program from its first window to its end: in, out, in again; old mistakes offered once; no thread stays."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.application.door import KnownPerson
from desktop_app.bootstrap.windows import CrashReports
from desktop_app.domain.request import Status
from desktop_app.system.crash_log import CrashLog
from desktop_app.texts import tr
from desktop_app.ui.frame.main_frame import MainFrame
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level, Notice
from desktop_app.ui.program import Program
from desktop_app.ui.sign_in.view import SignInWindow
from desktop_app.ui.theme import Look, RememberedLook, Scheme, apply
from tests.domain.builders import NOW
from tests.sync.fake_centre import FixedClock
from tests.ui.desks import requests_in, strike
from tests.ui.finding import found
from tests.ui.sign_in.test_sign_in import ADoor
from tests.workplaces import TestWorkplace, make_workplace

RIGHT = "صحيحة"


class Run:
    """The program with what it said."""

    def __init__(self, tmp_path: Path, qtbot: QtBot, log: CrashLog) -> None:
        self.workplace: TestWorkplace = make_workplace(tmp_path)
        self.door = ADoor(self.workplace)
        self.log = log
        self.said: list[Notice] = []
        self._qtbot = qtbot
        self.program = Program(self.door, str, log, CrashReports(log), RememberedLook(tmp_path / "look.json"))
        self.program.messages.posted.connect(self.said.append)
        self.program.start()

    def sign_in(self, *, rests: bool = True) -> MainFrame:
        window = self.sign_in_window()
        found(window, QLineEdit, "sign_in.login").setText("clerk")
        found(window, QLineEdit, "sign_in.password").setText(RIGHT)
        found(window, QPushButton, "sign_in.enter").click()
        self._qtbot.waitUntil(lambda: isinstance(self.program.window, MainFrame))
        frame = self.program.window
        assert isinstance(frame, MainFrame)
        if rests:
            self.rest()
        return frame

    def sign_in_window(self) -> SignInWindow:
        self._qtbot.waitUntil(lambda: isinstance(self.program.window, SignInWindow))
        window = self.program.window
        assert isinstance(window, SignInWindow)
        return window

    def rest(self) -> None:
        self._qtbot.waitUntil(lambda: self.program.background.idle)

    def sign_out(self) -> SignInWindow:
        frame = self.program.window
        assert frame is not None
        leave = next(one for one in frame.actions() if one.shortcut().toString() == "Ctrl+Shift+Q")
        leave.trigger()
        return self.sign_in_window()


def test_who_comes_in_before_the_list_of_people_is_read_is_not_troubled_by_it(
    begin: Callable[[], Run], qtbot: QtBot
) -> None:
    """The window has gone when its reading ends."""
    hold = threading.Event()
    run = begin()
    read = run.door.people

    def slowly() -> tuple[KnownPerson, ...]:
        hold.wait(20)
        return read()

    run.door.people = slowly  # type: ignore[method-assign]
    window = run.sign_in_window()
    qtbot.waitUntil(lambda: window._begun)
    run.sign_in(rests=False)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    hold.set()
    run.rest()
    assert [one for one in run.said if one.level is Level.ERROR] == []


@pytest.fixture
def log(tmp_path: Path) -> CrashLog:
    return CrashLog(tmp_path / "crashes", FixedClock(NOW))


@pytest.fixture
def begin(tmp_path: Path, qtbot: QtBot, log: CrashLog) -> Iterator[Callable[[], Run]]:
    runs: list[Run] = []

    def start() -> Run:
        (tmp_path / str(len(runs))).mkdir()
        runs.append(Run(tmp_path / str(len(runs)), qtbot, log))
        return runs[-1]

    yield start
    for run in runs:
        run.program.stop()
        if run.program.window is not None:
            run.program.window.close()
            run.program.window.deleteLater()
        run.workplace.close()


def offers(run: Run) -> list[Notice]:
    return [one for one in run.said if one.happened == tr("The program made a mistake when it last ran.")]


def test_in_out_and_in_again(begin: Callable[[], Run]) -> None:
    run = begin()
    first = run.sign_in()
    assert first.isVisible()
    size = first.size()
    window = run.sign_out()
    assert window.isVisible()
    assert window.size() == size
    second = run.sign_in()
    assert second is not first
    assert run.door.left == 1, "the session that ended is told so before the next begins"
    assert second.isVisible()


def test_a_look_that_was_chosen_is_there_at_the_next_start(begin: Callable[[], Run], tmp_path: Path) -> None:
    run = begin()
    frame = run.sign_in()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        for keys in ("Ctrl+Shift+L", "Ctrl++"):
            next(one for one in frame.actions() if one.shortcut().toString() == keys).trigger()
        run.rest()
        assert RememberedLook(tmp_path / "0" / "look.json").read() == Look(Scheme.DARK, 1.1)
    finally:
        apply(app)


@pytest.mark.parametrize(
    "spoilt", ["", "{", "[]", '{"scheme": "pink", "scale": 1}', '{"scheme": "dark", "scale": "x"}']
)
def test_a_spoilt_memory_of_the_look_is_the_usual_look(tmp_path: Path, spoilt: str) -> None:
    file = tmp_path / "look.json"
    assert RememberedLook(file).read() == Look()
    file.write_text(spoilt, "utf-8")
    assert RememberedLook(file).read() == Look()
    file.write_text('{"scheme": "dark", "scale": 9}', "utf-8")
    assert RememberedLook(file).read() == Look(Scheme.DARK, 1.5)


def test_signing_out_keeps_what_is_typed(begin: Callable[[], Run], qtbot: QtBot) -> None:
    run = begin()
    frame = run.sign_in()
    wanted = requests_in(run.workplace, Status.ISSUED)[0]
    frame.go(Route("certificate", {"id": wanted}))
    run.rest()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in frame.findChildren(QLineEdit, "certificate.serial")))
    strike(found(frame, QLineEdit, "certificate.serial"), "0099")
    run.sign_out()
    run.rest()
    kept = run.workplace.drafts.find("certificate", wanted)
    assert kept is not None
    assert kept.fields["serial"] == "0099"


def test_a_mistake_of_an_earlier_run_is_offered_once_and_can_be_saved(
    begin: Callable[[], Run], log: CrashLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / 0
    reference = _quietly(log, caught.value)
    run = begin()
    run.sign_in()
    qtbot.waitUntil(lambda: bool(offers(run)))
    (offer,) = offers(run)
    assert offer.level is Level.WARNING
    assert offer.reference == reference
    assert offer.action is not None
    target = tmp_path / "للدعم"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    offer.action()
    run.rest()
    assert [reference in file.read_text("utf-8") for file in target.iterdir()] == [True]
    run.sign_out()
    run.sign_in()
    run.rest()
    assert len(offers(run)) == 1
    again = begin()
    again.sign_in()
    again.rest()
    assert offers(again) == [], "who has saved it is not asked again"


def test_an_offer_that_was_passed_over_comes_again_with_the_next_run_only(
    begin: Callable[[], Run], log: CrashLog, qtbot: QtBot
) -> None:
    _quietly(log, ZeroDivisionError())
    run = begin()
    run.sign_in()
    qtbot.waitUntil(lambda: bool(offers(run)))
    run.sign_out()
    run.sign_in()
    run.rest()
    QApplication.processEvents()
    run.rest()
    assert len(offers(run)) == 1
    again = begin()
    again.sign_in()
    qtbot.waitUntil(lambda: bool(offers(again)))


def test_nothing_is_offered_where_nothing_went_wrong(begin: Callable[[], Run]) -> None:
    run = begin()
    run.sign_in()
    run.rest()
    assert offers(run) == []


@pytest.mark.expects_log("unexpected exception .* KeyError")
def test_a_mistake_at_the_door_is_said_at_the_door(begin: Callable[[], Run], qtbot: QtBot) -> None:
    run = begin()
    run.door.trouble = KeyError("nobody foresaw this")
    window = run.sign_in_window()
    found(window, QLineEdit, "sign_in.login").setText("clerk")
    found(window, QLineEdit, "sign_in.password").setText(RIGHT)
    found(window, QPushButton, "sign_in.enter").click()
    qtbot.waitUntil(lambda: bool(run.said))
    reference = run.said[0].reference
    assert reference
    assert reference in window._form.fields["login"].problem
    assert found(window, QPushButton, "sign_in.enter").isEnabled()
    assert [report.reference for report in run.log.to_offer()] == [reference]


def test_the_end_carries_out_what_was_asked_and_leaves_no_thread(begin: Callable[[], Run]) -> None:
    hooks = sys.excepthook, threading.excepthook
    before = {thread.ident for thread in threading.enumerate()}
    run = begin()
    run.sign_in()
    done: list[int] = []
    for at in range(20):
        run.program.background.write(lambda at=at: done.append(at), lambda _: None)  # type: ignore[misc]
    run.program.stop()
    assert done == list(range(20))
    assert {thread.ident for thread in threading.enumerate()} <= before
    assert (sys.excepthook, threading.excepthook) == hooks


def _quietly(log: CrashLog, error: BaseException) -> str:
    """As `CrashLog.write`, without its line in the log of this test."""
    logging.disable(logging.CRITICAL)
    try:
        return log.write(error)
    finally:
        logging.disable(logging.NOTSET)
