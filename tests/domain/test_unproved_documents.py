"""A command that adds a document whose bytes its device never sent is refused, whichever command it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands import KINDS, Command, document_of
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.decide import decide
from desktop_app.domain.handover import HANDOVER_PART, Recipient, SignedHow
from desktop_app.domain.people import IdentityKind
from desktop_app.domain.request import Status
from tests.domain.builders import clerk
from tests.domain.journey import Journey, journey

SCAN = Attachment("ab" * 32, Requirement.TITLE_DEED, "سند.pdf", ContentType.PDF, 2_345)
ANSWER = replace(SCAN, requirement=Requirement.APPROVAL_SCAN)
SLIP = replace(SCAN, requirement=Requirement.OTHER, part=HANDOVER_PART)
DAY = date(2026, 3, 1)


def commands() -> tuple[tuple[Status, Command], ...]:
    waiting = journey(Status.AWAITING_APPROVALS).request
    body = waiting.approvals[0].body
    return (
        (Status.LODGED, AttachDocument("r1", SCAN)),
        (Status.AWAITING_APPROVALS, RecordApproval("r1", body, True, "1", DAY, document=replace(ANSWER, part=body))),
        (
            Status.AWAITING_CIVIL_DEFENCE,
            RecordCivilDefence("r1", True, "1", DAY, document=replace(ANSWER, part="civil_defence")),
        ),
        (
            Status.PRINTED,
            Deliver(
                "r1",
                "أحمد",
                "9871012345",
                recipient=Recipient.APPLICANT,
                identity_kind=IdentityKind.NATIONAL_NUMBER,
                signed=SignedHow.PAPER,
                document=SLIP,
            ),
        ),
    )


def refusals(walked: Journey, command: Command, *unproved: str) -> set[str]:
    context = walked.centre.context(clerk(), walked.centre.base_of(command), final=True)
    outcome = decide(walked.case, command, replace(context, unproved=frozenset(unproved)))
    return {one.key for one in outcome.refusals}


@pytest.mark.parametrize(("status", "command"), commands())
def test_only_a_device_that_has_the_bytes_names_a_document(status: Status, command: Command) -> None:
    walked, document = journey(status), document_of(command)
    if status is Status.AWAITING_APPROVALS:
        walked.write_letters()
    if status is Status.AWAITING_CIVIL_DEFENCE:
        walked.write_civil_defence()
    assert document is not None
    assert "document.not_sent" not in refusals(walked, command)
    assert "document.not_sent" not in refusals(walked, command, "cd" * 32)
    assert refusals(walked, command, document.digest) == {"document.not_sent"}


def test_every_command_with_a_document_is_among_them() -> None:
    with_documents = {kind.type for kind in KINDS if "document" in getattr(kind.type, "__annotations__", {})}
    assert with_documents == {type(command) for _, command in commands()}


def test_a_document_that_the_request_has_already_gives_nothing_away() -> None:
    walked = journey(Status.LODGED)
    walked.do(clerk(), AttachDocument("r1", SCAN))
    assert refusals(walked, AttachDocument("r1", SCAN), SCAN.digest) == {"document.attached_already"}
