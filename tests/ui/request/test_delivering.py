"""Handing over on the request screen: drawn signature, slip on paper with its scan, and a refusal to take them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from desktop_app.domain.handover import SignedHow, check_ink
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.texts import strip_marks
from desktop_app.ui.messages import Level
from desktop_app.ui.widgets.file_edit import FileEdit
from desktop_app.ui.widgets.signature_pad import SignaturePad
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.letters.test_letters import Bench as Desk
from tests.ui.request.test_request import Bench

Show = Callable[[QWidget], QWidget]


def _choose(bench: Bench, name: str, value: str) -> None:
    box = found(bench.view, QComboBox, f"action.deliver.{name}")
    box.setCurrentIndex(box.findData(value))


def _draw(pad: SignaturePad) -> None:
    paper = pad.paper
    QTest.mousePress(paper, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for at in ((90, 30), (140, 80), (200, 50), (260, 90)):
        QTest.mouseMove(paper, QPoint(*at))
    QTest.mouseRelease(paper, Qt.MouseButton.LeftButton, pos=QPoint(260, 90))


def _begun(background: ImmediateBackground, messages: RecordedMessages, shown: Show) -> Bench:
    bench = Bench(Status.PRINTED, background, messages)
    shown(bench.view)
    bench.click("action.deliver")
    bench.line("action.deliver.identity").setText("9871012345")
    return bench


def test_a_signature_is_drawn_with_the_mouse(
    background: ImmediateBackground, messages: RecordedMessages, shown: Show
) -> None:
    bench = _begun(background, messages, shown)
    _choose(bench, "signed", SignedHow.DRAWN.value)
    bench.click("action.deliver.give")
    assert bench.view.form is not None  # nothing was drawn yet
    _choose(bench, "signed", SignedHow.PAPER.value)
    pad = found(bench.view, SignaturePad, "action.deliver.ink")
    _draw(pad)
    assert check_ink(pad.typed).clear
    drawn = pad.typed
    bench.click("action.deliver.give")
    handover = bench.memory.centre.requests["r1"].issue.handover
    assert bench.status is Status.DELIVERED
    assert handover is not None
    assert (handover.signed, handover.ink) == (SignedHow.DRAWN, drawn)


def test_a_drawing_is_wiped_and_what_was_kept_is_shown_again() -> None:
    pad = SignaturePad("100,200 300,260;5,5 9,9")
    pad.setObjectName("p")
    assert pad.typed == "100,200 300,260;5,5 9,9"
    pad.clear.click()
    assert pad.typed == ""
    assert SignaturePad("nonsense").typed == ""


def test_the_slip_on_paper_comes_with_its_scan(
    background: ImmediateBackground, messages: RecordedMessages, tmp_path: Path
) -> None:
    bench = Desk(tmp_path, background, messages, Status.PRINTED)
    scan = tmp_path / "slip.pdf"
    scan.write_bytes(b"%PDF-1.4 slip")
    bench.click("action.deliver")
    bench.type("action.deliver.identity", "9871012345")
    found(bench.view, FileEdit, "action.deliver.document").take(str(scan))
    bench.click("action.deliver.give")
    (document,) = bench.request.documents
    assert status_of(bench.request) is Status.DELIVERED
    assert bench.request.issue.handover is not None
    assert bench.request.issue.handover.scan == document.digest
    assert bench.workplace.attachments.read(document.digest) == b"%PDF-1.4 slip"
    assert messages.notices[-1].level is Level.DONE


def test_without_a_scan_the_counter_is_warned(
    background: ImmediateBackground, messages: RecordedMessages, shown: Show
) -> None:
    bench = _begun(background, messages, shown)
    bench.click("action.deliver.give")
    assert bench.status is Status.DELIVERED
    assert "لا صورة بعد" in strip_marks(messages.notices[-1].todo)


def test_a_refusal_to_take_them_is_said_as_one(
    background: ImmediateBackground, messages: RecordedMessages, shown: Show
) -> None:
    bench = _begun(background, messages, shown)
    _choose(bench, "taken", "no")
    found(bench.view, QPlainTextEdit, "action.deliver.reason").setPlainText("خطأ في الاسم التجاري")
    bench.click("action.deliver.give")
    assert bench.status is Status.PRINTED
    assert "رُفض استلام الشهادات" in strip_marks(messages.notices[-1].happened)
    newest = bench.view.history.events[0]
    assert newest.what == "رُفض استلام الشهادات وبقيت للتسليم"
    assert "خطأ في الاسم التجاري" in newest.detail
