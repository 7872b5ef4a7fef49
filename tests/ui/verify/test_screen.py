"""The screen itself: every way in by hand, the verdict as it stands there, the keys, who is led there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.application.certificate_checking import FolderChecks
from desktop_app.domain.actor import Role
from desktop_app.domain.certificate_check import Verdict
from desktop_app.texts import name_of
from desktop_app.ui.frame.main_frame import MainFrame
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Messages
from desktop_app.ui.screens import Ports, screen_entries
from desktop_app.ui.shell import entries_for, open_shell
from desktop_app.ui.verify.scanner_edit import ScannerEdit
from desktop_app.ui.verify.view import VerifyWidget
from tests.application.test_scanner_text import WINDOWS
from tests.domain import builders
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.keys import type_text
from tests.ui.verify.centre import ACentre
from tests.ui.verify.fakes import ACamera
from tests.workplaces import TestWorkplace


@pytest.fixture
def frame(
    workplace: TestWorkplace,
    background: ImmediateBackground,
    shown: Callable[[QWidget], QWidget],
    qtbot: QtBot,
) -> Iterator[MainFrame]:
    QGuiApplication.clipboard().clear()
    made = open_shell(workplace, background, Messages())
    shown(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    QTest.keyClick(made, Qt.Key.Key_F9)
    assert made.router.current == Route("verify")
    yield made
    QGuiApplication.clipboard().clear()


def screen(frame: MainFrame) -> VerifyWidget:
    widget = frame.screens["verify"].widget()
    assert isinstance(widget, VerifyWidget)
    QApplication.processEvents()
    return widget


def verdict(frame: MainFrame) -> Verdict | None:
    """What stands on the screen, by its words."""
    QApplication.processEvents()
    shown = [one for one in screen(frame).findChildren(QLabel, "verify.verdict") if one.isVisibleTo(frame)]
    words = {name_of(one): one for one in Verdict}
    assert len(shown) <= 1
    return words[shown[0].text()] if shown else None


def field(frame: MainFrame) -> ScannerEdit:
    return found(frame, ScannerEdit, "verify.code")


def drop(onto: QWidget, data: QMimeData) -> bool:
    """As a person's hand drops it there; whether it is taken."""
    point, left, nothing = QPoint(5, 5), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(point, Qt.DropAction.CopyAction, data, left, nothing)
    entered.ignore()
    QApplication.sendEvent(onto, entered)
    if entered.isAccepted():
        QApplication.sendEvent(onto, QDropEvent(QPointF(point), Qt.DropAction.CopyAction, data, left, nothing))
    return entered.isAccepted()


