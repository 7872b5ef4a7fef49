"""The cashier's screen over a real store: taking, voiding, refunding, the receipt, the change, drafts and news."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QComboBox, QLabel, QMessageBox, QWidget

from desktop_app.domain.actions import Action
from desktop_app.domain.actor import Role
from desktop_app.domain.messages import message
from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import PaymentMethod, PaymentState
from desktop_app.texts import describe
from desktop_app.texts.quantities import money
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from desktop_app.ui.payment.presenter import change_of
from desktop_app.ui.payment.screen import PaymentScreen
from desktop_app.ui.payment.view import PaymentWidget
from tests.ui.desks import Desk, desk_of, draw, requests_in
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.workplaces import TestWorkplace, make_workplace

Show = Callable[[QWidget], QWidget]
Open = Callable[..., tuple[Desk[PaymentWidget], str]]


@pytest.fixture
def sit(
    shown: Show, background: ImmediateBackground, messages: RecordedMessages
) -> Callable[[TestWorkplace], Desk[PaymentWidget]]:
    def sit_down(workplace: TestWorkplace) -> Desk[PaymentWidget]:
        desk = desk_of(workplace, PaymentScreen, PaymentWidget, background, messages)
        shown(desk.view)
        return desk

    return sit_down


@pytest.fixture
def opened(tmp_path: Path, sit: Callable[[TestWorkplace], Desk[PaymentWidget]]) -> Open:
    def open_request(
        status: Status, role: Role = Role.CLERK, *, cashier: bool = False
    ) -> tuple[Desk[PaymentWidget], str]:
        workplace = make_workplace(tmp_path, role, cashier=cashier)
        desk = sit(workplace)
        wanted = requests_in(workplace, status)[0]
        desk.screen.activate(Route("payment", {"id": wanted}))
        return desk, wanted

    return open_request


def choose(desk: Desk[PaymentWidget], method: PaymentMethod) -> None:
    combo = desk.find(QComboBox, "payment.method")
    combo.setCurrentIndex(combo.findData(method.value))
    combo.activated.emit(combo.currentIndex())
    draw()


def payment_of(desk: Desk[PaymentWidget], wanted: str) -> PaymentState:
    return desk.workplace.queries.get_request(wanted).request.payment.state


def test_what_is_taken_is_what_was_approved(opened: Open, messages: RecordedMessages) -> None:
    desk, wanted = opened(Status.AWAITING_PAYMENT, cashier=True)
    bill = desk.workplace.queries.get_request(wanted).request.fees.calculation
    assert bill is not None
    assert desk.find(QLabel, "payment.total").text() == money(bill.total)
    desk.click("payment.take")
    receipt = desk.workplace.queries.get_request(wanted).request.payment.receipt
    assert receipt is not None
    assert (receipt.amount, receipt.method, receipt.number[:2]) == (bill.total, PaymentMethod.CASH, "C-")
    assert messages.notices[-1].level is Level.DONE
    assert not desk.offers("payment.take")
    assert desk.view._pending.isVisible()


def test_a_card_wants_its_reference_beside_the_field(opened: Open) -> None:
    desk, wanted = opened(Status.AWAITING_PAYMENT, cashier=True)
    choose(desk, PaymentMethod.CARD)
    desk.click("payment.take")
    assert desk.view._reference.problem == describe(message("payment.reference_missing"))
    assert payment_of(desk, wanted) is PaymentState.DUE
    desk.type("payment.reference", "POS-88-4410")
    desk.click("payment.take")
    receipt = desk.workplace.queries.get_request(wanted).request.payment.receipt
    assert receipt is not None
    assert (receipt.method, receipt.reference) == (PaymentMethod.CARD, "POS-88-4410")


def test_cash_shows_the_change_in_a_big_figure(opened: Open) -> None:
    desk, wanted = opened(Status.AWAITING_PAYMENT, cashier=True)
    bill = desk.workplace.queries.get_request(wanted).request.fees.calculation
    assert bill is not None
    change = desk.find(QLabel, "payment.change")
    desk.type("payment.received", "٢٠٠")
    assert money(Fils(200_000 - bill.total)) in change.text()
    desk.type("payment.received", "100")
    assert money(Fils(bill.total - 100_000)) in change.text()
    assert change.property("tone") == "late"
    desk.type("payment.received", "1x")
    assert change.text() == ""
    choose(desk, PaymentMethod.CARD)
    assert not change.isVisible()


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_due_and_change_are_what_was_received(received: int, due: int) -> None:
    change = change_of(Fils(received), Fils(due))
    assert change is not None
    assert change + due == received


def test_a_reference_survives_the_end_of_the_program_and_ends_with_the_payment(
    opened: Open, sit: Callable[[TestWorkplace], Desk[PaymentWidget]]
) -> None:
    desk, wanted = opened(Status.AWAITING_PAYMENT, cashier=True)
    choose(desk, PaymentMethod.ELECTRONIC)
    desk.type("payment.reference", "EF-1")
    desk.screen.deactivate()
    assert isinstance(desk.workplace, TestWorkplace)
    again = sit(desk.workplace)
    again.screen.activate(Route("payment", {"id": wanted}))
    assert again.line("payment.reference").text() == "EF-1"
    assert again.view.fields["method"] == PaymentMethod.ELECTRONIC.value
    again.click("payment.take")
    assert desk.workplace.drafts.find("payment", wanted) is None
    assert again.view.fields == {}


def test_another_request_begins_empty(opened: Open) -> None:
    desk, wanted = opened(Status.AWAITING_PAYMENT, cashier=True)
    desk.type("payment.received", "500")
    desk.screen.deactivate()
    other = requests_in(desk.workplace, Status.AWAITING_PAYMENT)[1]
    desk.screen.activate(Route("payment", {"id": other}))
    assert desk.view.fields == {}
    desk.screen.activate(Route("payment", {"id": wanted}))
    assert desk.view.fields["received"] == "500"


def test_voiding_wants_a_reason_and_asks_once(opened: Open) -> None:
    desk, wanted = opened(Status.ISSUED, Role.SUPERVISOR)
    desk.click("payment.void")
    assert desk.view._form.fields["reason"].problem == describe(message("reason.missing"))
    assert payment_of(desk, wanted) is PaymentState.PAID
    desk.type("payment.reason", "المبلغ مكتوب خطأ")
    desk.click("payment.void")
    box = desk.view.findChildren(QMessageBox)[-1]
    assert payment_of(desk, wanted) is PaymentState.PAID
    box.accept()
    draw()
    assert payment_of(desk, wanted) is PaymentState.VOIDED


def test_going_back_from_the_question_changes_nothing(opened: Open) -> None:
    desk, wanted = opened(Status.ISSUED, Role.SUPERVISOR)
    desk.type("payment.reason", "عدول")
    desk.click("payment.refund")
    desk.view.findChildren(QMessageBox)[-1].reject()
    draw()
    assert payment_of(desk, wanted) is PaymentState.PAID
    assert desk.line("payment.reason").text() == "عدول"


def test_the_receipt_comes_with_the_news(tmp_path: Path, sit: Callable[[TestWorkplace], Desk[PaymentWidget]]) -> None:
    workplace = make_workplace(tmp_path, cashier=True, online=True, device="K7")
    desk = sit(workplace)
    wanted = requests_in(workplace, Status.AWAITING_PAYMENT)[0]
    desk.screen.activate(Route("payment", {"id": wanted}))
    desk.click("payment.take")
    assert not desk.view.paper.isVisible()
    workplace.runner.run_once()
    desk.tell_news()
    draw()
    receipt = workplace.queries.get_request(wanted).request.payment.receipt
    assert receipt is not None
    assert desk.view.paper.isVisible()
    assert desk.view.paper.shown == workplace.papers.find(receipt.number)
    assert not desk.view._pending.isVisible()


def test_news_leave_what_is_typed(opened: Open) -> None:
    desk, _ = opened(Status.AWAITING_PAYMENT, cashier=True)
    desk.type("payment.received", "500")
    button = desk.button("payment.take")
    desk.tell_news()
    assert desk.line("payment.received").text() == "500"
    assert desk.button("payment.take") is button


def test_a_request_that_is_not_here_says_so(opened: Open) -> None:
    desk, _ = opened(Status.AWAITING_PAYMENT, cashier=True)
    desk.screen.activate(Route("payment", {"id": "nowhere"}))
    assert desk.view.stage.state is not None


@pytest.mark.parametrize(
    ("role", "cashier"),
    [(Role.CLERK, False), (Role.CLERK, True), (Role.SUPERVISOR, False), (Role.INSPECTOR, False), (Role.AUDITOR, False)],
)
def test_every_status_draws_and_offers_only_what_the_rules_do(
    tmp_path: Path, sit: Callable[[TestWorkplace], Desk[PaymentWidget]], role: Role, cashier: bool
) -> None:
    named = {
        Action.RECORD_PAYMENT: "payment.take",
        Action.VOID_RECEIPT: "payment.void",
        Action.REFUND: "payment.refund",
    }
    workplace = make_workplace(tmp_path, role, cashier=cashier)
    desk = sit(workplace)
    for status in Status:
        wanted = requests_in(workplace, status)[0]
        desk.screen.activate(Route("payment", {"id": wanted}))
        offered = {one.action for one in workplace.commands.available(wanted)}
        assert {action for action, name in named.items() if desk.offers(name)} == offered & set(named), status
        approved = bool(workplace.queries.get_request(wanted).request.fees.approved_by)
        assert desk.view.total.isVisible() == approved, status
