"""The documents of a request on screen, over the real store: added, told how far they are, opened, refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget

from desktop_app.application.ports.attachments import NoAttachments, TransferState
from desktop_app.application.ports.page_trial import NoTrial, PageTrial
from desktop_app.application.ports.store_trouble import KeepsNoDocumentsError
from desktop_app.domain.attachments import MOST_BYTES, Requirement
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.storage.attachments import StoreAttachments
from desktop_app.ui.documents.card import DocumentsCard
from desktop_app.ui.documents.lines import DocumentsShown
from desktop_app.ui.errors import explain
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from desktop_app.wire.codec import encode
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.workplaces import make_workplace


class Bench:
    def __init__(
        self,
        folder: Path,
        background: ImmediateBackground,
        messages: RecordedMessages,
        *,
        keeps: bool = True,
        trial: PageTrial | None = None,
    ) -> None:
        made = make_workplace(folder)
        self.close = made.close
        self.store = made.store
        self.attachments = StoreAttachments(made.store)
        kept = self.attachments if keeps else NoAttachments()
        self.workplace = replace(made, attachments=kept, page_trial=trial or NoTrial())
        with made.store.reading() as reads:
            rows = reads.driver.execute("SELECT id FROM request WHERE status = ?", (Status.LODGED.value,)).fetchall()
        self.request_id = str(rows[0][0])
        self.screen = RequestScreen(Ports(self.workplace, background, messages, lambda route: True))
        self.screen.activate(Route("request", {"id": self.request_id}))
        view = self.screen.widget()
        assert isinstance(view, RequestWidget)
        self.view = view
        self.card: DocumentsCard = view.side.documents

    def documents(self) -> tuple[str, ...]:
        return tuple(one.digest for one in self.workplace.queries.get_request(self.request_id).request.documents)


@pytest.fixture
def bench(tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench(tmp_path, background, messages)


class NoPage:
    """Tells of every page that it is not to be drawn."""

    def stands(self, pdf: bytes, page: int) -> bool:
        return False


def test_a_pdf_is_tried_before_it_is_drawn(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(tmp_path, background, messages, trial=NoPage())
    shown(bench.view)
    scan = tmp_path / "scan.pdf"
    Image.new("L", (60, 40)).save(scan, "PDF")
    bench.card.take(str(scan))
    (digest,) = bench.documents()
    found(bench.card, QPushButton, f"documents.open.{digest}").click()
    assert bench.card.window_of is not None
    assert bench.card.window_of.readable is False
    bench.card.window_of.close()


@pytest.fixture
def photo(tmp_path: Path) -> str:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    path = tmp_path / "صورة.png"
    assert image.save(str(path))
    return str(path)


def test_a_photograph_is_attached_waits_and_can_be_looked_at(
    bench: Bench, photo: str, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(bench.view)
    bench.card.requirement.setCurrentIndex(bench.card.requirement.findData(Requirement.VISIT_PHOTO.value))
    bench.card.take(photo)
    (digest,) = bench.documents()
    request = bench.workplace.queries.get_request(bench.request_id).request
    assert request.documents[0].requirement is Requirement.VISIT_PHOTO
    assert bench.attachments.transfers([digest])[digest].state is TransferState.WAITING
    found(bench.card, QPushButton, f"documents.open.{digest}").click()
    assert bench.card.window_of is not None
    assert bench.card.window_of.readable
    bench.card.window_of.close()
    bench.close()


def drop(onto: QWidget, *paths: str) -> None:
    """As a person's hand drops files there."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(path) for path in paths])
    point, left = QPoint(3, 3), Qt.MouseButton.LeftButton
    nothing = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(point, Qt.DropAction.CopyAction, dragged, left, nothing)
    QApplication.sendEvent(onto, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(point), Qt.DropAction.CopyAction, dragged, left, nothing)
    QApplication.sendEvent(onto, dropped)


