"""The page on the screen is the very file: real PDFs by the program's own renderer, drawn by QtPdf."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.documents.renderer import ReportlabRenderer
from desktop_app.ui.certificate.paper import PaperView
from desktop_app.ui.theme import Scheme, apply, current
from tests.documents import samples

Show = Callable[[QWidget], QWidget]


def shows_page(view: PaperView) -> bool:
    return view.stage.state is None


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return ReportlabRenderer().certificate(samples.certificate())


def test_the_page_is_drawn_and_is_not_blank(pdf: bytes, shown: Show, qtbot: QtBot) -> None:
    view = PaperView()
    shown(view)
    view.show_pdf(pdf)
    assert view.readable
    assert view.shown == pdf
    assert view.document.pageCount() == 1
    page = view.document.render(0, QSize(420, 594))
    inks = {page.pixelColor(x, y).name() for x in range(0, 420, 3) for y in range(0, 594, 3)}
    assert len(inks) > 8

    def drawn() -> bool:
        screen = view.grab().toImage()
        return len({screen.pixelColor(x, screen.height() // 4).name() for x in range(0, screen.width(), 2)}) > 3

    qtbot.waitUntil(drawn)


def test_another_page_takes_its_place_and_the_same_bytes_change_nothing(pdf: bytes, shown: Show) -> None:
    view = PaperView()
    shown(view)
    view.show_pdf(pdf)
    loads: list[object] = []
    view.document.statusChanged.connect(loads.append)
    view.show_pdf(bytes(pdf))
    assert loads == []
    other = ReportlabRenderer().receipt(samples.receipt())
    view.show_pdf(other)
    assert view.readable
    assert view.shown == other


def test_a_file_that_did_not_arrive_whole_says_so_and_a_whole_one_heals_it(pdf: bytes, shown: Show) -> None:
    view = PaperView()
    shown(view)
    view.show_pdf(b"%PDF nothing of the kind")
    assert not shows_page(view)
    view.show_pdf(pdf)
    assert shows_page(view)
    assert view.readable


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.LIGHT])
def test_the_ground_around_the_page_follows_the_colours(pdf: bytes, shown: Show, qtbot: QtBot, scheme: Scheme) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    view = PaperView()
    shown(view)
    view.show_pdf(pdf)
    try:
        apply(app, scheme)
        ground = QColor(current().colours.surface)
        qtbot.waitUntil(lambda: view.grab().toImage().pixelColor(2, view.height() // 2) == ground)
    finally:
        apply(app)
