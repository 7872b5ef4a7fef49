"""The fees screen over a real store: the bill, adjusting, separation of duties, drafts and news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from desktop_app.domain.actor import Role
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import FeesState
from desktop_app.texts import describe
from desktop_app.texts.quantities import amount, digits, money
from desktop_app.ui.fees.screen import FeesScreen
from desktop_app.ui.fees.typed import AddedKind
from desktop_app.ui.fees.view import FeesWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from tests.ui.desks import Desk, desk_of, requests_in, strike
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.workplaces import TestWorkplace, make_workplace

Show = Callable[[QWidget], QWidget]


class Bench:
    """The screen at somebody's desk."""

    def __init__(
        self, tmp_path: Path, shown: Show, background: ImmediateBackground, messages: RecordedMessages
    ) -> None:
        self.tmp_path, self.shown, self.background, self.messages = tmp_path, shown, background, messages

    def open(self, role: Role, status: Status) -> tuple[Desk[FeesWidget], str]:
        workplace = make_workplace(self.tmp_path, role)
        desk = self.sit(workplace)
        wanted = requests_in(workplace, status)[0]
        desk.screen.activate(Route("fees", {"id": wanted}))
        return desk, wanted

    def sit(self, workplace: TestWorkplace) -> Desk[FeesWidget]:
        desk = desk_of(workplace, FeesScreen, FeesWidget, self.background, self.messages)
        self.shown(desk.view)
        return desk


