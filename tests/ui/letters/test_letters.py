"""Letters on the request screen: written, looked at as drawn, printed, reminded of, answered with a scan."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop_app.application.papers import letter_content
from desktop_app.bootstrap.papers import Press
from desktop_app.domain.actor import Role
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.deciding import PaperOrder
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.storage.attachments import StoreAttachments
from desktop_app.texts import strip_marks
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import Level
from desktop_app.ui.request.screen import RequestScreen
from desktop_app.ui.request.view import RequestWidget
from desktop_app.ui.screens import Ports
from desktop_app.ui.widgets.file_edit import FileEdit
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.domain.builders import clerk
from tests.sync.fake_centre import FakeCentre
from tests.ui.fakes import ImmediateBackground, RecordedMessages
from tests.ui.finding import found
from tests.ui.printer import Printer
from tests.workplaces import TestWorkplace, make_workplace, sample_centre

PDF = b"%PDF-1.4 answer"


class Bench:
    def __init__(
        self,
        folder: Path,
        background: ImmediateBackground,
        messages: RecordedMessages,
        status: Status = Status.AWAITING_APPROVALS,
        role: Role = Role.CLERK,
        centre: FakeCentre | None = None,
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.base: TestWorkplace = make_workplace(
            folder, role, centre=centre or sample_centre(each=1, spare_licences=0, statuses=(status,)), online=True
        )
        self.printer = Printer()
        self.workplace = replace(self.base, attachments=StoreAttachments(self.base.store), printing=self.printer)
        self.messages = messages
        self.screen = RequestScreen(Ports(self.workplace, background, messages, lambda route: True))
        self.screen.activate(Route("request", {"id": "r001"}))
        view = self.screen.widget()
        assert isinstance(view, RequestWidget)
        self.view = view

    @property
    def request(self) -> Request:
        return self.workplace.queries.get_request("r001").request

    def click(self, name: str) -> None:
        found(self.view, QPushButton, name).click()

    def type(self, name: str, text: str) -> None:
        found(self.view, QLineEdit, name).setText(text)

    def write_letter(self, number: str = "ص/55/2026") -> None:
        self.click("action.request_approval")
        self.type("action.request_approval.letter_number", number)
        self.type("action.request_approval.letter_date", f"{self.base.clock.now():%d/%m/%Y}")
        self.click("action.request_approval.give")
        self.come_back()

    def come_back(self) -> None:
        """What was given goes to the centre, and what it says comes back."""
        self.base.runner.run_once()
        self.screen.activate(Route("request", {"id": "r001"}))

    def pass_days(self, days: int) -> None:
        self.base.fixed_clock.pass_time(timedelta(days=days))
        self.base.centre.centre.now += timedelta(days=days)
        self.screen.activate(Route("request", {"id": "r001"}))

    def draw(self) -> bytes:
        """The newest letter as the centre's own press draws it, in the place of what the simulated centre sent."""
        view = self.workplace.queries.get_request("r001")
        (paper,) = view.papers
        order = PaperOrder(paper.kind, paper.number, paper.request_id, paper.part)
        drawn = Press().letter(letter_content(order, view.request, view.parent, self.workplace.queries.reference()))
        with self.base.store.writing() as writes:
            writes.driver.execute("UPDATE paper_bytes SET data = ? WHERE id = ?", (drawn, paper.id))
        return drawn

    def said(self) -> str:
        return "\n".join(
            strip_marks(one.text()) for one in self.view.letters.findChildren(QLabel) if one.isVisibleTo(self.view)
        )


@pytest.fixture
def bench(tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages) -> Bench:
    return Bench(tmp_path, background, messages)


def test_a_letter_is_drawn_at_the_centre_looked_at_and_printed(
    bench: Bench, shown: Callable[[QWidget], QWidget]
) -> None:
    shown(bench.view)
    assert "وزارة الصحة" in bench.said()
    bench.write_letter()
    drawn = bench.draw()
    assert "ص/٥٥/٢٠٢٦" in bench.said() or "ص/55/2026" in bench.said()
    (paper,) = bench.workplace.queries.get_request("r001").papers
    bench.click(f"letters.look.{paper.id}")
    window = bench.view.letter_window
    assert window is not None
    assert (window.readable, window.pages) == (True, 1)
    window.print.click()
    assert [(pdf, printer) for pdf, _, printer in bench.printer.taken] == [(drawn, "counter")]
    assert "وزارة الصحة" in bench.printer.taken[0][1]
    bench.printer.works = False
    window.print.click()
    assert bench.messages.notices[-1].level is Level.ERROR
    window.close()