def files(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def picture(data: bytes) -> QMimeData:
    made = QMimeData()
    made.setImageData(QImage.fromData(data))
    return made


@pytest.mark.parametrize("wanted", Verdict)
def test_each_verdict_stands_on_the_screen(wanted: Verdict, frame: MainFrame, centre: ACentre) -> None:
    assert drop(screen(frame), files(centre.file(centre.of(wanted))))
    assert verdict(frame) is wanted
    head = screen(frame).shown
    assert head is not None
    assert head.head.icon.isVisibleTo(frame)
    assert head.head.icon.icon is head.head.shown.icon
    assert found(frame, QLabel, "verify.sentence").text() == head.head.shown.sentence


@pytest.mark.parametrize("way", ["drop", "drop a picture", "choose", "paste", "paste a file", "paste text", "button"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_every_way_in_leads_to_the_verdict(
    way: str, kind: str, frame: MainFrame, centre: ACentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, clipboard = screen(frame), QGuiApplication.clipboard()
    file = centre.file(centre.picture(kind=kind), "بلا لاحقة")  # told by its content, not by its name
    match way:
        case "drop":
            assert drop(view, files(file))
        case "drop a picture":
            assert drop(view, picture(centre.picture(kind=kind)))
        case "choose":
            monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([file], ""))
            found(frame, QPushButton, "verify.choose").click()
        case "paste":
            clipboard.setMimeData(picture(centre.picture(kind=kind)))
            QTest.keyClick(field(frame), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        case "paste a file":
            clipboard.setMimeData(files(file))
            QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        case "paste text":
            clipboard.setText(centre.code())
            QTest.keyClick(field(frame), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(field(frame), Qt.Key.Key_Return)
        case _:
            clipboard.setText(f"{centre.code()}\n")
            found(frame, QPushButton, "verify.paste").click()
    assert verdict(frame) is Verdict.VALID
    assert frame.focusWidget() is field(frame)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scanner_types_and_the_field_is_ready_for_the_next(end: Qt.Key, frame: MainFrame, centre: ACentre) -> None:
    for content, wanted in ((centre.valid, Verdict.VALID), (centre.of(Verdict.REVOKED), Verdict.REVOKED)):
        assert frame.focusWidget() is field(frame)
        type_text(field(frame), centre.code(content))
        QTest.keyClick(field(frame), end)
        assert verdict(frame) is wanted
        assert field(frame).text() == ""
    history = found(frame, QListWidget, "verify.history")
    assert history.count() == 2
    history.itemClicked.emit(history.item(1))
    assert verdict(frame) is Verdict.VALID
    assert frame.focusWidget() is field(frame)


def test_a_scanner_types_under_the_arabic_keyboard(frame: MainFrame, centre: ACentre) -> None:
    type_text(field(frame), "".join(WINDOWS[one] for one in centre.code()))
    QTest.keyClick(field(frame), Qt.Key.Key_Return)
    assert verdict(frame) is Verdict.VALID


def test_escape_clears_and_only_then_goes_back(frame: MainFrame, centre: ACentre) -> None:
    frame.router.start(Route("today"))
    frame.go(Route("verify"))
    type_text(field(frame), centre.code())
    QTest.keyClick(field(frame), Qt.Key.Key_Return)
    assert verdict(frame) is Verdict.VALID
    QTest.keyClick(field(frame), Qt.Key.Key_Escape)
    assert frame.router.current == Route("verify")
    assert verdict(frame) is None
    type_text(field(frame), "TJZ")
    QTest.keyClick(field(frame), Qt.Key.Key_Escape)
    assert (field(frame).text(), frame.router.current) == ("", Route("verify"))
    QTest.keyClick(field(frame), Qt.Key.Key_Escape)
    assert frame.router.current == Route("today")


def test_the_camera_shows_what_it_sees_and_goes_out_with_the_screen(
    frame: MainFrame, centre: ACentre, camera: ACamera
) -> None:
    view = screen(frame)
    assert not view.picture.isVisibleTo(frame)
    found(frame, QPushButton, "verify.camera").click()
    assert [camera.on] == [True]
    camera.hold_up(centre.grey())
    assert verdict(frame) is Verdict.VALID
    assert view.picture.isVisibleTo(frame)
    assert [view.picture.seen] == [True]
    view.picture.grab()
    found(frame, QPushButton, "verify.camera").click()
    assert [camera.on] == [False]
    assert not view.picture.isVisibleTo(frame)
    assert [view.picture.seen] == [False]
    found(frame, QPushButton, "verify.camera").click()
    frame.router.start(Route("today"))
    assert [camera.on] == [False]
    camera.part = False
    frame.router.start(Route("verify"))
    found(frame, QPushButton, "verify.camera").click()
    assert found(frame, QLabel, "verify.problem").text()


def test_several_certificates_are_told_one_by_one(frame: MainFrame, centre: ACentre) -> None:
    assert drop(screen(frame), files(centre.file(centre.scan(), "مسح.tiff")))
    assert verdict(frame) is Verdict.REVOKED
    page = screen(frame).shown
    assert page is not None
    assert len(page.facts) == 3
    holders = [one.values["صاحب الرخصة"].text() for one in page.facts]
    assert holders == [centre.contents[at].holder.name_ar for at in (0, 2, 5)]


def test_an_enormous_picture_on_the_clipboard_is_made_smaller(frame: MainFrame, centre: ACentre) -> None:
    sheet = QImage.fromData(centre.picture())
    large = QImage(9_000, 12_000, QImage.Format.Format_Grayscale8)
    large.fill(255)
    painter = QPainter(large)
    painter.drawImage(large.rect(), sheet)
    painter.end()
    data = QMimeData()
    data.setImageData(large)
    assert drop(screen(frame), data)
    assert verdict(frame) is Verdict.VALID


def test_a_picture_of_ink_alone_is_seen_as_on_paper(frame: MainFrame, centre: ACentre) -> None:
    ink = QImage.fromData(centre.picture()).convertToFormat(QImage.Format.Format_Grayscale8)
    ink.invertPixels()
    alone = QImage(ink.size(), QImage.Format.Format_ARGB32)
    alone.fill(Qt.GlobalColor.black)
    alone.setAlphaChannel(ink)
    data = QMimeData()
    data.setImageData(alone)
    assert drop(screen(frame), data)
    assert verdict(frame) is Verdict.VALID


def test_nothing_to_paste_is_said(frame: MainFrame) -> None:
    found(frame, QPushButton, "verify.paste").click()
    assert "الحافظة" in found(frame, QLabel, "verify.problem").text()
    assert not drop(screen(frame), QMimeData())


def test_without_lists_it_leads_to_them(
    workplace: TestWorkplace,
    centre: ACentre,
    background: ImmediateBackground,
    shown: Callable[[QWidget], QWidget],
    tmp_path: Path,
) -> None:
    asked: list[bool] = []
    bare = FolderChecks(centre.checks.verifier, tmp_path / "none")
    made = open_shell(replace(workplace, checks=bare), background, Messages())
    shown(made)
    made.router.start(Route("verify"))
    assert "لا قوائم" in found(made, QLabel, "verify.lists").text()
    centre.checks.folder.rename(tmp_path / "none")
    workplace.sync.listen(lambda _: asked.append(True))
    try:
        found(made, QPushButton, "verify.synchronise").click()
        made.router.start(Route("verify"))
        assert "لا قوائم" not in found(made, QLabel, "verify.lists").text()
        assert not [one for one in made.findChildren(QPushButton, "verify.synchronise") if one.isVisibleTo(made)]
    finally:
        (tmp_path / "none").rename(centre.checks.folder)


def test_whoever_may_see_licences_is_led_there(
    workplace: TestWorkplace, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    entries = screen_entries(Ports(workplace, background, messages, lambda _: True))
    actors = (builders.clerk(), builders.cashier(), builders.inspector(), builders.supervisor(), builders.auditor(),
              builders.administrator(), builders.officer("health"))  # fmt: skip
    for actor in actors:
        led = {one.name: (one.navigated, bool(one.shortcut)) for one in entries_for(actor, entries)}
        assert led["verify"] == led["licences"]
        assert led["verify"][0] is (actor.role is not Role.BODY_OFFICER)
