"""The certificates are handed over: to whom, what was seen, how they signed; or they are refused and wait on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.handover import (
    HANDOVER_PART,
    INK_SIDE,
    MOST_INK,
    Handover,
    Recipient,
    SignedHow,
    check_ink,
    ink_of,
    strokes_of,
)
from desktop_app.domain.people import IdentityKind
from desktop_app.domain.request import Status
from tests.domain.builders import clerk, supervisor
from tests.domain.journey import journey

INK = "100,200 300,260 420,180;430,240 600,250"
SLIP = Attachment("ab" * 32, Requirement.OTHER, "سند.pdf", ContentType.PDF, 2345, HANDOVER_PART)
WHOLE = Deliver(
    "r1",
    "أحمد خليل الحسن",
    "9871012345",
    recipient=Recipient.APPLICANT,
    identity_kind=IdentityKind.NATIONAL_NUMBER,
    signed=SignedHow.DRAWN,
    ink=INK,
)


def test_what_was_seen_and_signed_stands_on_the_request() -> None:
    walked = journey(Status.PRINTED)
    walked.do(clerk(), WHOLE)
    issue = walked.request.issue
    assert walked.status is Status.DELIVERED
    assert issue.handover == Handover(
        Recipient.APPLICANT, IdentityKind.NATIONAL_NUMBER, SignedHow.DRAWN, authority="", ink=INK
    )
    assert (issue.delivered_to, issue.delivered_identity) == ("أحمد خليل الحسن", "9871012345")


def test_an_agent_takes_them_by_an_authority_that_is_named() -> None:
    walked = journey(Status.PRINTED)
    walked.do(clerk(), replace(WHOLE, recipient=Recipient.AGENT, delivered_to="سمر", authority=" و/12/2026 "))
    handover, event = walked.request.issue.handover, walked.centre.events[-1]
    assert handover is not None
    assert (handover.recipient, handover.authority) == (Recipient.AGENT, "و/12/2026")
    assert event.summary is not None
    assert event.summary.key == "history.delivered_to_agent"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"delivered_to": " "}, "delivery.name_missing"),
        ({"identity": " "}, "delivery.identity_missing"),
        ({"identity_kind": None}, "delivery.identity_kind_missing"),
        ({"recipient": Recipient.AGENT}, "delivery.authority_missing"),
        ({"signed": None}, "delivery.signature_missing"),
        ({"ink": ""}, "delivery.signature_missing"),
        ({"ink": "10,10"}, "delivery.signature_missing"),
        ({"ink": "1,1 2000,2000"}, "delivery.signature_missing"),
        ({"ink": "scribble"}, "delivery.signature_missing"),
        ({"document": replace(SLIP, part="health")}, "delivery.scan_of_another"),
        ({"taken": False}, "reason.missing"),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], missing: str) -> None:
    walked = journey(Status.PRINTED)
    outcome = walked.centre.give(clerk(), replace(WHOLE, **changes))
    assert [one.key for one in outcome.refusals] == [missing]
    assert walked.status is Status.PRINTED


def test_a_slip_signed_on_paper_comes_with_its_scan() -> None:
    walked = journey(Status.PRINTED)
    outcome = walked.do(clerk(), replace(WHOLE, signed=SignedHow.PAPER, document=SLIP))
    handover = walked.request.issue.handover
    assert handover is not None
    assert (handover.scan, handover.ink) == (SLIP.digest, "")
    assert SLIP in walked.request.documents
    assert outcome.warnings == ()


def test_without_a_scan_the_counter_is_warned_and_not_held_up() -> None:
    walked = journey(Status.PRINTED)
    outcome = walked.do(clerk(), replace(WHOLE, signed=SignedHow.PAPER, ink=""))
    assert [one.key for one in outcome.warnings] == ["delivery.scan_missing"]


def test_certificates_that_are_refused_wait_on_and_the_reason_is_kept() -> None:
    walked = journey(Status.PRINTED)
    walked.do(clerk(), Deliver("r1", "أحمد", "", taken=False, reason="خطأ في الاسم"))
    (refused,) = walked.request.issue.not_taken
    assert (refused.name, refused.reason, refused.by) == ("أحمد", "خطأ في الاسم", clerk().id)
    assert walked.request.issue.delivered_at is None
    event = walked.centre.events[-1]
    assert (event.after, event.summary and event.summary.key) == (Status.PRINTED, "history.not_taken")
    walked.do(clerk(), WHOLE)
    assert walked.status is Status.DELIVERED
    assert walked.request.issue.not_taken == (refused,)


def test_a_delivery_of_an_earlier_program_is_decided_as_it_was_then() -> None:
    walked = journey(Status.PRINTED)
    walked.do(clerk(), Deliver("r1", "أحمد", "9871012345"))
    assert walked.status is Status.DELIVERED
    assert walked.request.issue.handover is None


def test_only_the_counter_hands_over() -> None:
    walked = journey(Status.PRINTED)
    assert not walked.centre.give(supervisor(), WHOLE).accepted


points = st.tuples(st.integers(0, INK_SIDE), st.integers(0, INK_SIDE))
strokes = st.lists(st.lists(points, min_size=1, max_size=30).map(tuple), min_size=1, max_size=20).map(tuple)


@given(strokes)
def test_a_signature_is_read_as_it_was_drawn(drawn: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    assert strokes_of(ink_of(drawn)) == drawn


@given(st.text(max_size=40))
def test_what_is_no_signature_is_refused_and_breaks_nothing(text: str) -> None:
    try:
        strokes_of(text)
    except ValueError:
        assert not check_ink(text).clear


def test_a_signature_has_an_end() -> None:
    assert not check_ink("1,1 " * MOST_INK + "900,900").clear
