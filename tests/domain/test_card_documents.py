"""Documents of a request: which scans belong to it, which are lacking, and what acceptance says of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.remove_document import RemoveDocument
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.documents_asked import documents_asked, documents_lacking, documents_required
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Requirements, Status
from tests.domain.builders import clerk, make_applicant, make_child, make_content, make_plan, refusal_keys
from tests.domain.journey import Journey, journey

R = Requirement


def scan(requirement: Requirement, digest: str = "ab") -> Attachment:
    return Attachment(digest * 32, requirement, "سند.pdf", ContentType.PDF, 1000)


def said(outcome: Outcome) -> list[tuple[str, object]]:
    messages = (*outcome.refusals, *outcome.warnings)
    return [(one.key, one.args.get("requirements")) for one in messages if one.key.startswith("document.")]


@pytest.mark.parametrize(
    ("capacity", "vocation", "asked"),
    [
        (Capacity.OWNER, "pharmacy", (R.TITLE_DEED,)),
        (Capacity.TENANT, "smithy", (R.TITLE_DEED, R.CONSTRUCTION_CERTIFICATE)),
        (Capacity.AGENT, "pharmacy", (R.TITLE_DEED, R.AUTHORITY)),
        (Capacity.AGENT, "smithy", (R.TITLE_DEED, R.CONSTRUCTION_CERTIFICATE, R.AUTHORITY)),
    ],
)
def test_the_papers_that_a_request_refers_to_are_those_it_needs(
    capacity: Capacity, vocation: str, asked: tuple[Requirement, ...]
) -> None:
    content = make_content(make_plan(make_child(vocations=(), added=(vocation,))))
    applicant = replace(make_applicant(), capacity=capacity)
    walked = journey(Status.LODGED)
    request = replace(walked.request, applicant=applicant, plan=content.plan, requirements=Requirements("TD-1", "CC-1"))
    reference = walked.centre.reference
    assert documents_asked(request, reference) == asked == documents_lacking(request, reference)
    assert documents_required(request, reference) == ()
    attached = replace(request, documents=(scan(asked[-1]),))
    assert documents_lacking(attached, reference) == asked[:-1]


def test_acceptance_names_what_stands_on_its_reference_alone_and_goes_through() -> None:
    walked = Journey()
    walked.lodge()
    outcome = walked.centre.give(clerk(), Accept(walked.id))
    assert outcome.accepted
    assert said(outcome) == [("document.lacking", "title_deed")]


def test_acceptance_names_nothing_where_all_is_attached() -> None:
    walked = Journey()
    walked.lodge()
    walked.do(clerk(), AttachDocument(walked.id, scan(R.TITLE_DEED)))
    assert said(walked.centre.give(clerk(), Accept(walked.id))) == []


def test_where_the_municipality_asks_for_a_scan_the_request_waits_for_it_and_is_told_which() -> None:
    walked = Journey()
    walked.centre.reference = replace(walked.centre.reference, scans_required=(R.TITLE_DEED, R.IDENTITY))
    walked.lodge()
    refused = walked.centre.give(clerk(), Accept(walked.id))
    assert said(refused) == [("document.required", "title_deed identity")]
    walked.do(clerk(), AttachDocument(walked.id, scan(R.TITLE_DEED)))
    assert said(walked.centre.give(clerk(), Accept(walked.id))) == [("document.required", "identity")]
    walked.do(clerk(), AttachDocument(walked.id, scan(R.OTHER, "cd")))
    assert refusal_keys(walked.centre.give(clerk(), Accept(walked.id))) == {"document.required"}
    walked.do(clerk(), AttachDocument(walked.id, scan(R.IDENTITY, "ef")))
    assert walked.centre.give(clerk(), Accept(walked.id)).accepted


def test_a_scan_that_no_paper_of_this_request_needs_is_not_waited_for() -> None:
    walked = Journey()
    walked.centre.reference = replace(walked.centre.reference, scans_required=(R.AUTHORITY,))
    walked.lodge()
    request = replace(walked.request, applicant=replace(walked.request.applicant, capacity=Capacity.AGENT))
    assert documents_required(request, walked.centre.reference) == (R.AUTHORITY,)


def test_a_document_is_taken_back_until_acceptance_and_the_history_keeps_its_name() -> None:
    walked = Journey()
    walked.lodge()
    deed = scan(R.TITLE_DEED)
    walked.do(clerk(), AttachDocument(walked.id, deed))
    outcome = walked.do(clerk(), RemoveDocument(walked.id, deed.digest))
    assert (walked.request.documents, walked.request.removed) == ((), (deed,))
    assert outcome.event is not None
    assert outcome.event.summary is not None
    assert outcome.event.summary.args.get("what") == deed.name
    gone = walked.centre.give(clerk(), RemoveDocument(walked.id, deed.digest))
    assert refusal_keys(gone) == {"document.none_attached"}
    walked.do(clerk(), AttachDocument(walked.id, scan(R.OTHER, "cd")))
    assert refusal_keys(walked.centre.give(clerk(), RemoveDocument(walked.id, deed.digest))) == {
        "document.not_attached"
    }
    walked.accept()
    late = walked.centre.give(clerk(), RemoveDocument(walked.id, "cd" * 32))
    assert refusal_keys(late) == {"action.not_in_status"}


def test_what_was_taken_back_may_be_attached_again_and_an_older_word_on_it_comes_too_late() -> None:
    walked = Journey()
    walked.lodge()
    deed = scan(R.TITLE_DEED)
    walked.do(clerk(), AttachDocument(walked.id, deed))
    walked.do(clerk(), RemoveDocument(walked.id, deed.digest))
    offline = walked.centre.give(clerk(), AttachDocument(walked.id, deed), base=0)
    assert refusal_keys(offline) == {"track.moved_on"}
    walked.do(clerk(), AttachDocument(walked.id, deed))
    assert refusal_keys(walked.centre.give(clerk(), RemoveDocument(walked.id, deed.digest), base=1)) == {
        "track.moved_on"
    }
    assert refusal_keys(walked.centre.give(clerk(), AttachDocument(walked.id, deed))) == {"document.attached_already"}
    assert walked.request.documents == (deed,)
