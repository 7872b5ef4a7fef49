"""The print gate over a real store: the very bytes to the printer, a person's word on each sheet, serials kept."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget, QWidget

from desktop_app.application.ports.printing import PrintingFailedError
from desktop_app.domain.actions import Action
from desktop_app.domain.actor import Role
from desktop_app.domain.messages import message
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import Spoilt
from desktop_app.texts import describe, name_of, tr
from desktop_app.ui.certificate.screen import CertificateScreen
from desktop_app.ui.certificate.view import CertificateWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from tests.ui.desks import Desk, desk_of, draw, requests_in
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.workplaces import TestWorkplace, make_workplace

Show = Callable[[QWidget], QWidget]


class Printer:
    """`application.ports.printing.Printing`: keeps what it was given."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.taken: list[tuple[bytes, str, str]] = []
        self.jammed = False

    def printers(self) -> tuple[str, ...]:
        return self.names

    def print_file(self, pdf: bytes, title: str, printer: str) -> None:
        if self.jammed:
            raise PrintingFailedError("out of paper")
        self.taken.append((pdf, title, printer))


class Bench:
    def __init__(
        self, tmp_path: Path, shown: Show, background: ImmediateBackground, messages: RecordedMessages
    ) -> None:
        self._tmp_path, self._shown, self._background, self._messages = tmp_path, shown, background, messages
        self.printer = Printer("Counter", "Back office")

    def workplace(self, role: Role = Role.CLERK) -> TestWorkplace:
        return replace(make_workplace(self._tmp_path, role), printing=self.printer)

    def sit(self, workplace: TestWorkplace) -> Desk[CertificateWidget]:
        desk = desk_of(workplace, CertificateScreen, CertificateWidget, self._background, self._messages)
        self._shown(desk.view)
        return desk

    def open(self, status: Status, role: Role = Role.CLERK) -> tuple[Desk[CertificateWidget], str]:
        workplace = self.workplace(role)
        desk = self.sit(workplace)
        wanted = requests_in(workplace, status)[0]
        desk.screen.activate(Route("certificate", {"id": wanted}))
        return desk, wanted


