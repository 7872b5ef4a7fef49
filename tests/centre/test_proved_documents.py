"""Whoever knows the hash of a document alone neither sees it nor is told whether it is at the centre."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.application.ports.attachments import TransferState
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.storage.attachments import StoreAttachments
from desktop_app.storage.store import Store
from desktop_app.sync.attachments import WHOLE, AttachmentsFullError, Transfers
from desktop_app.wire.codec import decode
from desktop_app.wire.facts import StoredOutcome
from tests.domain.builders import NOW, make_content
from tests.postgres_fixture import Hand, SampleCentre
from tests.store_key import STORE_KEY

BYTES = b"%PDF-1.7 somebody's identity card"
DIGEST = hashlib.sha256(BYTES).hexdigest()
CARD = Attachment(DIGEST, Requirement.IDENTITY, "هوية.pdf", ContentType.PDF, len(BYTES))


def lodged(centre: SampleCentre, hand: Hand, name: str) -> None:
    hand.send(Lodge(name, f"{hand.device}-{name}", make_content()))
    centre.registrar.drain()


def attached(centre: SampleCentre, hand: Hand, name: str, base: int = 0) -> tuple[str, ...]:
    """The keys of the refusals; none where it was accepted."""
    command = hand.send(AttachDocument(name, CARD), base=base)
    centre.registrar.drain()
    ((body,),) = centre.query("select body from tajzia.fact where kind = 'outcome' and id = %s", command)
    return tuple(one.key for one in decode(body, StoredOutcome).refusals)


@pytest.fixture
def owner(centre: SampleCentre) -> Hand:
    """A counter whose request has the document."""
    hand = centre.hand("clerk", "K1")
    lodged(centre, hand, "r1")
    assert hand.link.put_attachment(DIGEST, len(BYTES), 0, BYTES) == WHOLE
    assert attached(centre, hand, "r1") == ()
    return hand


def test_a_hash_alone_attaches_nothing_and_the_bytes_do(centre: SampleCentre, owner: Hand) -> None:
    other = centre.hand("clerk", "K2")
    lodged(centre, other, "r2")
    assert attached(centre, other, "r2") == ("document.not_sent",)
    assert centre.query("select request_id from tajzia.attached") == [("r1",)]
    assert other.link.put_attachment(DIGEST, len(BYTES), 0, BYTES) == WHOLE
    assert attached(centre, other, "r2") == ()
    assert len(centre.query("select from tajzia.attachment")) == 1, "it is stored once"


def test_a_device_is_told_of_its_own_sending_alone(centre: SampleCentre, owner: Hand) -> None:
    assert owner.link.held_attachments([DIGEST]) == {DIGEST: WHOLE}
    stranger = centre.connect("clerk", "K2")
    unknown = hashlib.sha256(b"nobody sent this").hexdigest()
    assert stranger.held_attachments([DIGEST, unknown]) == {DIGEST: 0, unknown: 0}
    assert stranger.put_attachment(DIGEST, len(BYTES), 0, BYTES[:5]) == 5
    assert stranger.put_attachment(unknown, 16, 0, b"%PDF-") == 5


def test_a_hash_that_another_request_names_is_not_taken_before_its_bytes_come(centre: SampleCentre) -> None:
    one, other = centre.hand("clerk", "K1"), centre.hand("clerk", "K2")
    lodged(centre, one, "r1")
    lodged(centre, other, "r2")
    assert attached(centre, one, "r1") == (), "the bytes of the first who names it may come later"
    assert attached(centre, other, "r2") == ("document.not_sent",)


def test_one_document_of_a_device_may_stand_in_several_requests(centre: SampleCentre, owner: Hand) -> None:
    lodged(centre, owner, "r2")
    assert attached(centre, owner, "r2") == ()


def stored_of(centre: SampleCentre, device: str, count: int, *, days_ago: int) -> None:
    """As many documents that `device` has sent and nobody names."""
    with centre.admin() as admin:
        admin.execute(
            "with content as (select convert_to('%%PDF-' || n || %(device)s || %(days)s, 'utf8') as bytes"
            " from generate_series(1, %(count)s) n),"
            " kept as (insert into tajzia.attachment (digest, content, content_type, submitted_by, device)"
            " select encode(sha256(bytes), 'hex'), bytes, 'application/pdf', 'clerk', %(device)s from content"
            " returning digest)"
            " insert into tajzia.attachment_proof (digest, device, sent_at)"
            " select digest, %(device)s, now() - make_interval(days => %(days)s) from kept",
            {"device": device, "count": count, "days": days_ago},
        )


def test_a_device_fills_no_disk_with_what_nobody_names(centre: SampleCentre, owner: Hand) -> None:
    stored_of(centre, "K1", 499, days_ago=1)
    stored_of(centre, "K1", 700, days_ago=31)
    stored_of(centre, "K2", 500, days_ago=1)
    last, further = b"%PDF-1.7 the last one", b"%PDF-1.7 one too many"
    name = hashlib.sha256(last).hexdigest()
    assert owner.link.put_attachment(name, len(last), 0, last) == WHOLE, "499 are no 500"
    with pytest.raises(AttachmentsFullError):
        owner.link.put_attachment(hashlib.sha256(further).hexdigest(), len(further), 0, further)
    assert centre.query("select from tajzia.attachment_part") == []
    owner.send(AttachDocument("r1", replace(CARD, digest=name, size=len(last))))
    centre.registrar.drain()
    assert owner.link.put_attachment(hashlib.sha256(further).hexdigest(), len(further), 0, further) == WHOLE


def test_what_the_centre_does_not_take_yet_waits_and_the_commands_go_before_it(
    centre: SampleCentre, owner: Hand, tmp_path: Path
) -> None:
    stored_of(centre, "K1", 500, days_ago=1)
    store = Store.open(tmp_path / "K1.db", STORE_KEY)
    kept = StoreAttachments(store)
    waiting = b"%PDF-1.7 that waits"
    name = hashlib.sha256(waiting).hexdigest()
    kept.keep("r1", replace(CARD, digest=name, size=len(waiting)), waiting, NOW)
    assert Transfers(kept).send(owner.link) == 0
    assert kept.transfers([name])[name].state is TransferState.WAITING
    with centre.admin() as admin:
        admin.execute("delete from tajzia.attachment_proof where device = 'K1' and sent_at < now() - interval '1 hour'")
    assert Transfers(kept).send(owner.link) == 1
    store.close()
