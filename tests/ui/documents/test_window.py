"""Documents looked at: pages of each type, drawn off the UI thread, turned and brought nearer; what cannot be drawn."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

import pytest
from PIL import Image
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.application.ports.page_trial import NoTrial, PageTrial
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.ui.background import ThreadedBackground
from desktop_app.ui.documents import window as window_module
from desktop_app.ui.documents.pages import count_pages, draw_page
from desktop_app.ui.documents.window import DocumentWindow
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages

COLOURS = ("#ff0000", "#008000", "#0000ff")
SAVED_AS = {ContentType.PDF: "PDF", ContentType.TIFF: "TIFF", ContentType.JPEG: "JPEG", ContentType.PNG: "PNG"}


def paper(kind: ContentType, pages: int = 1) -> bytes:
    drawn = [Image.new("RGB", (60, 40), colour) for colour in COLOURS[:pages]]
    held = io.BytesIO()
    more = {"save_all": True, "append_images": drawn[1:]} if pages > 1 else {}
    drawn[0].save(held, SAVED_AS[kind], **more)
    return held.getvalue()


class Trial:
    """Remembers which pages were tried; `refused` are not to be drawn."""

    def __init__(self, *refused: int) -> None:
        self.refused = refused
        self.tried: list[int] = []

    def stands(self, pdf: bytes, page: int) -> bool:
        self.tried.append(page)
        return page not in self.refused


def looked_at(
    kind: ContentType,
    data: bytes,
    background: ImmediateBackground,
    shown: Callable[..., QWidget],
    trial: PageTrial | None = None,
) -> DocumentWindow:
    parent = QWidget()
    document = Attachment(hashlib.sha256(data).hexdigest(), Requirement.TITLE_DEED, "سند", kind, len(data))
    made = DocumentWindow(document, data, background, parent, trial or NoTrial())
    shown(parent)
    made.show()
    return made


def near(colour: str, image_colour: str) -> bool:
    parts = [int(colour[at : at + 2], 16) - int(image_colour[at : at + 2], 16) for at in (1, 3, 5)]
    return all(abs(part) <= 4 for part in parts)


@pytest.mark.parametrize("kind", ContentType)
def test_a_page_of_every_type_that_is_taken_is_drawn(
    kind: ContentType, background: ImmediateBackground, shown: Callable[..., QWidget]
) -> None:
    made = looked_at(kind, paper(kind), background, shown)
    assert made.readable
    assert made.pages == 1
    assert near(COLOURS[0], made.image.pixelColor(10, 10).name())
    assert not made.later.isVisible(), "there is nothing to turn to"
    made.close()


@pytest.mark.parametrize("kind", [ContentType.PDF, ContentType.TIFF])
def test_pages_are_turned(kind: ContentType, background: ImmediateBackground, shown: Callable[..., QWidget]) -> None:
    made = looked_at(kind, paper(kind, 3), background, shown)
    assert made.pages == 3
    assert not made.earlier.isEnabled()
    for page in (1, 2):
        made.later.click()
        assert near(COLOURS[page], made.image.pixelColor(10, 10).name())
    assert "٣" in made.said.text()
    assert not made.later.isEnabled()
    made.earlier.click()
    assert near(COLOURS[1], made.image.pixelColor(10, 10).name())
    made.close()


def test_a_page_is_brought_nearer_by_being_drawn_larger(
    background: ImmediateBackground, shown: Callable[..., QWidget]
) -> None:
    made = looked_at(ContentType.PDF, paper(ContentType.PDF), background, shown)
    before = made.image.width()
    made.nearer.click()
    assert made.image.width() == pytest.approx(before * 1.5, abs=2)
    made.farther.click()
    made.farther.click()
    assert made.image.width() == pytest.approx(before * 0.75, abs=2)
    made.close()


@pytest.mark.qt_log_ignore("directory", "Unsupported marker", extend=True)
@pytest.mark.parametrize(
    ("kind", "data"),
    [(ContentType.PDF, b"%PDF-1.7 torn"), (ContentType.TIFF, b"II*\x00torn"), (ContentType.JPEG, b"\xff\xd8\xfftorn")],
)
def test_what_is_damaged_is_told_with_what_to_do(
    kind: ContentType, data: bytes, background: ImmediateBackground, shown: Callable[..., QWidget]
) -> None:
    made = looked_at(kind, data, background, shown)
    assert made.readable is False
    assert made.stage.state is not None
    assert made.stage.state.what_to_do.text()
    made.close()


def test_nothing_is_drawn_before_the_background_has_its_turn(
    held: HeldBackground, shown: Callable[..., QWidget]
) -> None:
    made = looked_at(ContentType.PDF, paper(ContentType.PDF), held, shown)
    assert made.readable is None
    assert made.stage.state is not None, "it says that it is loading"
    held.release()
    held.release()
    assert not made.image.isNull()
    made.close()


def test_pages_are_counted_and_drawn_on_another_thread_than_the_windows(
    qtbot: object, messages: RecordedMessages, shown: Callable[..., QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []

    def count(kind: ContentType, data: bytes) -> int:
        threads.append(QThread.currentThread() is QApplication.instance().thread())  # type: ignore[union-attr]
        return count_pages(kind, data)

    def draw(kind: ContentType, data: bytes, page: int, width: int) -> object:
        threads.append(QThread.currentThread() is QApplication.instance().thread())  # type: ignore[union-attr]
        return draw_page(kind, data, page, width)

    monkeypatch.setattr(window_module, "count_pages", count)
    monkeypatch.setattr(window_module, "draw_page", draw)
    background = ThreadedBackground(messages, _raise)
    made = looked_at(ContentType.TIFF, paper(ContentType.TIFF, 2), background, shown)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: made.readable is True)  # type: ignore[attr-defined]
    assert threads[:2] == [False, False]
    made.close()
    background.close()


def test_a_page_that_takes_all_memory_is_not_drawn(
    background: ImmediateBackground, shown: Callable[..., QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def draw(kind: ContentType, data: bytes, page: int, width: int) -> object:
        drawn.append(page)
        return draw_page(kind, data, page, width)

    monkeypatch.setattr(window_module, "draw_page", draw)
    made = looked_at(ContentType.PDF, paper(ContentType.PDF, 3), background, shown, Trial(0))
    assert (made.readable, made.pages, drawn) == (False, 0, []), "not so much as opened"
    made.close()
    trial = Trial(1)
    made = looked_at(ContentType.PDF, paper(ContentType.PDF, 3), background, shown, trial)
    made.nearer.click()
    readable = []
    for _ in range(2):
        made.later.click()
        readable.append(made.readable)
    assert readable == [False, True]
    assert set(drawn) == {0, 2}
    assert trial.tried == [0, 1, 2], "each once"
    made.close()


def test_transparent_paper_is_white_and_a_page_that_is_not_there_is_nothing() -> None:
    held = io.BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(held, "PNG")
    assert draw_page(ContentType.PNG, held.getvalue(), 0, 60).pixelColor(5, 5).name() == "#ffffff"
    assert draw_page(ContentType.PNG, held.getvalue(), 1, 60).isNull()
    assert draw_page(ContentType.PDF, paper(ContentType.PDF), 7, 60).isNull()


def _raise(error: BaseException) -> object:
    raise error
