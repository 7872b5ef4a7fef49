"""The day close: what a cashier took on this computer today, drawn and printed from the board of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import PaymentMethod, Track
from desktop_app.texts.digits import scaled
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports
from desktop_app.ui.today.screen import TodayScreen
from desktop_app.ui.today.view import TodayWidget
from tests.documents.reading import structure
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.printer import Printer
from tests.workplaces import TestWorkplace, make_workplace, sample_centre


def pay(workplace: TestWorkplace, request_id: str, method: PaymentMethod, reference: str) -> str:
    request = workplace.queries.get_request(request_id).request
    bill = request.fees.calculation
    assert bill is not None
    number = workplace.commands.next_receipt_number(request.branch)
    command = RecordPayment(request_id, number, bill.total, method, reference)
    outcome = workplace.commands.give(command, request.version_of(Track.PAYMENT))
    assert outcome.accepted, outcome.refusals
    return number


def test_a_cashier_prints_what_was_taken_today_and_nothing_of_another_day(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    centre = sample_centre(each=3, spare_licences=0, statuses=(Status.AWAITING_PAYMENT,))
    workplace = make_workplace(tmp_path, cashier=True, centre=centre)
    yesterdays = pay(workplace, "r001", PaymentMethod.CASH, "")
    workplace.fixed_clock.pass_time(timedelta(days=1))
    numbers = [pay(workplace, "r002", PaymentMethod.CASH, ""), pay(workplace, "r003", PaymentMethod.CARD, "77")]
    printer = Printer()
    screen = TodayScreen(Ports(replace(workplace, printing=printer), background, messages, lambda route: True))
    screen.activate(Route("today"))
    view = screen.widget()
    assert isinstance(view, TodayWidget)
    found(view, QPushButton, "today.day_close").click()
    window = view.letter_window
    assert window is not None
    found(window, QPushButton, "letters.print").click()
    told = [leaf.text for leaf in structure(printer.taken[0][0])]
    assert [text for text in told if text in (*numbers, yesterdays)] == numbers
    taken = [workplace.queries.get_request(one).request.payment.receipts[-1].amount for one in ("r002", "r003")]
    assert {scaled(sum(taken), 3, arabic=False), scaled(taken[0], 3, arabic=False)} <= set(told)
    workplace.close()


def test_only_a_cashier_has_the_button(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    for cashier in (True, False):
        folder = tmp_path / str(cashier)
        folder.mkdir()
        workplace = make_workplace(folder, cashier=cashier)
        view = TodayScreen(Ports(workplace, background, messages, lambda route: True)).widget()
        assert isinstance(view, TodayWidget)
        assert view.day_close.isVisibleTo(view) is cashier
        workplace.close()