@pytest.fixture
def bench(tmp_path: Path, shown: Show, background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench(tmp_path, shown, background, messages)


def adjust(desk: Desk[FeesWidget], place: int, kind: AddedKind, typed: str, reason: str) -> None:
    desk.click("fees.add_line")
    combo = desk.view.adjusting.rows[place].kind
    combo.setCurrentIndex(combo.findData(kind.value))
    row = desk.view.adjusting.rows[place]
    strike(row.amount, typed)
    strike(row.reason, reason)


def bill_of(desk: Desk[FeesWidget]) -> str:
    return desk.find(QLabel, "fees.total").text()


def test_before_it_is_assessed_the_bill_is_what_the_schedule_gives(bench: Bench) -> None:
    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    rehearsed = desk.workplace.commands.rehearse(AssessFees(wanted)).request
    assert rehearsed is not None
    assert rehearsed.fees.calculation is not None
    assert bill_of(desk) == amount(rehearsed.fees.calculation.total)
    words = {label.text() for label in desk.view.bill.findChildren(QLabel)}
    for line in rehearsed.fees.calculation.lines:
        assert amount(line.amount) in words
        assert digits(line.article) in words


def test_an_exemption_lowers_the_bill_before_anything_is_given(bench: Bench) -> None:
    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    before = bill_of(desk)
    adjust(desk, 0, AddedKind.EXEMPTION, "٥", "قرار لجنة الإعفاء")
    assert bill_of(desk) == before
    desk.view.settle()
    assert bill_of(desk) != before
    assert any("قرار لجنة الإعفاء" in label.text() for label in desk.view.bill.findChildren(QLabel))
    assert desk.workplace.queries.get_request(wanted).request.fees.state is FeesState.TO_ASSESS


def test_assessing_takes_every_line_with_its_sign_and_reason(bench: Bench, messages: RecordedMessages) -> None:
    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    adjust(desk, 0, AddedKind.EXEMPTION, "5", "قرار لجنة")
    adjust(desk, 1, AddedKind.FINE, "100", "تغيير الموقع")
    desk.find(QCheckBox, "fees.contract.c1").click()
    desk.click("fees.assess")
    fees = desk.workplace.queries.get_request(wanted).request.fees
    assert fees.state is FeesState.ASSESSED
    assert fees.calculation is not None
    added = [(one.kind, one.amount, one.reason) for one in fees.calculation.lines if one.reason]
    assert added == [(LineKind.EXEMPTION, -5_000, "قرار لجنة"), (LineKind.FINE, 100_000, "تغيير الموقع")]
    assert {unit.key for unit in fees.calculation.inputs.units if unit.waste_contract} == {"c1"}
    assert messages.notices[-1].level is Level.DONE
    assert desk.view.typed.lines == ()
    assert desk.view.typed.contracts == ()


@pytest.mark.parametrize(
    ("typed", "reason", "field", "beside"),
    [
        ("12x", "قرار", "amount", "typed.not_an_amount"),
        ("", "قرار", "amount", "typed.not_an_amount"),
        ("5", "", "reason", "reason.missing"),
        ("0", "قرار", "amount", "fees.adjustment_sign"),
    ],
)
def test_what_is_wrong_with_a_line_stands_beside_it_and_nothing_is_assessed(
    bench: Bench, typed: str, reason: str, field: str, beside: str
) -> None:
    from desktop_app.domain.messages import message

    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    adjust(desk, 0, AddedKind.EXEMPTION, typed, reason)
    desk.click("fees.assess")
    problem = desk.view.adjusting.rows[0].problems[field]
    assert problem.isVisible()
    assert problem.text() == describe(message(beside))
    assert desk.workplace.queries.get_request(wanted).request.fees.state is FeesState.TO_ASSESS
    assert desk.view.typed.lines[0].reason == reason


def test_a_bill_below_zero_is_refused(bench: Bench) -> None:
    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    adjust(desk, 0, AddedKind.EXEMPTION, "99999", "قرار")
    desk.click("fees.assess")
    assert desk.workplace.queries.get_request(wanted).request.fees.state is FeesState.TO_ASSESS
    assert [label for label in desk.view.findChildren(QLabel) if label.property("tone") == "late" and label.isVisible()]


def test_a_line_can_be_taken_out_again(bench: Bench) -> None:
    desk, _ = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    adjust(desk, 0, AddedKind.FINE, "1", "أ")
    adjust(desk, 1, AddedKind.FINE, "2", "ب")
    desk.click("fees.adjustment.0.remove")
    assert [line.reason for line in desk.view.typed.lines] == ["ب"]
    assert desk.find(QComboBox, "fees.adjustment.0.kind") is desk.view.adjusting.rows[0].kind


def test_the_approve_button_says_how_much_and_approves_it(bench: Bench) -> None:
    desk, wanted = bench.open(Role.SUPERVISOR, Status.FEES_TO_APPROVE)
    bill = desk.workplace.queries.get_request(wanted).request.fees.calculation
    assert bill is not None
    assert money(bill.total) in desk.button("fees.approve").text()
    desk.click("fees.approve")
    fees = desk.workplace.queries.get_request(wanted).request.fees
    assert (fees.state, fees.approved_by) == (FeesState.APPROVED, "supervisor")
    assert not desk.offers("fees.approve")


def test_whoever_assessed_cannot_approve_and_reads_why(bench: Bench) -> None:
    desk, _ = bench.open(Role.SUPERVISOR, Status.FEES_TO_ASSESS)
    desk.click("fees.assess")
    assert not desk.button("fees.approve").isEnabled()
    from desktop_app.domain.messages import message

    reasons = " ".join(label.text() for label in desk.view.bar.reasons)
    assert describe(message("fees.own_assessment")) in reasons


def test_lines_that_are_typed_but_not_assessed_are_not_silently_approved_away(bench: Bench) -> None:
    desk, _ = bench.open(Role.SUPERVISOR, Status.FEES_TO_APPROVE)
    adjust(desk, 0, AddedKind.FINE, "10", "غرامة")
    assert not desk.button("fees.approve").isEnabled()
    assert desk.view.bar.reasons
    desk.click("fees.adjustment.0.remove")
    assert desk.button("fees.approve").isEnabled()


def test_sending_back_wants_a_reason_beside_the_field(bench: Bench) -> None:
    desk, wanted = bench.open(Role.SUPERVISOR, Status.FEES_TO_APPROVE)
    desk.click("fees.return")
    assert desk.view._reason.problem
    desk.type("fees.reason", "المساحة غير صحيحة")
    desk.click("fees.return")
    fees = desk.workplace.queries.get_request(wanted).request.fees
    assert (fees.state, fees.reason) == (FeesState.RETURNED, "المساحة غير صحيحة")
    assert desk.view.typed.reason == ""


def test_what_is_typed_survives_the_end_of_the_program(bench: Bench) -> None:
    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    adjust(desk, 0, AddedKind.LOWER, "7.5x", "لم يكتمل")
    desk.find(QCheckBox, "fees.contract.c2").click()
    desk.screen.deactivate()
    workplace = desk.workplace
    assert isinstance(workplace, TestWorkplace)
    again = bench.sit(workplace)
    again.screen.activate(Route("fees", {"id": wanted}))
    assert again.view.typed == desk.view.typed
    assert again.view.typed.lines[0].amount == "7.5x"
    again.screen.activate(Route("fees", {"id": requests_in(workplace, Status.FEES_TO_ASSESS)[1]}))
    assert again.view.typed.lines == ()
    again.screen.activate(Route("fees", {"id": wanted}))
    assert again.view.typed == desk.view.typed


def test_an_assessed_bill_leaves_no_draft(bench: Bench) -> None:
    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    adjust(desk, 0, AddedKind.FINE, "7", "غرامة")
    desk.view.settle()
    assert desk.workplace.drafts.find("fees", wanted) is not None
    desk.click("fees.assess")
    assert desk.workplace.drafts.find("fees", wanted) is None


def test_a_line_struck_before_the_draft_was_read_is_not_overwritten(
    tmp_path: Path, shown: Show, messages: RecordedMessages
) -> None:
    held = HeldBackground(messages)
    workplace = make_workplace(tmp_path)
    wanted = requests_in(workplace, Status.FEES_TO_ASSESS)[0]
    bench = Bench(tmp_path, shown, held, messages)
    first = bench.sit(workplace)
    first.screen.activate(Route("fees", {"id": wanted}))
    held.release()
    adjust(first, 0, AddedKind.FINE, "7", "قديم")
    first.screen.deactivate()
    held.release()
    second = bench.sit(workplace)
    second.screen.activate(Route("fees", {"id": wanted}))
    second.view.adjusting.add_row()
    strike(second.view.adjusting.rows[0].reason, "جديد")
    held.release()
    held.release()
    assert [line.reason for line in second.view.typed.lines] == ["جديد"]


def test_news_redraw_what_changed_and_leave_what_is_typed(bench: Bench) -> None:
    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    adjust(desk, 0, AddedKind.FINE, "7", "غرامة")
    focused = desk.view.adjusting.rows[0].reason
    focused.setFocus()
    desk.tell_news()
    assert desk.view.adjusting.rows[0].reason is focused
    desk.workplace.commands.give(Withdraw(wanted, "طلب صاحب العلاقة"))
    desk.tell_news()
    assert not desk.offers("fees.assess")
    assert [line.reason for line in desk.view.typed.lines] == ["غرامة"]


def test_off_stage_nothing_is_read(bench: Bench) -> None:
    desk, wanted = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    desk.screen.deactivate()
    desk.workplace.commands.give(Withdraw(wanted, "طلب صاحب العلاقة"))
    desk.tell_news()
    assert desk.offers("fees.assess")


def test_a_request_that_is_not_here_says_so(bench: Bench) -> None:
    desk, _ = bench.open(Role.CLERK, Status.FEES_TO_ASSESS)
    desk.screen.activate(Route("fees", {"id": "nowhere"}))
    assert desk.view.stage.state is not None


def test_someone_else_was_quicker(bench: Bench, messages: RecordedMessages) -> None:
    """What the supervisor saw is not what stands: nothing is approved, and the screen shows what stands."""
    desk, wanted = bench.open(Role.SUPERVISOR, Status.FEES_TO_APPROVE)
    page = desk.view.presenter._page
    assert page is not None
    fees = page.view.request.fees
    stale = replace(page.view.request, fees=replace(fees, version=fees.version - 1))
    desk.view.presenter._page = replace(page, view=replace(page.view, request=stale))
    desk.click("fees.approve")
    assert desk.workplace.queries.get_request(wanted).request.fees.state is FeesState.ASSESSED
    assert desk.view._said.isVisible()


def test_the_comparison_stands_beside_while_the_parent_is_whole(bench: Bench) -> None:
    desk, _ = bench.open(Role.SUPERVISOR, Status.FEES_TO_APPROVE)
    assert desk.find(QLabel, "fees.before").text() != desk.find(QLabel, "fees.after").text()
    issued = requests_in(desk.workplace, Status.ISSUED)[0]
    desk.screen.activate(Route("fees", {"id": issued}))
    assert not desk.view._compared.isVisible()


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR])
def test_every_status_draws_and_offers_only_what_the_rules_do(bench: Bench, role: Role) -> None:
    from desktop_app.domain.actions import Action

    named = {
        Action.ASSESS_FEES: "fees.assess",
        Action.APPROVE_FEES: "fees.approve",
        Action.RETURN_FEES: "fees.return",
    }
    workplace = make_workplace(bench.tmp_path, role)
    desk = bench.sit(workplace)
    for status in Status:
        wanted = requests_in(workplace, status)[0]
        desk.screen.activate(Route("fees", {"id": wanted}))
        offered = {one.action for one in workplace.commands.available(wanted)}
        assert {action for action, name in named.items() if desk.offers(name)} == offered & set(named), status
        bill = workplace.queries.get_request(wanted).request.fees.calculation
        assert desk.view.bill.isVisible() == (bill is not None or Action.ASSESS_FEES in offered)
