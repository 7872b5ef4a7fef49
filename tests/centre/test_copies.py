"""Copies at the centre: drawn and signed beside the one stored certificate, proved as it is, ended with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.application.certificate_keys import key_list
from desktop_app.application.certificate_trust import Trust, check_code
from desktop_app.application.certificate_verifying import FileState
from desktop_app.bootstrap.papers import certificate_verifier
from desktop_app.centre.certificate_register import read_revocations
from desktop_app.documents.code_reader import find_codes
from desktop_app.domain.certificate_check import Ended, RevocationList, Verdict
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.copies import CopyReason
from desktop_app.domain.request import Status
from tests.centre.test_papers_that_wait import Signing
from tests.domain.builders import clerk, refusal_keys, supervisor
from tests.domain.journey import Journey, journey
from tests.postgres_fixture import SampleCentre


@pytest.fixture
def signing(centre: SampleCentre) -> Signing:
    return Signing(centre)


def printed(signing: Signing) -> Journey:
    walked = journey(Status.PRINTED, signing.wire)  # type: ignore[arg-type]
    signing.centre.clock.moment += timedelta(hours=1)
    return walked


def papers_of(signing: Signing, number: str) -> dict[str, bytes]:
    """By their kinds."""
    return {
        paper.kind: signing.wire.hand("clerk").link.fetch_paper(paper.id) or b""
        for paper in signing.wire.papers
        if paper.number in (number, f"{number}/1")
    }


def test_a_copy_is_a_file_of_its_own_that_proves_what_the_certificate_proves(signing: Signing) -> None:
    walked = printed(signing)
    number = walked.request.issue.licences[0].number
    before = papers_of(signing, number)
    walked.do(clerk(), OrderCopy("r1", number, CopyReason.LOST))
    papers = papers_of(signing, number)
    assert papers["certificate"] == before["certificate"], "the one stored file stays as it was signed"
    now = signing.wire.now
    trust = Trust(key_list(signing.book, now), RevocationList(now, ()))
    report = certificate_verifier().verify(papers["copy"], trust, now)
    assert (report.verdict, report.file) == (Verdict.VALID, FileState.SIGNED)
    assert report.signature is not None
    assert report.signature.kind == "copy"
    (code,), (certificates,) = find_codes(papers["copy"]), find_codes(papers["certificate"])
    said, original = (check_code(one.text, trust, now).licence for one in (code, certificates))
    assert said is not None
    assert original is not None
    assert (said.number, said.holder, said.vocations, said.area) == (
        original.number, original.holder, original.vocations, original.area,
    )  # fmt: skip
    assert (said.valid_until, said.issued_at) == (original.valid_until, now.replace(microsecond=0))
    with signing.centre.admin() as admin:
        assert read_revocations(admin, now).ended == (), "a copy takes nobody's place"

    walked.do(clerk(), ConfirmPrint("r1", number, "C-1", fine=True, copy=1))
    again = ConfirmPrint("r1", number, "C-2", fine=True, copy=1)
    assert refusal_keys(signing.wire.give(clerk(), again)) == {"print.fine_before"}
    walked.do(supervisor(), Refund("r1", "دفع مرتين"))
    with signing.centre.admin() as admin:
        ended = read_revocations(admin, now)
    assert {one.issued_at for one in ended.ended if one.number == number} == {said.issued_at, original.issued_at}
    assert {one.why for one in ended.ended} == {Ended.REVOKED}
    assert check_code(code.text, Trust(trust.keys, ended), now).verdict is Verdict.REVOKED


@pytest.mark.expects_log("a paper waits for its signature")
@pytest.mark.parametrize("taken_back", [False, True])
def test_a_copy_waits_for_the_token_and_is_not_drawn_of_what_was_taken_back(signing: Signing, taken_back: bool) -> None:
    walked = printed(signing)
    number = walked.request.issue.licences[0].number
    signing.token.away = True
    walked.do(clerk(), OrderCopy("r1", number, CopyReason.DAMAGED))
    assert "copy" not in papers_of(signing, number)
    if taken_back:
        walked.do(supervisor(), Refund("r1", "دفع مرتين"))
    signing.token.away = False
    signing.late.draw_what_waits()
    signing.wire.pull("clerk")
    assert signing.waiting() == []
    assert ("copy" in papers_of(signing, number)) == (not taken_back)
