"""A run of the printer over a real store: one page out at a time, a person's word between, nothing forgotten."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QComboBox, QListWidget, QProgressBar, QWidget

from desktop_app.application.ports.drafts import Drafts
from desktop_app.domain.actor import Role
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Spoilt
from desktop_app.texts import tr
from desktop_app.texts.quantities import code
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from desktop_app.ui.print_run.screen import PrintRunScreen
from desktop_app.ui.print_run.view import PrintRunWidget
from desktop_app.ui.print_run.waiting import WaitingSheet, waiting_sheets
from desktop_app.ui.screens import Ports, screen_entries
from desktop_app.ui.shell import entries_for
from tests.domain import builders
from tests.ui.desks import Desk, desk_of, meanwhile
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.ui.printer import Printer
from tests.workplaces import TestWorkplace, make_workplace

Show = Callable[[QWidget], QWidget]


class Bench:
    def __init__(
        self,
        tmp_path: Path,
        shown: Show,
        background: ImmediateBackground,
        messages: RecordedMessages,
        role: Role = Role.CLERK,
        *,
        online: bool = False,
    ) -> None:
        self.printer = Printer()
        self.workplace: TestWorkplace = replace(make_workplace(tmp_path, role, online=online), printing=self.printer)
        self._shown, self._background, self._messages = shown, background, messages
        self.desk = self.sit()

    def sit(self) -> Desk[PrintRunWidget]:
        """Another window on the same store, as after a crash."""
        desk = desk_of(self.workplace, PrintRunScreen, PrintRunWidget, self._background, self._messages)
        self._shown(desk.view)
        desk.screen.activate(Route("print_run"))
        return desk

    def waiting(self) -> tuple[WaitingSheet, ...]:
        return waiting_sheets(self.workplace)

    def sheets(self, number: str) -> list[tuple[str, bool]]:
        wanted = next(
            request
            for request in self.workplace.centre.centre.requests
            for one in self.workplace.queries.get_request(request).request.issue.licences
            if one.number == number
        )
        kept = self.workplace.queries.get_request(wanted).request.issue.sheets
        return [(one.serial, one.fine) for one in kept if one.licence_number == number]

    def answer(self, serial: str, *, fine: bool = True) -> None:
        self.desk.type("print_run.serial", serial)
        self.desk.click("print_run.fine" if fine else "print_run.spoilt")


@pytest.fixture
def bench(tmp_path: Path, shown: Show, background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench(tmp_path, shown, background, messages)


def test_each_page_goes_out_when_the_one_before_was_answered_for(bench: Bench) -> None:
    wanted = bench.waiting()
    assert len(wanted) >= 3
    assert bench.printer.taken == []
    bench.desk.click("print_run.start")
    for at, sheet in enumerate(wanted):
        assert [pdf for pdf, _, _ in bench.printer.taken] == [one.pdf for one in wanted[: at + 1]]
        if at:
            assert bench.desk.view.serial.typed == f"S{at + 1:05}", "the sheet beneath is proposed"
            bench.desk.click("print_run.fine")
        else:
            bench.answer("S00001")
        assert bench.sheets(sheet.number) == [(f"S{at + 1:05}", True)]
        assert bench.desk.find(QProgressBar, "print_run.progress").value() == at + 1
    assert bench.waiting() == ()
    assert not bench.desk.offers("print_run.start")
    done = {bench.workplace.queries.get_request(one.request_id).request for one in wanted}
    assert {request.issue.state.value for request in done} == {"printed"}


def test_a_spoilt_sheet_stops_the_run_and_its_licence_is_printed_again(bench: Bench) -> None:
    first = bench.waiting()[0]
    bench.desk.click("print_run.start")
    why = bench.desk.find(QComboBox, "print_run.why")
    why.setCurrentIndex(why.findData(Spoilt.FAINT.value))
    bench.answer("S00001", fine=False)
    assert bench.sheets(first.number) == [("S00001", False)]
    (sheet,) = bench.workplace.queries.get_request(first.request_id).request.issue.sheets
    assert sheet.spoilt is Spoilt.FAINT
    assert len(bench.printer.taken) == 1
    bench.desk.click("print_run.start")
    assert bench.printer.taken[1][0] == first.pdf
    assert bench.desk.view.serial.typed == "S00002"


def test_what_was_answered_for_is_at_the_printer_no_longer(bench: Bench, messages: RecordedMessages) -> None:
    bench.desk.click("print_run.start")
    bench.answer("S00001", fine=False)
    assert messages.notices[-1].happened == tr("The spoilt sheet was recorded: print it again.")
    assert not bench.sit().offers("print_run.fine"), "also where its licence still waits, and after a crash"


def test_a_printer_that_takes_no_page_stops_it_and_nothing_is_out(bench: Bench, messages: RecordedMessages) -> None:
    bench.printer.works = False
    bench.desk.click("print_run.start")
    assert messages.notices[-1].level is Level.ERROR
    assert messages.notices[-1].kept
    assert not bench.desk.offers("print_run.fine")
    bench.printer.works = True
    assert not bench.sit().offers("print_run.fine"), "nothing is noted as out"


def test_a_page_that_cannot_be_noted_does_not_go_out(bench: Bench, messages: RecordedMessages) -> None:
    class Full:
        """A disk without room."""

        def find(self, form: str, key: str) -> None:
            return None

        def save(self, draft: object) -> None:
            raise OSError(errno.ENOSPC, "no room")

    bench.workplace = replace(bench.workplace, drafts=cast("Drafts", Full()))
    bench.desk = bench.sit()
    bench.desk.click("print_run.start")
    assert bench.printer.taken == []
    assert [one.level for one in messages.notices] == [Level.ERROR]
    assert not bench.desk.offers("print_run.fine")


def test_after_a_crash_it_is_known_what_was_out_and_nothing_goes_out_by_itself(bench: Bench) -> None:
    first = bench.waiting()[0]
    bench.desk.click("print_run.start")
    bench.desk.type("print_run.serial", "S00007")
    bench.desk.screen.deactivate()
    bench.desk = bench.sit()
    assert len(bench.printer.taken) == 1
    assert bench.desk.view.serial.typed == "S00007"
    told = tr("{number} — at the printer\n{title}", number=code(first.number), title=first.title)
    assert bench.desk.find(QListWidget, "print_run.list").item(0).text() == told
    bench.desk.click("print_run.again")
    assert [pdf for pdf, _, _ in bench.printer.taken] == [first.pdf, first.pdf]
    bench.desk.click("print_run.fine")
    assert bench.sheets(first.number) == [("S00007", True)]
    assert len(bench.printer.taken) == 2, "a run that was broken off begins anew only when somebody says so"


def test_a_serial_that_was_used_is_refused_beside_the_field_and_stops_the_run(bench: Bench) -> None:
    bench.desk.click("print_run.start")
    bench.answer("S00001")
    second = bench.waiting()[0]
    bench.answer("s 00001")
    assert bench.sheets(second.number) == []
    assert bench.desk.view._form.fields["serial"].problem
    assert bench.desk.view.serial.typed == "s 00001"
    assert len(bench.printer.taken) == 2
    bench.answer("S00002")
    assert bench.sheets(second.number) == [("S00002", True)]
    assert len(bench.printer.taken) == 2


def test_news_that_come_between_two_sheets_stop_no_run(tmp_path: Path, shown: Show, messages: RecordedMessages) -> None:
    held = HeldBackground(messages)
    bench = Bench(tmp_path, shown, held, messages)

    def settle() -> None:
        while held.held:
            held.release()

    settle()
    bench.desk.click("print_run.start")
    settle()
    bench.answer("S00001")
    held.release()
    bench.desk.tell_news()
    settle()
    assert len(bench.printer.taken) == 2


def test_one_may_stop_after_the_sheet_that_is_out(bench: Bench) -> None:
    bench.desk.click("print_run.start")
    bench.desk.click("print_run.stop")
    bench.answer("S00001")
    assert len(bench.printer.taken) == 1
    assert bench.desk.offers("print_run.start")


def test_what_another_counter_printed_meanwhile_is_out_no_longer(
    tmp_path: Path, shown: Show, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(tmp_path, shown, background, messages, online=True)
    first = bench.waiting()[0]
    bench.desk.click("print_run.start")
    meanwhile(bench.workplace, builders.clerk(), ConfirmPrint(first.request_id, first.number, "Z1", fine=True))
    bench.desk.tell_news()
    assert first.number not in {one.number for one in bench.waiting()}
    assert not bench.desk.offers("print_run.fine")


def test_only_who_may_say_so_sees_the_run(
    tmp_path: Path, shown: Show, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(tmp_path, shown, background, messages, Role.SUPERVISOR)
    assert bench.waiting() == ()
    assert not bench.desk.offers("print_run.start")
    ports = Ports(bench.workplace, background, messages, lambda _: True)
    for actor, offered in ((builders.clerk(), True), (builders.supervisor(), False), (builders.inspector(), False)):
        entries = {one.name: one for one in entries_for(actor, screen_entries(ports))}
        assert entries["print_run"].navigated is offered


def test_only_what_is_issued_waits(bench: Bench) -> None:
    waiting = {bench.workplace.queries.get_request(one.request_id).request for one in bench.waiting()}
    assert {status_of(request) for request in waiting} == {Status.ISSUED}
