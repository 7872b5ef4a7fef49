"""Documents over the real centre: sent and fetched in chunks, gone on with where they broke off, checked at the end;
nothing that needs them is decided before the centre holds them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from desktop_app.application.ports.attachments import TransferState
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.remove_document import RemoveDocument
from desktop_app.domain.messages import Message
from desktop_app.gateway.link import PostgresLink
from desktop_app.storage.attachments import StoreAttachments
from desktop_app.storage.store import Store
from desktop_app.sync.attachments import CHUNK, WHOLE, AttachmentRefusedError, Transfers
from desktop_app.sync.centre_link import CentreUnreachableError
from desktop_app.wire.versions import Spoken
from tests.domain.builders import NOW, make_content
from tests.postgres_fixture import SampleCentre, centre, postgres_server
from tests.store_key import STORE_KEY
from tests.sync.fake_centre import FakeCentre, FakeLink
from tests.sync.stations import Station
from tests.workplaces import content_for

__all__ = ["centre", "postgres_server"]

DEED = b"%PDF-1.7\n" + bytes(range(256)) * 2500
"""Three chunks, the last not full."""


def document(data: bytes = DEED, requirement: Requirement = Requirement.TITLE_DEED) -> Attachment:
    return Attachment(hashlib.sha256(data).hexdigest(), requirement, "سند الملكية.pdf", ContentType.PDF, len(data))


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[StoreAttachments]:
    store = Store.open(tmp_path / "K1.db", STORE_KEY)
    yield StoreAttachments(store)
    store.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[StoreAttachments]:
    store = Store.open(tmp_path / "K2.db", STORE_KEY)
    yield StoreAttachments(store)
    store.close()


@dataclass
class Cutting:
    """A line that breaks after so many chunks."""

    link: PostgresLink
    left: int
    pieces: list[int] = field(default_factory=list)

    def held_attachments(self, digests: Sequence[str]) -> Mapping[str, int]:
        return self.link.held_attachments(digests)

    def put_attachment(self, digest: str, size: int, offset: int, data: bytes) -> int:
        self._count(offset)
        return self.link.put_attachment(digest, size, offset, data)

    def fetch_attachment(self, digest: str, offset: int, limit: int) -> bytes | None:
        self._count(offset)
        return self.link.fetch_attachment(digest, offset, limit)

    def _count(self, offset: int) -> None:
        if not self.left:
            raise CentreUnreachableError("cut")
        self.left -= 1
        self.pieces.append(offset)


def test_a_document_goes_over_in_chunks_and_goes_on_where_it_broke_off(
    centre: SampleCentre, kept: StoreAttachments, elsewhere: StoreAttachments
) -> None:
    hand = centre.hand("clerk")
    deed = document()
    hand.send(Lodge("r1", "K1-1", make_content()))
    kept.keep("r1", deed, DEED, NOW)
    line = Cutting(hand.link, 2)
    with pytest.raises(CentreUnreachableError):
        Transfers(kept).send(line)
    assert centre.query("select count(*) from tajzia.attachment") == [(0,)]
    assert kept.transfers([deed.digest])[deed.digest].state is TransferState.WAITING
    again = Cutting(centre.connect("clerk2", "K1"), 9)
    assert Transfers(kept).send(again) == 1
    assert line.pieces + again.pieces == [0, CHUNK, 2 * CHUNK]
    assert kept.transfers([deed.digest])[deed.digest].state is TransferState.HELD
    assert centre.query("select octet_length(content), content_type from tajzia.attachment") == [
        (len(DEED), "application/pdf")
    ]
    assert centre.query("select count(*) from tajzia.attachment_part") == [(0,)]

    hand.send(AttachDocument("r1", deed))
    centre.registrar.drain()
    elsewhere.want("r1", deed, NOW)
    coming = Cutting(centre.connect("clerk2", "K2"), 1)
    with pytest.raises(CentreUnreachableError):
        Transfers(elsewhere).fetch(coming)
    assert elsewhere.read(deed.digest) is None
    rest = Cutting(centre.connect("clerk2", "K2"), 9)
    assert Transfers(elsewhere).fetch(rest) == (1, ())
    assert coming.pieces + rest.pieces == [0, CHUNK, 2 * CHUNK]
    assert elsewhere.read(deed.digest) == DEED == kept.read(deed.digest)


def test_a_last_chunk_that_is_sent_again_while_the_first_is_still_being_stored(centre: SampleCentre) -> None:
    """The line broke, the next one was there at once, and the centre is still at work on what came over the first."""
    deed, last = document(), 2 * CHUNK
    first, second = centre.connect("clerk", "K1"), centre.connect("clerk2", "K1")
    for offset in (0, CHUNK):
        first.put_attachment(deed.digest, deed.size, offset, DEED[offset : offset + CHUNK])
    answers: list[int] = []
    again = threading.Thread(
        target=lambda: answers.append(second.put_attachment(deed.digest, deed.size, last, DEED[last:]))
    )
    with first.session.transaction():
        assert first.put_attachment(deed.digest, deed.size, last, DEED[last:]) == WHOLE
        again.start()
        waiting = "select count(*) from pg_stat_activity where pid = %s and wait_event_type = 'Lock'"
        while again.is_alive() and centre.query(waiting, second.session.info.backend_pid) == [(0,)]:
            pass
        assert again.is_alive()
    again.join()
    assert answers == [WHOLE]
    assert centre.query("select digest from tajzia.attachment") == [(deed.digest,)]
    assert centre.query("select count(*) from tajzia.attachment_part") == [(0,)]


def test_the_same_document_is_stored_once(
    centre: SampleCentre, kept: StoreAttachments, elsewhere: StoreAttachments
) -> None:
    deed = document()
    kept.keep("r1", deed, DEED, NOW)
    Transfers(kept).send(centre.hand("clerk").link)
    other = centre.connect("clerk2", "K2")
    assert other.held_attachments([deed.digest]) == {deed.digest: 0}, "whoever names it has to have it"
    elsewhere.keep("r2", deed, DEED, NOW)
    assert Transfers(elsewhere).send(other) == 1
    assert other.held_attachments([deed.digest]) == {deed.digest: WHOLE}
    assert centre.query("select digest from tajzia.attachment") == [(deed.digest,)]


@pytest.mark.parametrize(
    ("data", "named", "why"),
    [
        (b"MZ\x90\x00" + b"x" * 100, None, "type"),
        (b"%PDF-1.7 the one", b"%PDF-1.7 another", "hash"),
    ],
)
def test_what_is_not_what_it_says_is_not_taken(
    centre: SampleCentre, kept: StoreAttachments, data: bytes, named: bytes | None, why: str
) -> None:
    digest = hashlib.sha256(named or data).hexdigest()
    link = centre.hand("clerk").link
    with pytest.raises(AttachmentRefusedError, match=why):
        link.put_attachment(digest, len(data), 0, data)
    assert centre.query("select count(*) from tajzia.attachment") == [(0,)]
    assert centre.query("select count(*) from tajzia.attachment_part") == [(0,)]
    one = Attachment(digest, Requirement.OTHER, "x", ContentType.PDF, len(data))
    kept.keep("r1", one, data, NOW)
    assert Transfers(kept).send(link) == 0
    told = kept.transfers([digest])[digest]
    assert (told.state, told.trouble) == (TransferState.REFUSED, why)


@pytest.mark.parametrize("size", [0, -1, 20 * 1024 * 1024 + 1])
def test_a_size_that_cannot_be_is_refused_at_the_first_chunk(centre: SampleCentre, size: int) -> None:
    with pytest.raises(AttachmentRefusedError):
        centre.hand("clerk").link.put_attachment("a" * 64, size, 0, b"%PDF-")


def test_more_than_was_said_is_refused(centre: SampleCentre) -> None:
    with pytest.raises(AttachmentRefusedError, match="too_large"):
        centre.hand("clerk").link.put_attachment("a" * 64, 4, 0, b"%PDF-")


def test_another_device_cannot_spoil_what_is_on_its_way(centre: SampleCentre, kept: StoreAttachments) -> None:
    deed = document()
    link = centre.hand("clerk").link
    link.put_attachment(deed.digest, len(DEED), 0, DEED[:CHUNK])
    centre.connect("clerk2", "K2").put_attachment(deed.digest, len(DEED), 0, b"x" * CHUNK)
    kept.keep("r1", deed, DEED, NOW)
    assert Transfers(kept).send(link) == 1


def test_whoever_does_not_see_the_request_does_not_get_its_documents(
    centre: SampleCentre, kept: StoreAttachments
) -> None:
    hand, deed = centre.hand("clerk"), document()
    hand.send(Lodge("r1", "K1-1", make_content()))
    kept.keep("r1", deed, DEED, NOW)
    Transfers(kept).send(hand.link)
    assert hand.link.fetch_attachment(deed.digest, 0, 10) is None
    hand.send(AttachDocument("r1", deed))
    centre.registrar.drain()
    assert hand.link.fetch_attachment(deed.digest, 0, 10) == DEED[:10]
    for login, device in (("clerk9", "M1"), ("officer_health", "K2"), ("administrator", "S1")):
        assert centre.connect(login, device).fetch_attachment(deed.digest, 0, 10) is None


def test_what_was_taken_back_is_given_to_nobody_any_more_and_to_all_again_once_it_is_back(
    centre: SampleCentre, kept: StoreAttachments
) -> None:
    hand, deed = centre.hand("clerk"), document()
    hand.send(Lodge("r1", "K1-1", make_content()))
    kept.keep("r1", deed, DEED, NOW)
    Transfers(kept).send(hand.link)
    hand.send(AttachDocument("r1", deed))
    centre.registrar.drain()
    assert hand.link.fetch_attachment(deed.digest, 0, 10) == DEED[:10]
    hand.send(RemoveDocument("r1", deed.digest), 1)
    centre.registrar.drain()
    assert hand.link.fetch_attachment(deed.digest, 0, 10) is None
    hand.send(AttachDocument("r1", deed), 2)
    centre.registrar.drain()
    assert hand.link.fetch_attachment(deed.digest, 0, 10) == DEED[:10]


def test_nothing_is_accepted_before_the_centre_holds_what_was_attached(
    centre: SampleCentre, kept: StoreAttachments
) -> None:
    hand, deed = centre.hand("clerk"), document()
    hand.send(Lodge("r1", "K1-1", make_content()))
    hand.send(AttachDocument("r1", deed))
    centre.registrar.drain()
    early = hand.send(Accept("r1"), 1)
    centre.registrar.drain()
    assert _refusals(centre, early) == ["document.on_its_way"]
    kept.keep("r1", deed, DEED, NOW)
    Transfers(kept).send(hand.link)
    late = hand.send(Accept("r1"), 1)
    centre.registrar.drain()
    assert _refusals(centre, late) == []


def _refusals(centre: SampleCentre, command_id: str) -> list[str]:
    told = "select body::json -> 'refusals' from tajzia.fact where kind = 'outcome' and id = %s"
    rows = centre.query(told, command_id)
    return [one["key"] for one in rows[0][0]]


def test_on_the_workstation_too_what_was_not_sent_holds_the_acceptance_back(tmp_path: Path) -> None:
    from tests.workplaces import sample_centre

    fake: FakeCentre = sample_centre(each=0, spare_licences=2)
    one = Station(tmp_path / "S.db", fake, "K1", "clerk")
    one.give(Lodge("r1", "K1-000001", content_for(0)))
    deed = document()
    attachments = StoreAttachments(one.store)
    attachments.keep("r1", deed, DEED, NOW)
    one.give(AttachDocument("r1", deed))
    refused: Sequence[Message] = one.desk.give(Accept("r1")).refusals
    assert [why.key for why in refused] == ["document.on_its_way"]
    attachments.note_held(deed.digest)
    assert one.desk.give(Accept("r1")).accepted
    one.close()


def test_damaged_bytes_are_thrown_away_and_fetched_again(kept: StoreAttachments) -> None:
    deed = document(b"%PDF-short")
    kept.want("r1", deed, NOW)
    answers: Iterator[bytes] = iter([b"%PDF-wrong", b"%PDF-short"])

    class Line:
        held_attachments: Callable[..., Mapping[str, int]]
        put_attachment: Callable[..., int]

        def fetch_attachment(self, digest: str, offset: int, limit: int) -> bytes | None:
            return next(answers)

    assert Transfers(kept).fetch(Line()) == (0, (deed.digest,))
    assert kept.read(deed.digest) is None
    assert Transfers(kept).fetch(Line()) == (1, ())
    assert kept.read(deed.digest) == b"%PDF-short"


def test_the_centre_says_which_versions_it_takes(centre: SampleCentre) -> None:
    link = centre.connect("clerk", "K1")
    assert link.scope().spoken == Spoken()
    with centre.admin() as admin:
        admin.execute("update tajzia.protocol set oldest = 5, newest = 7")
    assert link.scope().spoken == Spoken(5, 7)


@pytest.mark.parametrize(("spoken", "goes"), [(Spoken(1, 1), False), (Spoken(9, 11), True)])
def test_what_is_too_new_waits_and_what_is_too_old_is_still_delivered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoken: Spoken, goes: bool
) -> None:
    from tests.workplaces import sample_centre

    fake: FakeCentre = sample_centre(each=0, spare_licences=2)
    one = Station(tmp_path / "S.db", fake, "K1", "clerk")
    one.give(Lodge("r1", "K1-000001", content_for(0)))
    usual = FakeLink.scope
    monkeypatch.setattr(FakeLink, "scope", lambda link: replace(usual(link), spoken=spoken))
    one.round()
    assert bool(fake.inbox) is goes
    assert one.store.tally().waiting == (0 if goes else 1)
    one.close()
