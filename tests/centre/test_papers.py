"""What stands on the papers: taken from what was decided, drawn once, and the same for everyone."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.application.papers import (
    LETTERS,
    DrawingDesk,
    PaperWithoutContentError,
    certificate_content,
    draw_what_stands,
    receipt_content,
)
from desktop_app.application.ports.papers import CertificateContent, LetterContent, PaperSeal, ReceiptContent
from desktop_app.application.registrar import Registrar
from desktop_app.bootstrap.papers import Press
from desktop_app.centre.loading import loading
from desktop_app.domain.area import Area
from desktop_app.domain.commands.remind_body import RemindBody
from desktop_app.domain.commands.remind_civil_defence import RemindCivilDefence
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import PaymentMethod
from desktop_app.texts.notices import notice_text
from desktop_app.wire.facts import FactKind
from tests.centre.wire_centre import WireCentre
from tests.domain.builders import TODAY, cashier, clerk, make_reference
from tests.domain.journey import journey
from tests.postgres_fixture import SampleCentre


@dataclass
class Recorder:
    """A renderer that keeps what it was given."""

    certificates: list[CertificateContent] = field(default_factory=list)
    receipts: list[ReceiptContent] = field(default_factory=list)
    letters: list[LetterContent] = field(default_factory=list)

    def certificate(self, content: CertificateContent, seal: PaperSeal | None = None) -> bytes:
        self.certificates.append(content)
        return f"certificate {content.number}".encode()

    def receipt(self, content: ReceiptContent, seal: PaperSeal | None = None) -> bytes:
        self.receipts.append(content)
        return f"receipt {content.number}".encode()

    def letter(self, content: LetterContent, seal: PaperSeal | None = None) -> bytes:
        self.letters.append(content)
        return f"letter {content.body.code} {content.number}".encode()


def test_a_letter_and_its_reminder_are_drawn_at_the_centre_and_told_to_whom_they_went(centre: SampleCentre) -> None:
    drawn = Recorder()
    centre.registrar = Registrar(centre.store, centre.clock, notice_text, DrawingDesk(drawn))
    wire = WireCentre(centre)
    walked = journey(Status.AWAITING_APPROVALS, wire)  # type: ignore[arg-type]
    walked.do(clerk(), RequestApproval(walked.id, "health", "ص/55/2026", walked.today))
    (letter,) = drawn.letters
    assert (letter.number, letter.dated, letter.body.name_ar) == ("ص/55/2026", walked.today, "وزارة الصحة")
    assert (letter.request_number, letter.applicant.name_ar) == ("R-2026-08-000001", "أحمد خليل الحسن")
    assert [one.name_ar for one in letter.vocations] == ["صيدلية"]
    assert [(one.trade_name, one.area) for one in letter.units] == [("محل c1", 6_000), ("محل c2", 4_000)]
    assert (letter.sample, letter.visited, letter.reminds_of) == (True, None, None)
    walked.pass_days(9)
    walked.do(clerk(), RemindBody(walked.id, "health", "ص/77/2026", walked.today))
    reminder = drawn.letters[1]
    assert (reminder.number, reminder.dated) == ("ص/77/2026", walked.today)
    assert reminder.reminds_of is not None
    assert (reminder.reminds_of.number, reminder.reminds_of.dated, reminder.reminds_of.ordinal) == (
        "ص/55/2026",
        letter.dated,
        1,
    )
    told = sorted((one.kind, one.number, one.part) for one in wire.papers)
    assert told == [("letter", "ص/55/2026", "health"), ("reminder", "ص/77/2026", "health")]


def test_the_letter_to_the_civil_defence_says_when_the_premises_were_found_in_order(centre: SampleCentre) -> None:
    drawn = Recorder()
    centre.registrar = Registrar(centre.store, centre.clock, notice_text, DrawingDesk(drawn))
    walked = journey(Status.AWAITING_CIVIL_DEFENCE, WireCentre(centre))  # type: ignore[arg-type]
    walked.write_civil_defence()
    letter = drawn.letters[-1]
    assert (letter.body.name_ar, letter.visited) == ("مديرية الدفاع المدني", walked.today)
    assert [one.name_ar for one in letter.vocations] == ["مقهى"]


def test_issue_draws_each_paper_once_from_what_was_decided(centre: SampleCentre) -> None:
    drawn = Recorder()
    centre.registrar = Registrar(centre.store, centre.clock, notice_text, DrawingDesk(drawn))
    wire = WireCentre(centre)
    journey(Status.ISSUED, wire)  # type: ignore[arg-type]
    first, second, parent = drawn.certificates
    assert (first.number, first.area, first.trade_name) == ("L-2026-08-000001", Area(6_000), "محل c1")
    assert (first.holder.name_ar, first.parent_number, first.amended) == ("سلمى ناصر العبد", "L-2024-08-000001", False)
    assert [vocation.name_ar for vocation in first.vocations] == ["صيدلية"]
    assert [sign.code for sign in first.signs] == ["S1"]
    assert [vocation.name_ar for vocation in second.vocations] == ["مقهى"]
    assert (parent.number, parent.area, parent.amended) == ("L-2024-08-000001", Area(10_000), True)
    assert parent.children == ("L-2026-08-000001", "L-2026-08-000002")
    assert first.children == ()
    assert {one.request_number for one in drawn.certificates} == {"R-2026-08-000001"}
    assert {one.district.name_ar for one in drawn.certificates} == {"زهران"}
    assert all(one.sample for one in drawn.certificates)
    (receipt,) = drawn.receipts
    assert receipt.number == "C-2026-08-K1-00001"
    assert receipt.cashier_ar == "موظف cashier"
    assert sum(line.amount for line in receipt.lines) == receipt.amount
    assert (receipt.method, receipt.payer.name_ar) == (PaymentMethod.CASH, "أحمد خليل الحسن")
    assert {line.about for line in receipt.lines} >= {"محل c1", "محل c2"}
    papers = [paper for paper in wire.papers if paper.kind not in LETTERS]
    contents = {wire.hand("clerk").link.fetch_paper(paper.id) for paper in papers}
    assert contents == {
        b"certificate L-2026-08-000001",
        b"certificate L-2026-08-000002",
        b"certificate L-2024-08-000001",
        b"receipt C-2026-08-K1-00001",
    }


def test_the_programs_own_press_draws_papers_that_can_be_read(centre: SampleCentre) -> None:
    centre.registrar = Registrar(centre.store, centre.clock, notice_text, DrawingDesk(Press()))
    wire = WireCentre(centre)
    journey(Status.ISSUED, wire)  # type: ignore[arg-type]
    assert len(wire.papers) == 6
    for paper in wire.papers:
        content = wire.hand("clerk").link.fetch_paper(paper.id)
        assert content is not None
        (page,) = PdfReader(BytesIO(content)).pages
        assert paper.number in page.extract_text()


def test_a_receipt_needs_a_bill() -> None:
    paid = journey(Status.ISSUED).request
    receipt = paid.payment.receipts[0]
    assert receipt_content(receipt, paid, make_reference(), "م").amount == receipt.amount > Fils(0)
    lodged = journey(Status.LODGED).request
    with pytest.raises(PaperWithoutContentError):
        receipt_content(receipt, lodged, make_reference(), "م")


def test_verified_reference_data_draws_no_sample() -> None:
    from dataclasses import replace

    issued = journey(Status.ISSUED)
    licence = issued.centre.licences["L-2026-08-000001"]
    reference = replace(make_reference(), verified=True)
    assert not certificate_content(licence, issued.request, reference, TODAY).sample


def test_what_was_issued_elsewhere_gets_its_papers_when_it_is_loaded(centre: SampleCentre) -> None:
    issued = journey(Status.PRINTED)
    drawn = Recorder()
    with loading(centre.registrar_conninfo) as work:
        facts = draw_what_stands(
            drawn, work, issued.request, issued.centre.licences, {"cashier": cashier()}, make_reference()
        )
        work.put(facts)
    assert [one.number for one in drawn.certificates] == [one.number for one in issued.request.issue.licences]
    assert [one.cashier_ar for one in drawn.receipts] == ["موظف cashier"]
    link = centre.connect("clerk", "K1")
    papers = [row.id for row in link.pull(8, 0, 100).rows if row.kind is FactKind.PAPER]
    assert len(papers) == 4
    assert all(link.fetch_paper(digest) for digest in papers)


def test_what_waits_for_an_answer_elsewhere_gets_its_letters_when_it_is_loaded(centre: SampleCentre) -> None:
    waiting = journey(Status.AWAITING_CIVIL_DEFENCE)
    waiting.write_civil_defence()
    waiting.pass_days(9)
    waiting.do(clerk(), RemindCivilDefence(waiting.id, "REM-1", waiting.today))
    drawn = Recorder()
    with loading(centre.registrar_conninfo) as work:
        facts = draw_what_stands(drawn, work, waiting.request, waiting.centre.licences, {}, make_reference())
    assert [(one.number, one.reminds_of is not None) for one in drawn.letters] == [("CD-1", False), ("REM-1", True)]
    assert len(facts) == 2


def test_what_was_not_issued_has_no_papers(centre: SampleCentre) -> None:
    waiting = journey(Status.AWAITING_PAYMENT)
    with loading(centre.registrar_conninfo) as work:
        assert draw_what_stands(Recorder(), work, waiting.request, {}, {}, make_reference()) == ()
