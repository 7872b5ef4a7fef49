"""The queue of letters: those that have waited longest first, page by page; and what an officer's store lets go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.application.ports.queue import QueueFilter, QueueKey, QueueRow, QueueView
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.letters import awaited_letters
from desktop_app.domain.request import Status
from desktop_app.storage.attachments import StoreAttachments
from desktop_app.storage.store import Store
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind, FactRow, StoredPaper
from tests.domain.builders import NOW, TODAY, clerk
from tests.domain.journey import Journey, journey
from tests.store_key import STORE_KEY
from tests.workplaces import TestWorkplace, make_workplace, sample_centre


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[TestWorkplace]:
    """Seven requests that await approvals; to the bodies of all but one was written, each on a day of its own."""
    centre = sample_centre(each=7, spare_licences=0, statuses=(Status.AWAITING_APPROVALS,))
    held = centre.centre
    for at, name in enumerate(sorted(held.requests)[1:]):
        held.now = NOW + timedelta(days=(5 * at) % 6)
        letter = RequestApproval(name, "health", f"OUT-{at}", held.context(clerk()).today)
        assert held.give(clerk(), letter).accepted
    for request in held.requests.values():
        centre.publish(FactKind.REQUEST, request.id, request.branch, encode(request))
    made = make_workplace(tmp_path, centre=centre)
    yield made
    made.close()


def test_the_letters_that_have_waited_longest_come_first(workplace: TestWorkplace) -> None:
    found: list[QueueRow] = []
    after: QueueKey | None = None
    while True:
        page = workplace.queries.queue_page(QueueFilter(QueueView.LETTERS, NOW), after, 2)
        found += page.rows
        if (after := page.next) is None:
            break
    waiting = [one for one in workplace.centre.centre.requests.values() if awaited_letters(one)]
    assert len(found) == len(waiting) == 6
    expected = sorted(waiting, key=lambda one: (awaited_letters(one)[0].since, one.id))
    assert [row.id for row in found] == [one.id for one in expected]
    assert [row.letters for row in found] == [awaited_letters(one) for one in expected]
    assert len({row.letters[0].since for row in found}) > 2
    assert workplace.queries.queue_counts(NOW, None)[QueueView.LETTERS] == 6
    assert workplace.queries.queue_counts(NOW, 9)[QueueView.LETTERS] == 0


def test_an_answered_letter_leaves_the_queue_of_letters(workplace: TestWorkplace) -> None:
    (first, *_) = workplace.queries.queue_page(QueueFilter(QueueView.LETTERS, NOW), None, 50).rows
    walked = Journey(workplace.centre.centre, request_id=first.id)
    walked.answer_letters()
    with workplace.store.writing() as writes:
        writes.store([FactRow(FactKind.REQUEST, first.id, 8, 99, encode(walked.request))])
    rows = workplace.queries.queue_page(QueueFilter(QueueView.LETTERS, NOW), QueueKey("", ""), 50).rows
    assert len(rows) == 5
    assert first.id not in [row.id for row in rows]


def test_what_departs_from_an_officer_takes_its_letter_and_fetched_documents_along(tmp_path: Path) -> None:
    walked = journey(Status.AWAITING_APPROVALS, request_id="ra")
    walked.write_letters()
    request = walked.request
    store = Store.open(tmp_path / "officer.db", STORE_KEY)
    paper = StoredPaper("ab" * 32, "letter", "OUT-1", "ra", 8, 3, NOW, "health")
    kept = StoredPaper("cd" * 32, "letter", "OUT-2", "rb", 8, 3, NOW, "health")
    documents = StoreAttachments(store)
    with store.writing() as writes:
        writes.store([FactRow(FactKind.REQUEST, "ra", 8, 1, encode(request))])
        writes.store([FactRow(FactKind.PAPER, one.id, 8, 2, encode(one)) for one in (paper, kept)])
        for one in (paper, kept):
            writes.driver.execute("INSERT INTO paper_bytes (id, data) VALUES (?, x'00')", (one.id,))
        for digest, state in (("d1", "held"), ("d2", "wanted"), ("d3", "waiting")):
            writes.driver.execute(
                "INSERT INTO attachment (digest, request_id, size, state, done, trouble, added_at)"
                " VALUES (?, 'ra', 1, ?, 0, '', ?)",
                (digest, state, TODAY.isoformat()),
            )
            writes.driver.execute("INSERT INTO attachment_chunk (digest, part, data) VALUES (?, 0, x'00')", (digest,))
    with store.writing() as writes:
        writes.store([FactRow(FactKind.REQUEST, "ra", 8, 3, None, departed=True)])
    with store.reading() as reads:
        left = {
            table: reads.driver.execute(f"SELECT {column} FROM {table} ORDER BY 1").fetchall()
            for table, column in (
                ("paper", "id"),
                ("paper_bytes", "id"),
                ("attachment", "digest"),
                ("attachment_chunk", "digest"),
            )
        }
    assert left == {
        "paper": [(kept.id,)],
        "paper_bytes": [(kept.id,)],
        "attachment": [("d3",)],  # what was attached here is still to be sent
        "attachment_chunk": [("d3",)],
    }
    assert documents.read("d1") is None
    store.close()


def test_a_letter_that_comes_before_its_request_stays_when_pending_work_on_it_is_taken_back(tmp_path: Path) -> None:
    """So it is after a restore of the centre: letters keep their place in the feed, a request moves on to its end."""
    walked = journey(Status.AWAITING_APPROVALS, request_id="ra")
    walked.write_letters()
    answered = walked.request
    store = Store.open(tmp_path / "counter.db", STORE_KEY)
    paper = StoredPaper("ab" * 32, "letter", "OUT-1", "ra", 8, 3, NOW, "health")
    with store.writing() as writes:
        writes.apply(Outcome(request=answered))  # given here; of this centre nothing has come yet
    with store.writing() as writes:
        writes.store([FactRow(FactKind.PAPER, paper.id, 8, 1, encode(paper))])
        writes.undo_provisional()
    with store.writing() as writes:
        writes.store([FactRow(FactKind.REQUEST, "ra", 8, 2, encode(answered))])
    with store.reading() as reads:
        assert reads.driver.execute("SELECT id FROM paper").fetchall() == [(paper.id,)]
    store.close()
