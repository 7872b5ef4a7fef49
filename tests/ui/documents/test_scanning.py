"""A page that lies on the scanner is attached as the paper that it was scanned for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop_app.application.ports.scanning import Scanner, ScanningFailedError
from desktop_app.domain.attachments import ContentType, Requirement
from desktop_app.storage.attachments import StoreAttachments
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from tests.domain.builders import NOW
from tests.system.test_scanning import page
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.workplaces import make_workplace

TWO = (Scanner("a", "Flatbed A"), Scanner("b", "Feeder B"))


class Scanners:
    """Stand-in: these scanners, each giving a page or failing."""

    possible = True

    def __init__(self, *known: Scanner, fails: bool = False) -> None:
        self.known, self.fails = known, fails
        self.used: list[str] = []

    def scanners(self) -> tuple[Scanner, ...]:
        return self.known

    def scan(self, scanner: Scanner) -> bytes:
        self.used.append(scanner.id)
        if self.fails:
            raise ScanningFailedError("out of documents")
        return page()


class Bench:
    def __init__(self, folder: Path, scanners: Scanners | None, ports: Callable[..., Ports]) -> None:
        made = make_workplace(folder)
        self.close = made.close
        self.place = replace(made, attachments=StoreAttachments(made.store))
        if scanners is not None:
            self.place = replace(self.place, scanning=scanners)
        with made.store.reading() as reads:
            self.id = str(reads.driver.execute("SELECT id FROM request WHERE status = 'lodged'").fetchone()[0])
        screen = RequestScreen(ports(self.place))
        self.view = screen.widget()
        assert isinstance(self.view, RequestWidget)
        self.card = self.view.side.documents
        screen.activate(Route("request", {"id": self.id}))

    @property
    def documents(self) -> list[tuple[Requirement, ContentType, str]]:
        request = self.place.queries.get_request(self.id).request
        return [(one.requirement, one.content_type, one.name) for one in request.documents]


@pytest.fixture
def bench_of(
    tmp_path: Path,
    background: ImmediateBackground,
    messages: RecordedMessages,
    shown: Callable[[QWidget], QWidget],
) -> Callable[[Scanners | None], Bench]:
    def make(scanners: Scanners | None) -> Bench:
        bench = Bench(tmp_path, scanners, lambda place: Ports(place, background, messages, lambda route: True))
        shown(bench.view)
        QApplication.processEvents()
        return bench

    return make


def test_the_page_on_the_only_scanner_is_attached_as_the_paper_it_was_scanned_for(
    bench_of: Callable[[Scanners | None], Bench],
) -> None:
    scanners = Scanners(TWO[0])
    bench = bench_of(scanners)
    found(bench.card, QPushButton, "documents.scan.title_deed").click()
    ((requirement, kind, name),) = bench.documents
    assert (requirement, kind, scanners.used) == (Requirement.TITLE_DEED, ContentType.PNG, ["a"])
    assert name.startswith("مسح ضوئي")
    assert str(NOW.year).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) in name
    bench.close()


def test_of_several_scanners_one_is_chosen(bench_of: Callable[[Scanners | None], Bench]) -> None:
    scanners = Scanners(*TWO)
    bench = bench_of(scanners)
    found(bench.card, QPushButton, "documents.scan").click()
    assert bench.documents == []
    offered = bench.card.scanners.actions()
    assert [one.text() for one in offered] == ["Flatbed A", "Feeder B"]
    offered[1].trigger()
    bench.card.scanners.close()
    assert scanners.used == ["b"]
    assert [requirement for requirement, _, _ in bench.documents] == [Requirement.OTHER]
    bench.close()


@pytest.mark.parametrize(
    ("scanners", "level"), [(Scanners(), Level.WARNING), (Scanners(TWO[0], fails=True), Level.ERROR)]
)
def test_no_scanner_and_no_page_are_told_with_what_to_do(
    bench_of: Callable[[Scanners | None], Bench], messages: RecordedMessages, scanners: Scanners, level: Level
) -> None:
    bench = bench_of(scanners)
    found(bench.card, QPushButton, "documents.scan.title_deed").click()
    assert bench.documents == []
    assert messages.notices[-1].level is level
    assert messages.notices[-1].todo
    bench.close()


def test_where_nothing_can_be_scanned_no_button_says_so(bench_of: Callable[[Scanners | None], Bench]) -> None:
    bench = bench_of(None)
    assert not [
        one
        for one in bench.card.findChildren(QPushButton)
        if one.objectName().startswith("documents.scan") and one.isVisibleTo(bench.card)
    ]
    bench.close()
