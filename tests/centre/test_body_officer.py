"""What the officer of an outside body is given at a device of their own: by the program's own functions, and
by a connection of one's own."""

from __future__ import annotations

import hashlib
from typing import cast

import psycopg
import pytest

from desktop_app.domain.attachments import Attachment, ContentType, Requirement, for_body
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.request import Status
from desktop_app.gateway.link import PostgresLink
from desktop_app.wire.facts import FactKind
from tests.centre.test_rights import TABLES
from tests.centre.wire_centre import WireCentre
from tests.domain.builders import clerk, make_child, make_content, make_plan
from tests.domain.journey import Journey, journey
from tests.postgres_fixture import SampleCentre

FUNCTIONS_THAT_GIVE_FACTS = (
    "select id, body from tajzia.pull(8, 0, 5000)",
    "select id, body from tajzia.snapshot(8, 0, 1000000, 5000)",
    *(
        f"select id, body from generate_series(0, 255) b, lateral tajzia.bucket(8, '{kind.value}', b)"
        for kind in FactKind
    ),
)


def document(link: PostgresLink, name: str, requirement: Requirement, part: str = "") -> Attachment:
    """A document whose bytes the centre holds."""
    data = b"%PDF-1.4 " + name.encode()
    digest = hashlib.sha256(data).hexdigest()
    link.put_attachment(digest, len(data), 0, data)
    return Attachment(digest, requirement, name, ContentType.PDF, len(data), part)


def wire_of(walked: Journey) -> WireCentre:
    return cast("WireCentre", walked.centre)


@pytest.fixture
def asked(centre: SampleCentre) -> Journey:
    """A request with documents of every kind that awaits the Ministry of Health, which has its letter; beside it one of
    the same parent that awaits the Civil Defence."""
    plan = make_plan(make_child("c9", 1_000, ("stationery",), ("cafe",)))
    other = Journey(WireCentre(centre), make_content(plan), "r-other")  # type: ignore[arg-type]
    for step in (Journey.lodge, Journey.accept, Journey.book, Journey.visit, Journey.write_civil_defence):
        step(other)
    link = wire_of(other).hand("clerk").link
    other.do(clerk(), AttachDocument("r-other", document(link, "other", Requirement.TITLE_DEED)))
    walked = journey(Status.AWAITING_APPROVALS, other.centre, request_id="r-asked")
    walked.write_letters()
    for requirement in Requirement:
        part = "education" if requirement is Requirement.APPROVAL_SCAN else ""
        walked.do(clerk(), AttachDocument(walked.id, document(link, requirement.value, requirement, part)))
    return walked


def facts_given(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, set[str]]:
    """By the statement, the ids of all that it gave with a body."""
    given = {}
    for statement in FUNCTIONS_THAT_GIVE_FACTS:
        rows = connection.execute(statement.encode()).fetchall()
        given[statement] = {str(name) for name, body in rows if name is not None and body is not None}
    return given


def test_by_a_connection_of_their_own_an_officer_reads_what_awaits_them_and_its_letter(
    centre: SampleCentre, asked: Journey
) -> None:
    letter = next(one for one in wire_of(asked).papers if one.request_id == asked.id)
    raw = centre.raw("officer_health", "L1")
    given = facts_given(raw)
    everything = set().union(*given.values())
    assert everything == {"r-asked", letter.id}
    assert facts_given(centre.raw("clerk"))[FUNCTIONS_THAT_GIVE_FACTS[0]] > everything
    for table in TABLES:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute(f"select * from tajzia.{table}".encode())
    assert set().union(*facts_given(centre.raw("officer_env", "L1")).values()) == set()


def test_papers_and_documents_are_fetched_by_an_officer_as_the_rules_say(centre: SampleCentre, asked: Journey) -> None:
    link = centre.connect("officer_health", "K1")
    papers = {one.id: one for one in wire_of(asked).papers}
    assert len(papers) > 1
    for digest, paper in papers.items():
        mine = paper.request_id == asked.id and paper.part == "health"
        assert (link.fetch_paper(digest) is not None) is mine, paper
    for one in (*asked.request.documents, *asked.centre.requests["r-other"].documents):
        mine = one in asked.request.documents and for_body(one, "health")
        assert (link.fetch_attachment(one.digest, 0, 100) is not None) is mine, one.name
    assert {one.requirement for one in asked.request.documents if for_body(one, "health")} == {
        Requirement.TITLE_DEED,
        Requirement.CONSTRUCTION_CERTIFICATE,
        Requirement.VISIT_PHOTO,
    }


def test_after_the_answer_nothing_of_it_is_given_any_more(centre: SampleCentre, asked: Journey) -> None:
    letter = next(one for one in wire_of(asked).papers if one.request_id == asked.id)
    link = centre.connect("officer_health", "L1")
    scan = document(link, "جواب", Requirement.APPROVAL_SCAN, "health")
    assert link.fetch_paper(letter.id) is not None
    answer = RecordApproval(asked.id, "health", True, "و/12/2026", asked.today, document=scan)
    hand = centre.hand("officer_health", "L1")
    sent = hand.send(answer, asked.centre.base_of(answer))
    centre.registrar.drain()
    wire_of(asked).pull()
    assert asked.status is Status.TO_SCHEDULE
    assert asked.request.approvals[0].scan == scan.digest
    assert [one.action for one in asked.centre.events if one.id == sent] == ["record_approval"]
    assert set().union(*facts_given(centre.raw("officer_health", "L1")).values()) <= {sent}  # what became of their own
    assert link.fetch_paper(letter.id) is None
    assert all(link.fetch_attachment(one.digest, 0, 100) is None for one in asked.request.documents)


def test_the_officer_of_another_body_answers_nothing_of_it(centre: SampleCentre, asked: Journey) -> None:
    answer = RecordApproval(asked.id, "health", True, "و/12/2026", asked.today)
    sent = centre.hand("officer_env", "K1").send(answer, asked.centre.base_of(answer))
    centre.registrar.drain()
    wire_of(asked).pull()
    assert asked.status is Status.AWAITING_APPROVALS
    assert sent not in [one.id for one in asked.centre.events]
