"""Doing things on the request screen: what is given, what is refused, what is kept."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.ports.queries import RefusedCommand
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.messages import message
from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Due, DueKind, DuesAccount
from desktop_app.texts import name_of, strip_marks
from desktop_app.ui.duplicates.card import DuplicatesCard
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from desktop_app.ui.request.form_panel import FormPanel
from desktop_app.ui.request.happened import sentence_of
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from desktop_app.wire.codec import encode
from tests.domain.builders import NOW, clerk, supervisor
from tests.domain.journey import Journey, journey
from tests.ui.fakes import HeldBackground, ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.memory import MemoryWorkplace


class Bench:
    """A request screen with its workplace and where it led."""

    def __init__(
        self, status: Status, background: ImmediateBackground, messages: RecordedMessages, *, lead: bool = False
    ) -> None:
        walked = journey(status)
        self.memory = MemoryWorkplace(walked.centre, supervisor() if lead else clerk())
        self.messages = messages
        self.went: list[Route] = []
        self.screen = RequestScreen(Ports(self.memory.workplace, background, messages, self._go))
        self.screen.activate(Route("request", {"id": "r1"}))
        view = self.screen.widget()
        assert isinstance(view, RequestWidget)
        self.view = view

    def _go(self, route: Route) -> bool:
        self.went.append(route)
        return True

    def open_form(self) -> FormPanel | None:
        """The open form, asked for anew each time."""
        return self.view.form

    @property
    def status(self) -> Status:
        return status_of(self.memory.centre.requests["r1"])

    def click(self, name: str) -> None:
        found(self.view, QPushButton, name).click()

    def line(self, name: str) -> QLineEdit:
        return found(self.view, QLineEdit, name)


def test_accepting_gives_the_command_on_what_was_seen(
    background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(Status.LODGED, background, messages)
    seen = bench.memory.centre.requests["r1"].intake.version
    bench.click("action.accept")
    assert bench.memory.desk.given == [(Accept("r1"), seen)]
    assert bench.status is Status.AWAITING_APPROVALS
    assert messages.notices[-1].level is Level.DONE
    assert not bench.view.identity.mark.isHidden(), "not final until the centre says so"
    assert found(bench.view, QPushButton, "action.request_approval") is not None


def test_somebody_else_was_faster(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(Status.LODGED, background, messages)
    centre = bench.memory.centre
    centre.give(supervisor(), ReturnForCompletion("r1", "السند ناقص"))
    bench.click("action.accept")
    assert bench.status is Status.RETURNED, "nothing was overwritten"
    assert bench.view.identity.status.text == name_of(Status.RETURNED), "what stands now is shown"
    assert bench.view._findings.count(), "and it is said why it was not done"
    assert messages.notices == []


def test_a_refusal_stands_beside_its_field_and_the_form_stays(
    background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(Status.LODGED, background, messages)
    shown(bench.view)
    bench.click("action.return")
    bench.click("action.return.give")
    form = bench.open_form()
    assert form is not None
    assert form.form.fields["reason"].problem
    found(bench.view, QPlainTextEdit, "action.return.reason").setPlainText("السند غير واضح")
    bench.click("action.return.give")
    assert bench.open_form() is None
    assert bench.memory.desk.given[-1][0] == ReturnForCompletion("r1", "السند غير واضح")
    assert bench.status is Status.RETURNED


def test_a_letter_with_a_bad_date_is_not_given(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(Status.AWAITING_APPROVALS, background, messages)
    bench.click("action.request_approval")
    bench.line("action.request_approval.letter_number").setText("ص/١٢")
    bench.line("action.request_approval.letter_date").setText("31/4/2026")
    bench.click("action.request_approval.give")
    assert bench.memory.desk.given == []
    form = bench.open_form()
    assert form is not None
    assert form.form.fields["letter_date"].problem
    bench.line("action.request_approval.letter_date").setText("٢٨/٢/٢٠٢٦")
    bench.click("action.request_approval.give")
    command = bench.memory.desk.given[0][0]
    assert isinstance(command, RequestApproval)
    assert (command.body, command.letter_number, command.letter_date.day) == ("health", "ص/12", 28)


def test_what_was_typed_survives_leaving_and_coming_back(
    background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(Status.LODGED, background, messages)
    shown(bench.view)
    bench.click("action.return")
    QTest.keyClicks(found(bench.view, QPlainTextEdit, "action.return.reason"), "needs a plan")
    assert bench.screen.deactivate()
    again = RequestScreen(Ports(bench.memory.workplace, background, messages, lambda route: True))
    again.activate(Route("request", {"id": "r1"}))
    found(again.widget(), QPushButton, "action.return").click()
    assert found(again.widget(), QPlainTextEdit, "action.return.reason").toPlainText() == "needs a plan"
    found(again.widget(), QPushButton, "action.return.give").click()
    assert bench.memory.drafts.kept == {}, "given: nothing is left to keep"


def test_a_command_that_is_done_later_leaves_the_request_opened_meanwhile_alone(
    held: HeldBackground, messages: RecordedMessages
) -> None:
    bench = Bench(Status.LODGED, held, messages)
    other = Journey(bench.memory.centre, request_id="r2")
    other.lodge()
    held.release()
    now = bench.memory.workplace.clock.now()
    for key in ("r1", "r2"):
        bench.memory.drafts.save(FormDraft("request.return", key, now, {"reason": f"typed for {key}"}))
    bench.click("action.return")
    held.release()
    bench.click("action.return.give")
    bench.screen.activate(Route("request", {"id": "r2"}))
    held.release()
    held.release()
    assert bench.status is Status.RETURNED
    assert set(bench.memory.drafts.kept) == {("request.return", "r2")}
    bench.click("action.return")
    held.release()
    assert found(bench.view, QPlainTextEdit, "action.return.reason").toPlainText() == "typed for r2"


def test_a_full_disk_loses_nothing(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(Status.LODGED, background, messages)
    bench.memory.desk.trouble = OSError(errno.ENOSPC, "full")
    bench.click("action.return")
    found(bench.view, QPlainTextEdit, "action.return.reason").setPlainText("ناقص")
    bench.click("action.return.give")
    assert messages.notices[-1].level is Level.ERROR
    assert found(bench.view, QPlainTextEdit, "action.return.reason").toPlainText() == "ناقص"
    bench.memory.desk.trouble = None
    bench.click("action.return.give")
    assert bench.status is Status.RETURNED


def test_news_that_end_the_occasion_close_the_form_and_keep_the_draft(
    background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(Status.LODGED, background, messages)
    bench.click("action.return")
    found(bench.view, QPlainTextEdit, "action.return.reason").setPlainText("ناقص")
    bench.screen.deactivate()
    bench.memory.centre.give(clerk(), Accept("r1"))
    bench.screen.activate(Route("request", {"id": "r1"}))
    assert bench.open_form() is None
    assert messages.notices[-1].level is Level.INFO
    assert bench.memory.drafts.kept["request.return", "r1"].fields == {"reason": "ناقص"}


@pytest.mark.parametrize(
    ("status", "action", "screen", "lead"),
    [
        (Status.TO_SCHEDULE, "schedule_inspection", "calendar", False),
        (Status.FEES_TO_ASSESS, "assess_fees", "fees", False),
        (Status.FEES_TO_APPROVE, "approve_fees", "fees", True),
        (Status.ISSUED, "confirm_print", "certificate", False),
        (Status.RETURNED, "lodge", "intake", False),
    ],
)
def test_what_has_a_screen_of_its_own_leads_there(
    status: Status,
    action: str,
    screen: str,
    lead: bool,
    background: ImmediateBackground,
    messages: RecordedMessages,
) -> None:
    bench = Bench(status, background, messages, lead=lead)
    bench.click(f"action.{action}")
    assert bench.went == [Route(screen, {"id": "r1"})]
    assert bench.memory.desk.given == []


def test_what_the_centre_refused_is_shown_with_its_reasons(
    background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(Status.LODGED, background, messages)
    at = datetime(2026, 3, 1, 8, tzinfo=UTC)
    bench.memory.queries.refused = [
        RefusedCommand("c1", "r1", "accept", "clerk", at, at, (message("track.moved_on"),), encode(Accept("r1")))
    ]
    bench.screen.activate(Route("request", {"id": "r1"}))
    shown(bench.view)
    bench.click("request.refusals")
    assert bench.went == [Route("conflicts")]


def test_a_rival_is_named_and_can_be_gone_to(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(Status.LODGED, background, messages)
    other = replace(bench.memory.centre.requests["r1"], id="r2", reference="K1-000002")
    bench.memory.centre.requests["r2"] = other
    bench.screen.activate(Route("request", {"id": "r1"}))
    bench.click("request.rival.r2")
    assert bench.went == [Route("request", {"id": "r2"})]


def compared(bench: Bench) -> int:
    return sum(not card.isHidden() for card in bench.view.findChildren(DuplicatesCard))


def test_possible_duplicates_stand_beside_a_request_until_it_is_accepted(
    background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(Status.LODGED, background, messages)
    first = bench.memory.centre.requests["r1"]
    bench.memory.centre.requests["r2"] = replace(
        first, id="r2", reference="WEB-000002", plan=replace(first.plan, parent_number="L-2024-08-000777")
    )
    bench.screen.activate(Route("request", {"id": "r1"}))
    bench.click("duplicates.open.r2")
    assert bench.went == [Route("request", {"id": "r2"})]
    bench.screen.activate(Route("request", {"id": "r1"}))
    assert compared(bench) == 1
    bench.click("action.accept")
    assert bench.status is not Status.LODGED
    assert compared(bench) == 0


def test_what_the_owner_owes_is_told_until_it_is_paid(
    background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(Status.DUES_OUTSTANDING, background, messages)
    key = bench.memory.centre.requests["r1"].applicant.person.identity.key
    owed = Due("M-2025-000077", DueKind.MUSAQQAFAT, Fils(120_500), "ضريبة أبنية عن سنة 2025، قطعة 412")
    bench.memory.centre.dues[key] = DuesAccount(key, (owed,))
    bench.screen.activate(Route("request", {"id": "r1"}))
    shown(bench.view)
    told = [strip_marks(one.text()) for one in found(bench.view, QFrame, "request.dues").findChildren(QLabel)]
    assert not any(digit in sentence for sentence in told for digit in "0123456789")
    assert any("٢٠٢٥، قطعة ٤١٢" in sentence for sentence in told)
    assert any("M-٢٠٢٥-٠٠٠٠٧٧" in sentence for sentence in told)
    bench.memory.centre.give(clerk(), SettleDues("r1", "EF-2026-19"))
    bench.screen.activate(Route("request", {"id": "r1"}))
    assert not [one for one in bench.view.findChildren(QFrame, "request.dues") if one.isVisible()]
    assert any("EF-٢٠٢٦-١٩" in strip_marks(one.text()) for one in bench.view.steps.findChildren(QLabel))


def test_a_request_that_waits_for_no_dues_tells_of_none(
    background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(Status.TO_SCHEDULE, background, messages)
    key = bench.memory.centre.requests["r1"].applicant.person.identity.key
    bench.memory.centre.dues[key] = DuesAccount(key, (Due("M-1", DueKind.MUSAQQAFAT, Fils(1_000), ""),))
    bench.screen.activate(Route("request", {"id": "r1"}))
    assert not bench.view.findChildren(QFrame, "request.dues"), "it was accepted before these came up"


def test_a_request_that_is_not_here_says_so(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(Status.LODGED, background, messages)
    bench.screen.activate(Route("request", {"id": "elsewhere"}))
    assert bench.view.state is not None


def test_only_bodies_that_are_due_a_letter_are_offered(
    background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(Status.AWAITING_APPROVALS, background, messages)
    bench.click("action.request_approval")
    box = found(bench.view, QComboBox, "action.request_approval.body")
    assert [box.itemData(at) for at in range(box.count())] == ["health"]


def test_enter_in_a_line_gives_the_form(
    background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(Status.PRINTED, background, messages)
    shown(bench.view)
    bench.click("action.deliver")
    assert (
        bench.line("action.deliver.delivered_to").text() == bench.memory.centre.requests["r1"].applicant.person.name_ar
    )
    identity = bench.line("action.deliver.identity")
    QTest.keyClicks(identity, "9871012345")
    QTest.keyClick(identity, Qt.Key.Key_Return)
    assert bench.status is Status.DELIVERED


def test_the_history_tells_the_newest_first(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(Status.TO_SCHEDULE, background, messages)
    actions = [event.action for event in bench.memory.centre.events]
    assert [event.what for event in bench.view.history.events] == [sentence_of(one) for one in reversed(actions)]


def test_what_was_refused_is_begun_again_with_what_it_said(
    background: ImmediateBackground, messages: RecordedMessages, shown: Callable[[QWidget], QWidget]
) -> None:
    bench = Bench(Status.LODGED, background, messages)
    shown(bench.view)
    said = FormDraft("request.return", "r1", NOW, {"reason": "سند الملكية ناقص"})
    bench.memory.drafts.save(said)
    bench.screen.activate(Route("request", {"id": "r1", "redo": "c1", "action": "return"}))
    form = bench.open_form()
    assert form is not None
    assert form.values() == {"reason": "سند الملكية ناقص"}


def test_what_the_request_no_longer_allows_is_said(background: ImmediateBackground, messages: RecordedMessages) -> None:
    bench = Bench(Status.TO_SCHEDULE, background, messages)
    bench.screen.activate(Route("request", {"id": "r1", "redo": "c1", "action": "return"}))
    assert bench.open_form() is None
    assert any(one.level is Level.INFO for one in messages.notices)