def test_a_letter_that_is_still_on_its_way_says_so(bench: Bench) -> None:
    bench.write_letter()
    (paper,) = bench.workplace.queries.get_request("r001").papers
    with bench.base.store.writing() as writes:
        writes.driver.execute("DELETE FROM paper_bytes")
    bench.click(f"letters.look.{paper.id}")
    assert bench.view.letter_window is None
    assert bench.messages.notices[-1].level is Level.INFO


def test_a_reminder_is_offered_once_its_time_has_come(bench: Bench) -> None:
    bench.write_letter()
    offered = [one.objectName() for one in bench.view.findChildren(QPushButton)]
    assert "action.remind_body" not in offered
    assert "أُرسل اليوم" in bench.said()
    bench.pass_days(9)
    assert "حان التذكير" in bench.said()
    bench.click("action.remind_body")
    bench.type("action.remind_body.letter_number", "ص/77/2026")
    bench.type("action.remind_body.letter_date", f"{bench.base.clock.now():%d/%m/%Y}")
    bench.click("action.remind_body.give")
    bench.come_back()
    (reminder,) = bench.request.approvals[0].reminders
    assert (reminder.number, reminder.by) == ("ص/77/2026", "clerk")
    assert "ليلى حدّاد" in bench.said()
    assert "حان التذكير" not in bench.said()
    assert sorted(one.kind for one in bench.workplace.queries.get_request("r001").papers) == ["letter", "reminder"]


def answer(bench: Bench, file: str) -> None:
    bench.click("action.record_approval")
    box = found(bench.view, QComboBox, "action.record_approval.approved")
    box.setCurrentIndex(box.findData("yes"))
    bench.type("action.record_approval.answer_number", "و/12/2026")
    bench.type("action.record_approval.answer_date", f"{bench.base.clock.now():%d/%m/%Y}")
    if file:
        found(bench.view, FileEdit, "action.record_approval.document").take(file)
    bench.click("action.record_approval.give")


def test_an_answer_is_recorded_with_its_scan(bench: Bench, tmp_path: Path) -> None:
    bench.write_letter()
    file = tmp_path / "جواب.pdf"
    file.write_bytes(PDF)
    answer(bench, str(file))
    assert status_of(bench.request) is Status.TO_SCHEDULE
    (document,) = bench.request.documents
    assert (document.requirement, document.part, document.name) == (Requirement.APPROVAL_SCAN, "health", "جواب.pdf")
    assert bench.request.approvals[0].scan == document.digest
    assert bench.workplace.attachments.read(document.digest) == PDF
    assert bench.messages.notices[-1].level is Level.DONE
    assert found(bench.view, QPushButton, f"letters.scan.{document.digest}").isEnabled()
    assert "لا صورة للجواب" not in bench.said()


def test_an_answer_without_a_scan_is_recorded_and_the_counter_is_warned(bench: Bench) -> None:
    bench.write_letter()
    answer(bench, "")
    assert status_of(bench.request) is Status.TO_SCHEDULE
    assert bench.messages.notices[-1].level is Level.INFO
    assert "لا صورة للجواب" in bench.said()


def test_a_scan_that_is_none_is_refused_beside_its_field_and_nothing_is_kept(bench: Bench, tmp_path: Path) -> None:
    bench.write_letter()
    file = tmp_path / "answer.txt"
    file.write_bytes(b"approved")
    answer(bench, str(file))
    assert status_of(bench.request) is Status.AWAITING_APPROVALS
    assert bench.view.form is not None
    assert bench.view.form.form.fields["document"].problem
    with bench.base.store.reading() as reads:
        assert reads.driver.execute("SELECT count(*) FROM attachment").fetchone() == (0,)


def test_a_file_that_is_no_longer_there_is_told_and_what_was_typed_stays(bench: Bench, tmp_path: Path) -> None:
    bench.write_letter()
    answer(bench, str(tmp_path / "gone.pdf"))
    assert status_of(bench.request) is Status.AWAITING_APPROVALS
    assert bench.messages.notices[-1].level is Level.ERROR
    assert found(bench.view, QLineEdit, "action.record_approval.answer_number").text() == "و/12/2026"


