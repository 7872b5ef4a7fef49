"""What signs is away: all else goes on, no paper is drawn without its proof, and each is drawn when it is back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from desktop_app.application.certificate_keys import KeyBook, key_list, make_book_in, open_keys
from desktop_app.application.certificate_publishing import CentreSigning, ListPublisher, SignedLists
from desktop_app.application.certificate_trust import Trust
from desktop_app.application.certificate_verifying import FileState
from desktop_app.application.certifying import Certifier
from desktop_app.application.papers import DrawingDesk
from desktop_app.application.ports.papers import CertificateContent, PaperSeal
from desktop_app.application.registrar import Registrar
from desktop_app.application.waiting_papers import LatePapers
from desktop_app.bootstrap.papers import Press, certificate_verifier
from desktop_app.centre.status import read_status
from desktop_app.domain.certificate_check import RevocationList, Verdict
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.request import Status
from desktop_app.texts.notices import notice_text
from tests.centre.test_notices_command_line import tajzia
from tests.centre.wire_centre import WireCentre
from tests.domain.builders import clerk, supervisor
from tests.domain.journey import Journey, journey
from tests.postgres_fixture import SampleCentre
from tests.software_token import SoftwareToken


@dataclass
class Signing:
    """A centre whose keys are in a token."""

    centre: SampleCentre
    token: SoftwareToken = field(default_factory=SoftwareToken)

    def __post_init__(self) -> None:
        self.book: KeyBook = make_book_in(self.token, self.centre.clock.now())
        key = open_keys(self.book, token=self.token).certificates
        assert key is not None
        self.certifier = Certifier(key)
        self.desk = DrawingDesk(Press(), self.certifier, self.certifier.seal)
        self.centre.registrar = Registrar(self.centre.store, self.centre.clock, notice_text, self.desk)
        self.wire = WireCentre(self.centre)
        self.late = LatePapers(self.centre.store, self.desk, self.centre.clock)

    def issued(self) -> Journey:
        return journey(Status.ISSUED, self.wire)  # type: ignore[arg-type]

    def waiting(self) -> list[tuple[object, ...]]:
        return self.centre.query("select kind, number, reference from tajzia.paper_waiting order by place")

    def signed_papers(self) -> dict[str, bytes]:
        found = {}
        for paper in self.wire.papers:
            content = self.wire.hand("clerk").link.fetch_paper(paper.id)
            assert content is not None
            found[paper.number] = content
        return found


@pytest.fixture
def signing(centre: SampleCentre) -> Signing:
    return Signing(centre)


@pytest.mark.expects_log("a paper waits for its signature")
@pytest.mark.expects_log("papers wait for their signature")
def test_papers_wait_for_the_token_and_nothing_else_does(signing: Signing) -> None:
    signing.token.away = True
    walked = signing.issued()
    assert walked.request.issue.issued_at is not None, "what is decided does not wait"
    assert signing.signed_papers() == {}, "nothing is drawn without its proof"
    assert sorted(str(kind) for kind, _, _ in signing.waiting()) == ["certificate"] * 3 + ["letter"] * 2 + ["receipt"]
    with signing.centre.admin() as admin:
        assert read_status(admin).papers_waiting == 6
    assert signing.late.draw_what_waits() == 2, "what needs no signature any more: letters that were answered"
    signing.token.away = False
    assert signing.late.draw_what_waits() == 0, "it is left alone for a while"
    signing.centre.clock.moment += timedelta(days=1)
    assert signing.late.draw_what_waits() == 4
    assert signing.waiting() == []
    signing.wire.pull("clerk")
    papers = signing.signed_papers()
    assert len(papers) == 4, "the letters were answered meanwhile"
    now = signing.centre.clock.now()
    trust = Trust(key_list(signing.book, now), RevocationList(now, ()))
    for content in papers.values():
        report = certificate_verifier().verify(content, trust, now)
        assert (report.verdict, report.file) == (Verdict.VALID, FileState.SIGNED)
        assert report.signature is not None
        assert report.signature.signed_at == now.replace(microsecond=0), "when it was signed, not when it was ordered"
    assert {one.drawn_at for one in signing.wire.papers} == {now}
    causes = signing.centre.query("select record::json -> 'cause' ->> 'what' from tajzia.audit where branch = 8")
    assert [what for (what,) in causes].count("drawn") == 4


@pytest.mark.expects_log("a paper waits for its signature")
def test_a_letter_waits_too_and_goes_out_signed(signing: Signing) -> None:
    walked = journey(Status.AWAITING_APPROVALS, signing.wire)  # type: ignore[arg-type]
    signing.token.away = True
    walked.do(clerk(), RequestApproval(walked.id, "health", "ص/55/2026", walked.today))
    assert signing.signed_papers() == {}
    signing.token.away = False
    assert signing.late.draw_what_waits() == 1
    signing.wire.pull("clerk")
    (content,) = signing.signed_papers().values()
    now = signing.centre.clock.now()
    report = certificate_verifier().verify(content, Trust(key_list(signing.book, now), RevocationList(now, ())), now)
    assert (report.verdict, report.file) == (Verdict.VALID, FileState.SIGNED)
    assert report.signature is not None
    assert report.signature.kind == "letter"


@pytest.mark.expects_log("a paper waits for its signature")
def test_papers_keep_their_order(signing: Signing) -> None:
    """A sheet that is drawn while older ones wait would be the older one by its time."""
    signing.token.away = True
    walked = signing.issued()
    signing.token.away = False
    walked.do(supervisor(), Refund("r1", "دفع مرتين"))
    before = len(signing.waiting())
    signing.centre.registrar.drain()
    assert before == 6
    assert signing.signed_papers() == {}


@pytest.mark.expects_log("a paper waits for its signature")
def test_what_was_taken_back_meanwhile_is_not_drawn(signing: Signing) -> None:
    signing.token.away = True
    walked = signing.issued()
    walked.do(supervisor(), Refund("r1", "دفع مرتين"))
    signing.token.away = False
    assert signing.late.draw_what_waits() == 6
    signing.wire.pull("clerk")
    assert [one.kind for one in signing.wire.papers] == ["receipt"]


class Jammed(Press):
    """Draws no certificate that bears a code."""

    def certificate(self, content: CertificateContent, seal: PaperSeal | None = None) -> bytes:
        if content.code:
            raise ValueError("no room for the code")
        return super().certificate(content, seal)


@pytest.mark.expects_log("a paper waits for its signature")
@pytest.mark.expects_log("a paper that waited cannot be drawn")
def test_one_that_cannot_be_drawn_is_set_aside_and_the_others_go_on(signing: Signing) -> None:
    signing.token.away = True
    signing.issued()
    signing.token.away = False
    desk = DrawingDesk(Jammed(), signing.certifier, signing.certifier.seal)
    LatePapers(signing.centre.store, desk, signing.centre.clock).draw_what_waits()
    waiting = signing.waiting()
    assert [kind for kind, _, _ in waiting] == ["certificate"] * 3
    with signing.centre.admin() as admin:
        status = read_status(admin)
    assert (status.papers_waiting, status.papers_aside) == (0, tuple(reference for _, _, reference in waiting))
    assert all(len(str(reference)) == 8 for _, _, reference in waiting)
    dsn = ("--dsn", signing.centre.admin_conninfo)
    assert status.papers_aside[0] in tajzia("status", *dsn, status=3)
    assert "by 00000000" in tajzia("retry", *dsn, "00000000", status=1)
    for reference in status.papers_aside:
        assert "waits for the registrar again" in tajzia("retry", *dsn, reference)
    tajzia("status", *dsn)
    assert signing.late.draw_what_waits() == 3, "once its cause was mended"
    assert signing.waiting() == []


@dataclass
class Shelf:
    """Where lists are kept."""

    kept: list[SignedLists] = field(default_factory=list)

    def revocations(self, now: datetime) -> RevocationList:
        return RevocationList(now, ())

    def keep_lists(self, lists: SignedLists, at: datetime) -> None:
        self.kept.append(lists)


@pytest.mark.expects_log("the lists of certificates are not signed")
def test_lists_wait_for_the_token_as_well(signing: Signing) -> None:
    shelf, clock = Shelf(), signing.centre.clock
    lists = open_keys(signing.book, token=signing.token).lists
    publisher = ListPublisher(shelf, CentreSigning(signing.book, lists, signing.certifier), clock)
    signing.token.away = True
    assert not publisher.publish_what_is_due()
    signing.token.away = False
    assert not publisher.publish_what_is_due()
    clock.moment += timedelta(seconds=11)
    assert publisher.publish_what_is_due()
    (kept,) = shelf.kept
    assert kept.list_key == signing.book.list_public
