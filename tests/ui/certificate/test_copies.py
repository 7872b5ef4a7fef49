"""Another print of a certificate: asked for with its reason, drawn elsewhere, through the same gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.copies import CopyReason
from desktop_app.domain.messages import message
from desktop_app.domain.request import Status
from desktop_app.texts import describe, name_of, tr
from desktop_app.ui.certificate.view import CertificateWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from tests.ui.certificate.test_certificate import Bench, numbers, pages, shows_page
from tests.ui.desks import Desk, desk_of, draw, requests_in
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.workplaces import TestWorkplace

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def bench(tmp_path: Path, shown: Show, background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench(tmp_path, shown, background, messages)


class Drawn:
    """What has come from the centre: the copies by the time they are put here."""

    def __init__(self, workplace: TestWorkplace) -> None:
        self._workplace = workplace
        self.copies: dict[str, bytes] = {}

    def find(self, number: str) -> bytes | None:
        return self.copies.get(number) or self._workplace.papers.find(number)

    def find_drawn(self, digest: str) -> bytes | None:
        return self._workplace.papers.find_drawn(digest)


def opened(bench: Bench, status: Status) -> tuple[Desk[CertificateWidget], str, Drawn]:
    workplace = bench.workplace()
    drawn = Drawn(workplace)
    desk = bench.sit(replace(workplace, papers=drawn))
    wanted = requests_in(workplace, status)[0]
    desk.screen.activate(Route("certificate", {"id": wanted}))
    return desk, wanted, drawn


def choose(desk: Desk[CertificateWidget], reason: CopyReason) -> None:
    box = desk.find(QComboBox, "certificate.copy_reason")
    box.setCurrentIndex(box.findData(reason.value))


def test_a_copy_is_asked_for_printed_and_its_sheet_recorded(bench: Bench, messages: RecordedMessages) -> None:
    desk, wanted, drawn = opened(bench, Status.DELIVERED)
    first = numbers(desk, wanted)[0]
    assert not desk.offers("certificate.print"), "the certificate itself is printed once"
    choose(desk, CopyReason.ANOTHER_AUTHORITY)
    desk.type("certificate.copy_note", "وزارة العمل")
    desk.click("certificate.copy")
    issue = desk.workplace.queries.get_request(wanted).request.issue
    (copy,) = issue.copies
    assert (copy.number, copy.reason, copy.note) == (f"{first}/1", CopyReason.ANOTHER_AUTHORITY, "وزارة العمل")
    assert messages.notices[-1].happened == tr(
        "Copy no. {count} was recorded: print it when it has come from the centre.", count=1
    )
    assert pages(desk).count() == 4
    assert pages(desk).currentRow() == 1, "the copy stands under its certificate, and is shown"
    assert not shows_page(desk), "it is on its way"
    assert not desk.offers("certificate.fine")
    assert not desk.offers("certificate.copy"), "no copy of a copy"

    drawn.copies[copy.number] = drawn.find(first) or b""
    desk.tell_news()
    draw()
    assert shows_page(desk)
    desk.click("certificate.print")
    (taken,) = bench.printer.taken
    assert taken[:2] == (drawn.copies[copy.number], tr("Licence {number}", number=copy.number))
    desk.type("certificate.serial", "9001")
    desk.click("certificate.spoilt")
    desk.type("certificate.serial", "9002")
    desk.click("certificate.fine")
    sheets = desk.workplace.queries.get_request(wanted).request.issue.sheets
    assert [(one.serial, one.copy, one.fine) for one in sheets[-2:]] == [("9001", 1, False), ("9002", 1, True)]
    assert tr("printed") in pages(desk).item(1).text()
    assert "٩٠٠٢" in desk.view._sheets.text()
    assert not desk.offers("certificate.print")
    pages(desk).setCurrentRow(0)
    assert "٩٠٠٢" not in desk.view._sheets.text()
    assert desk.offers("certificate.copy")
    assert desk.line("certificate.copy_note").text() == "", "the next has its own word"


def test_while_one_waits_no_other_is_made_and_it_is_said_why(bench: Bench) -> None:
    desk, wanted, _ = opened(bench, Status.PRINTED)
    desk.click("certificate.copy")
    pages(desk).setCurrentRow(0)
    assert not desk.button("certificate.copy").isEnabled()
    first = numbers(desk, wanted)[0]
    (reason,) = desk.view.copy_bar.reasons
    assert reason.text().endswith(describe(message("copy.waits", number=first, count=1)))
    pages(desk).setCurrentRow(2)
    assert desk.button("certificate.copy").isEnabled(), "of another licence"


def test_another_reason_is_asked_for_beside_the_field(bench: Bench) -> None:
    desk, wanted, _ = opened(bench, Status.DELIVERED)
    choose(desk, CopyReason.OTHER)
    desk.click("certificate.copy")
    assert desk.view._copy_form.fields["note"].problem == describe(message("reason.missing"))
    assert desk.workplace.queries.get_request(wanted).request.issue.copies == ()


def test_what_was_said_of_it_survives_the_end_of_the_program(bench: Bench) -> None:
    desk, wanted, _ = opened(bench, Status.DELIVERED)
    choose(desk, CopyReason.DAMAGED)
    desk.type("certificate.copy_note", "ابتلّت")
    desk.screen.deactivate()
    assert isinstance(desk.workplace, TestWorkplace)
    again = bench.sit(desk.workplace)
    again.screen.activate(Route("certificate", {"id": wanted}))
    assert again.line("certificate.copy_note").text() == "ابتلّت"
    again.click("certificate.copy")
    (copy,) = desk.workplace.queries.get_request(wanted).request.issue.copies
    assert (copy.reason, copy.note) == (CopyReason.DAMAGED, "ابتلّت")
    assert desk.workplace.drafts.find("certificate", wanted) is None


def test_the_request_offers_it_and_its_history_says_it(
    bench: Bench, background: ImmediateBackground, messages: RecordedMessages, shown: Show
) -> None:
    workplace = bench.workplace()
    desk = desk_of(workplace, RequestScreen, RequestWidget, background, messages)
    shown(desk.view)
    wanted = requests_in(workplace, Status.DELIVERED)[0]
    desk.screen.activate(Route("request", {"id": wanted}))
    assert not desk.view.findChildren(QPushButton, "action.confirm_print"), "nothing waits to be printed"
    desk.click("action.order_copy")
    assert desk.went[-1] == Route("certificate", {"id": wanted})
    request = workplace.queries.get_request(wanted).request
    number = request.issue.licences[0].number
    assert workplace.commands.give(
        OrderCopy(wanted, number, CopyReason.LOST, "بلاغ"), request.issue.version
    ).accepted  # fmt: skip
    desk.tell_news()
    draw()
    told = [event.summary for event in workplace.queries.get_request(wanted).history if event.action == "order_copy"]
    (summary,) = filter(None, told)
    assert dict(summary.args)["copy_reason"] == "lost"
    words = " ".join(one.text() for one in desk.view.findChildren(QLabel))
    assert tr("A copy of a certificate was made") in words
    assert name_of(CopyReason.LOST) in words
    assert "action.confirm_print" in {one.objectName() for one in desk.view.findChildren(QPushButton)}