def test_a_supervisor_gives_more_time(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    bench = Bench(tmp_path, background, messages, Status.RECTIFICATION, Role.SUPERVISOR)
    bench.click("action.extend_rectification")
    bench.type("action.extend_rectification.until", "12/3/2026")
    found(bench.view, QPlainTextEdit, "action.extend_rectification.reason").setPlainText("مواد لم تصل")
    bench.click("action.extend_rectification.give")
    visit = bench.request.visits[-1]
    assert visit.rectify_by is not None
    assert visit.rectify_by.isoformat() == "2026-03-12"
    assert "مُدّدت المهلة" in strip_marks(bench.view.what_now.text())


def test_an_officer_reads_the_letter_and_what_shows_the_premises_and_answers(
    tmp_path: Path, background: ImmediateBackground, messages: RecordedMessages
) -> None:
    clerks = Bench(tmp_path / "clerk", background, messages)
    clerks.write_letter()
    held = clerks.base.centre.centre
    for requirement in (Requirement.IDENTITY, Requirement.TITLE_DEED):
        digest = hashlib.sha256(requirement.value.encode()).hexdigest()
        document = Attachment(digest, requirement, f"{requirement.value}.pdf", ContentType.PDF, 9)
        assert held.give(clerk(), AttachDocument("r001", document)).accepted
    request = held.requests["r001"]
    clerks.base.centre.publish(FactKind.REQUEST, request.id, request.branch, encode(request))
    bench = Bench(tmp_path / "officer", background, messages, role=Role.BODY_OFFICER, centre=clerks.base.centre)
    shown_documents = [one.objectName() for one in bench.view.side.documents.findChildren(QPushButton)]
    deed = hashlib.sha256(b"title_deed").hexdigest()
    assert [one for one in shown_documents if one.startswith("documents.open.")] == [f"documents.open.{deed}"]
    assert not found_any(bench.view.side.documents, "documents.add")
    (paper,) = bench.workplace.queries.get_request("r001").papers
    assert found(bench.view, QPushButton, f"letters.look.{paper.id}").isEnabled()
    assert "الدفاع المدني" not in bench.said()
    offered = {one.objectName() for one in bench.view.findChildren(QPushButton) if one.isVisibleTo(bench.view)}
    assert {name for name in offered if name.startswith("action.")} == {"action.record_approval"}
    file = tmp_path / "answer.pdf"
    file.write_bytes(PDF)
    answer(bench, str(file))
    assert bench.request.approvals[0].state.value == "approved"
    assert messages.notices[-1].level is Level.DONE


def found_any(within: QWidget, name: str) -> bool:
    return any(one.isVisibleTo(within) for one in within.findChildren(QPushButton, name))


@pytest.mark.parametrize(
    ("status", "asking", "answering", "notice", "end"),
    [
        (
            Status.AWAITING_APPROVALS,
            "request_approval",
            "record_approval",
            "body_refused",
            Status.REFUSED_BY_BODY,
        ),
        (
            Status.AWAITING_CIVIL_DEFENCE,
            "request_civil_defence",
            "record_civil_defence",
            "civil_defence_refused",
            Status.REFUSED_BY_CIVIL_DEFENCE,
        ),
    ],
)
def test_a_refusal_ends_the_request_gives_the_area_back_and_tells_the_applicant_once(
    tmp_path: Path,
    background: ImmediateBackground,
    messages: RecordedMessages,
    status: Status,
    asking: str,
    answering: str,
    notice: str,
    end: Status,
) -> None:
    bench = Bench(tmp_path, background, messages, status)
    bench.click(f"action.{asking}")
    bench.type(f"action.{asking}.letter_number", "ص/55/2026")
    bench.type(f"action.{asking}.letter_date", f"{bench.base.clock.now():%d/%m/%Y}")
    bench.click(f"action.{asking}.give")
    bench.come_back()
    bench.click(f"action.{answering}")
    box = found(bench.view, QComboBox, f"action.{answering}.approved")
    box.setCurrentIndex(box.findData("no"))
    bench.type(f"action.{answering}.answer_number", "و/12/2026")
    bench.type(f"action.{answering}.answer_date", f"{bench.base.clock.now():%d/%m/%Y}")
    found(bench.view, QPlainTextEdit, f"action.{answering}.reason").setPlainText("لا تتوفر متطلبات السلامة")
    bench.click(f"action.{answering}.give")
    bench.come_back()
    view = bench.workplace.queries.get_request("r001")
    assert status_of(view.request) is end
    assert view.parent is not None
    assert view.parent.reservations == ()
    assert [one.kind.value for one in view.notices].count(notice) == 1