def test_what_is_dropped_onto_a_paper_is_attached_as_that_paper_and_no_longer_lacks(
    bench: Bench, photo: str, tmp_path: Path, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(bench.view)
    row = bench.card.rows[Requirement.TITLE_DEED]
    assert any("لا صورة" in one.text() for one in row.findChildren(QLabel))
    assert "سند ملكية" in bench.view.what_now.text(), "it is named beside the acceptance too"
    second = tmp_path / "وجه آخر.png"
    assert QImage(photo).scaled(20, 20).save(str(second))
    bad = tmp_path / "ملف.docx"
    bad.write_bytes(b"PK no picture")
    drop(row, photo, str(bad), str(second))
    request = bench.workplace.queries.get_request(bench.request_id).request
    assert [one.requirement for one in request.documents] == [Requirement.TITLE_DEED] * 2
    assert "ملف.docx" in bench.card.problem.text(), "the one that was refused is named"
    row = bench.card.rows[Requirement.TITLE_DEED]
    assert not any("لا صورة" in one.text() for one in row.findChildren(QLabel))
    assert "سند ملكية" not in bench.view.what_now.text()
    drop(bench.card, photo)  # beside every paper: as what the choice says, and the same file is one document
    assert len(bench.documents()) == 2
    bench.close()


def test_a_file_that_was_attached_by_mistake_is_taken_back_and_may_come_again(
    bench: Bench, photo: str, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(bench.view)
    drop(bench.card.rows[Requirement.TITLE_DEED], photo)
    (digest,) = bench.documents()
    QApplication.processEvents()
    found(bench.card, QPushButton, f"documents.remove.{digest}").click()
    asked = bench.card.findChild(QMessageBox)
    assert isinstance(asked, QMessageBox)
    assert bench.documents() == (digest,), "nothing is done before the answer"
    asked.accept()
    assert bench.documents() == ()
    assert any("لا صورة" in one.text() for one in bench.card.rows[Requirement.TITLE_DEED].findChildren(QLabel))
    assert any("سُحبت وثيقة" in one.text() for one in bench.view.history.findChildren(QLabel))
    drop(bench.card.rows[Requirement.TITLE_DEED], photo)
    assert bench.documents() == (digest,)
    bench.attachments.note_held(digest)
    bench.screen.activate(Route("request", {"id": bench.request_id}))
    QApplication.processEvents()
    found(bench.view, QPushButton, "action.accept").click()
    assert not [
        one for one in bench.card.findChildren(QPushButton, f"documents.remove.{digest}") if one.isVisibleTo(bench.card)
    ], "a request keeps what it was accepted on"
    bench.close()


def test_only_files_are_taken_and_only_where_they_may_be_added(
    bench: Bench, photo: str, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(bench.view)
    words = QMimeData()
    words.setText("نص")
    words.setUrls([QUrl("https://example.org/deed.pdf")])
    nothing = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(3, 3), Qt.DropAction.CopyAction, words, Qt.MouseButton.LeftButton, nothing)
    entered.ignore()
    QApplication.sendEvent(bench.card, entered)
    assert not entered.isAccepted()
    bench.card.show_documents(DocumentsShown())
    assert not bench.card.acceptDrops()
    bench.close()


def test_what_the_municipality_asks_a_scan_of_holds_the_acceptance_up_by_name(
    bench: Bench, photo: str, shown: Callable[[QWidget], QWidget]
) -> None:
    asked = replace(bench.workplace.queries.reference(), scans_required=(Requirement.TITLE_DEED,))
    with bench.store.writing() as writes:
        writes.driver.execute("UPDATE reference SET body = ?", (encode(asked),))
    bench.screen.activate(Route("request", {"id": bench.request_id}))
    shown(bench.view)
    accept = found(bench.view, QPushButton, "action.accept")
    assert not accept.isEnabled()
    assert any("سند ملكية" in reason.text() for reason in bench.view.action_bar.reasons)
    assert any("لا يقبل" in one.text() for one in bench.card.rows[Requirement.TITLE_DEED].findChildren(QLabel))
    drop(bench.card.rows[Requirement.TITLE_DEED], photo)
    bench.attachments.note_held(bench.documents()[0])
    bench.screen.activate(Route("request", {"id": bench.request_id}))
    QApplication.processEvents()
    found(bench.view, QPushButton, "action.accept").click()
    assert status_of(bench.workplace.queries.get_request(bench.request_id).request) is Status.AWAITING_APPROVALS
    bench.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "فارغ"), (b"MZ not a picture", "PDF"), (b"%PDF-" + bytes(MOST_BYTES), "٢٠")],
    ids=["empty", "another type", "too large"],
)
def test_a_bad_file_is_told_in_a_sentence_and_nothing_is_kept(
    bench: Bench, tmp_path: Path, content: bytes, said: str, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(bench.view)
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content)
    bench.card.take(str(bad))
    assert said in bench.card.problem.text()
    assert bench.documents() == ()
    assert bench.attachments.outgoing() == ()
    bench.close()


def test_what_is_not_here_is_fetched_when_it_is_opened(
    bench: Bench, photo: str, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(bench.view)
    bench.card.take(photo)
    (digest,) = bench.documents()
    bench.attachments.discard(digest)
    found(bench.card, QPushButton, f"documents.open.{digest}").click()
    assert bench.card.window_of is None
    assert bench.attachments.transfers([digest])[digest].state is TransferState.WANTED
    assert messages.notices
    bench.close()


def test_the_same_file_twice_is_one_document(bench: Bench, photo: str) -> None:
    bench.card.take(photo)
    bench.card.take(photo)
    assert len(bench.documents()) == 1
    assert bench.card.problem.text()
    assert len(bench.attachments.outgoing()) == 1
    bench.close()


def test_what_the_centre_refused_as_damaged_is_mended_by_attaching_it_again(bench: Bench, photo: str) -> None:
    bench.card.take(photo)
    (digest,) = bench.documents()
    with bench.store.writing() as writes:
        writes.driver.execute("UPDATE attachment_chunk SET data = ? WHERE digest = ?", (b"rotten", digest))
    bench.attachments.note_refused(digest, "hash")
    assert bench.attachments.read(digest) is None
    bench.card.take(photo)
    assert not bench.card.problem.text()
    assert bench.documents() == (digest,)
    assert [one.digest for one in bench.attachments.outgoing()] == [digest]
    assert bench.attachments.read(digest) == Path(photo).read_bytes()
    bench.close()


def test_where_no_documents_are_kept_a_file_is_refused_in_words_and_nothing_is_attached(
    tmp_path: Path, photo: str, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(tmp_path, background, messages, keeps=False)
    bench.card.take(photo)
    (told,) = messages.notices
    assert told == explain(KeepsNoDocumentsError())
    assert bench.documents() == ()
    bench.workplace.attachments.discard("0" * 64)  # nothing was kept that could be there to forget
    bench.close()