@pytest.fixture
def bench(tmp_path: Path, shown: Show, background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench(tmp_path, shown, background, messages)


def numbers(desk: Desk[CertificateWidget], wanted: str) -> list[str]:
    return [one.number for one in desk.workplace.queries.get_request(wanted).request.issue.licences]


def shows_page(desk: Desk[CertificateWidget]) -> bool:
    return desk.view._stage.state is None


def pages(desk: Desk[CertificateWidget]) -> QListWidget:
    return desk.find(QListWidget, "certificate.list")


def test_every_licence_of_the_request_is_shown_as_its_own_file(bench: Bench) -> None:
    desk, wanted = bench.open(Status.ISSUED)
    known = numbers(desk, wanted)
    assert pages(desk).count() == len(known) == 3
    for at, number in enumerate(known):
        pages(desk).setCurrentRow(at)
        assert desk.view.paper.shown == desk.workplace.papers.find(number)


def test_the_printer_gets_the_very_bytes(bench: Bench, messages: RecordedMessages) -> None:
    desk, wanted = bench.open(Status.ISSUED)
    pages(desk).setCurrentRow(1)
    desk.find(QComboBox, "certificate.printer").setCurrentText("Back office")
    desk.click("certificate.print")
    (taken,) = bench.printer.taken
    number = numbers(desk, wanted)[1]
    assert taken[0] == desk.workplace.papers.find(number)
    assert taken[2] == "Back office"
    assert messages.notices[-1].todo
    assert desk.workplace.queries.get_request(wanted).request.issue.sheets == ()


def test_a_printer_that_does_not_take_it_leaves_everything_as_it_was(bench: Bench, messages: RecordedMessages) -> None:
    desk, wanted = bench.open(Status.ISSUED)
    bench.printer.jammed = True
    desk.click("certificate.print")
    notice = messages.notices[-1]
    assert notice.level is Level.ERROR
    assert notice.happened == tr("The printer did not take the page.")
    assert notice.kept
    assert notice.todo
    assert desk.workplace.queries.get_request(wanted).request.issue.sheets == ()


def test_without_a_printer_the_file_can_be_saved(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: RecordedMessages
) -> None:
    bench.printer = Printer()
    desk, wanted = bench.open(Status.ISSUED)
    assert not desk.offers("certificate.print")
    place = tmp_path / "نسخة.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    desk.click("certificate.save")
    assert place.read_bytes() == desk.workplace.papers.find(numbers(desk, wanted)[0])
    assert messages.notices[-1].level is Level.DONE


def test_a_folder_that_cannot_be_written_to_is_told(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: RecordedMessages
) -> None:
    desk, _ = bench.open(Status.ISSUED)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    desk.click("certificate.save")
    assert messages.notices[-1].happened == tr("The file could not be saved there.")

    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    desk.click("certificate.save")
    assert messages.notices[-1].happened == tr("The disk of this computer is full, so nothing could be saved.")


def test_only_a_persons_word_moves_the_request_on(bench: Bench) -> None:
    desk, wanted = bench.open(Status.ISSUED)
    for at, _ in enumerate(numbers(desk, wanted)):
        pages(desk).setCurrentRow(at)
        desk.type("certificate.serial", f"00702{at}")
        desk.click("certificate.fine")
        assert tr("printed") in pages(desk).item(at).text()
        assert desk.line("certificate.serial").text() == ""
    issue = desk.workplace.queries.get_request(wanted).request.issue
    assert issue.state.value == "printed"
    assert [sheet.serial for sheet in issue.sheets] == ["007020", "007021", "007022"]


def test_the_sheets_of_a_licence_are_named_and_a_spoilt_one_leaves_it_to_be_printed(bench: Bench) -> None:
    desk, wanted = bench.open(Status.ISSUED)
    desk.type("certificate.serial", "٠٠٧٠٣٠")
    desk.click("certificate.spoilt")
    (sheet,) = desk.workplace.queries.get_request(wanted).request.issue.sheets
    assert (sheet.serial, sheet.fine) == ("007030", False)
    assert tr("to print") in pages(desk).item(0).text()
    spoilt = tr("Sheet {serial}: spoilt ({why}), not to be used again", serial="٠٠٧٠٣٠", why=name_of(Spoilt.JAMMED))
    assert desk.view._sheets.text() == spoilt
    desk.type("certificate.serial", "007031")
    desk.click("certificate.fine")
    assert desk.view._sheets.text().split("\n") == [spoilt, tr("Sheet {serial}: fine", serial="٠٠٧٠٣١")]
    assert desk.view._sheets.isVisible()
    pages(desk).setCurrentRow(1)
    assert desk.view._sheets.text() == ""


def test_what_is_none_of_the_usual_reasons_is_written_down(bench: Bench) -> None:
    desk, wanted = bench.open(Status.ISSUED)
    why = desk.find(QComboBox, "certificate.why")
    note = desk.view.why.fields[1]
    assert not note.isVisible()
    why.setCurrentIndex(why.findData(Spoilt.OTHER.value))
    desk.type("certificate.serial", "007040")
    desk.click("certificate.spoilt")
    assert desk.view._form.fields["note"].problem == describe(message("reason.missing"))
    assert desk.workplace.queries.get_request(wanted).request.issue.sheets == ()
    desk.type("certificate.note", "انسكبت القهوة")
    desk.click("certificate.spoilt")
    (sheet,) = desk.workplace.queries.get_request(wanted).request.issue.sheets
    assert (sheet.spoilt, sheet.note) == (Spoilt.OTHER, "انسكبت القهوة")
    assert "انسكبت القهوة" in desk.view._sheets.text()
    assert not note.isVisible(), "the next sheet has its own word"


def test_a_missing_or_used_serial_is_refused_beside_the_field(bench: Bench) -> None:
    desk, wanted = bench.open(Status.ISSUED)
    field = desk.view._form.fields["serial"]
    desk.click("certificate.fine")
    assert field.problem == describe(message("print.serial_missing"))
    desk.type("certificate.serial", "1")
    desk.click("certificate.spoilt")
    assert field.problem == ""
    desk.type("certificate.serial", "1")
    desk.click("certificate.fine")
    assert field.problem == describe(message("print.serial_used", serial="1"))
    assert desk.view.serial.typed == "1"
    assert len(desk.workplace.queries.get_request(wanted).request.issue.sheets) == 1


def test_a_serial_survives_the_end_of_the_program(bench: Bench) -> None:
    desk, wanted = bench.open(Status.ISSUED)
    desk.type("certificate.serial", "0071")
    desk.screen.deactivate()
    assert isinstance(desk.workplace, TestWorkplace)
    again = bench.sit(desk.workplace)
    again.screen.activate(Route("certificate", {"id": wanted}))
    assert again.view.serial.typed == "0071"
    again.click("certificate.fine")
    assert desk.workplace.drafts.find("certificate", wanted) is None


def test_a_certificate_that_is_on_its_way_comes_with_the_news(bench: Bench) -> None:
    workplace = bench.workplace()

    class Late:
        here = False

        def find(self, number: str) -> bytes | None:
            return workplace.papers.find(number) if self.here else None

        def find_drawn(self, digest: str) -> bytes | None:
            return None

    late = Late()
    desk = bench.sit(replace(workplace, papers=late))
    wanted = requests_in(workplace, Status.ISSUED)[0]
    desk.screen.activate(Route("certificate", {"id": wanted}))
    assert not shows_page(desk)
    assert not desk.offers("certificate.print")
    desk.type("certificate.serial", "0072")
    late.here = True
    desk.tell_news()
    draw()
    assert shows_page(desk)
    assert desk.offers("certificate.print")
    assert desk.view.serial.typed == "0072"


def test_a_request_that_is_not_here_says_so(bench: Bench) -> None:
    desk, _ = bench.open(Status.ISSUED)
    desk.screen.activate(Route("certificate", {"id": "nowhere"}))
    assert desk.view._stage.state is not None
    assert not desk.offers("certificate.fine")


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR, Role.AUDITOR])
def test_every_status_draws_and_the_gate_is_there_only_where_it_is_legal(bench: Bench, role: Role) -> None:
    workplace = bench.workplace(role)
    desk = bench.sit(workplace)
    for status in Status:
        wanted = requests_in(workplace, status)[0]
        desk.screen.activate(Route("certificate", {"id": wanted}))
        offered = {one.action for one in workplace.commands.available(wanted) if one.legal}
        assert desk.offers("certificate.spoilt") == (Action.CONFIRM_PRINT in offered), status
        assert desk.offers("certificate.fine") == (Action.CONFIRM_PRINT in offered and status is Status.ISSUED), status
        assert desk.offers("certificate.copy") == (Action.ORDER_COPY in offered), status
        assert desk.offers("certificate.print") == (status is Status.ISSUED), "what was printed is not printed again"
        licences = workplace.queries.get_request(wanted).request.issue.licences
        assert pages(desk).count() == len(licences)
        assert (desk.view._stage.state is None) == bool(licences)
