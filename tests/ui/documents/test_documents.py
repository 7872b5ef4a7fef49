"""The documents of a request on screen, over the real store: added, told how far they are, opened, refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.application.ports.attachments import NoAttachments, TransferState
from desktop_app.application.ports.store_trouble import KeepsNoDocumentsError
from desktop_app.domain.attachments import MOST_BYTES, Requirement
from desktop_app.domain.request import Status
from desktop_app.storage.attachments import StoreAttachments
from desktop_app.ui.documents.card import DocumentsCard
from desktop_app.ui.errors import explain
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.workplaces import make_workplace


class Bench:
    def __init__(
        self, folder: Path, background: ImmediateBackground, messages: RecordedMessages, *, keeps: bool = True
    ) -> None:
        made = make_workplace(folder)
        self.close = made.close
        self.store = made.store
        self.attachments = StoreAttachments(made.store)
        self.workplace = replace(made, attachments=self.attachments if keeps else NoAttachments())
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
