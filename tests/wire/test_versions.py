"""Commands of every version that is still taken are read as they were meant; golden bytes show what each wrote."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from desktop_app.application.ports.store_trouble import ProgramTooOldError
from desktop_app.application.protocol_watch import ProtocolWatch
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.attach_document import AttachDocument
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.extend_rectification import ExtendRectification
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.order_copy import OrderCopy
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.remind_body import RemindBody
from desktop_app.domain.commands.remind_civil_defence import RemindCivilDefence
from desktop_app.domain.commands.remove_document import RemoveDocument
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.copies import CopyReason
from desktop_app.domain.handover import Recipient, SignedHow
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.notice_kinds import NoticeLanguage
from desktop_app.domain.people import Applicant, ApplicantKind, Capacity, Identity, IdentityKind, Person
from desktop_app.domain.request import Request, Requirements, Status
from desktop_app.domain.split import SplitPlan
from desktop_app.domain.tracks import Spoilt
from desktop_app.storage.store import Store
from desktop_app.wire import versions
from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.envelope import PROTOCOL, command_of, open_payload, seal
from desktop_app.wire.versions import NEWEST, OLDEST, UPGRADES, Spoken, Standing, standing
from tests.domain.journey import journey
from tests.store_key import STORE_KEY

DIGEST = "ab" * 32
FOREIGNER = Person("جون سميث", Identity(IdentityKind.RESIDENCY_NUMBER, "2001234567"), "John Smith")
LODGED_IN_ENGLISH = RequestContent(
    Applicant(ApplicantKind.RESIDENT, Capacity.TENANT, FOREIGNER, "+962791234567", language=NoticeLanguage.ENGLISH),
    Requirements("8/1201/2011", ""),
    SplitPlan("L-2024-08-000001", ()),
)
GOLDEN: dict[int, tuple[bytes, Command]] = {
    1: (
        '{"command_id":"c1","device":"K1","sequence":7,"author":"clerk","kind":"return","protocol":1,"request_id":"r1",'
        '"base":1,"made_at":"2026-03-01T07:00:00Z","body":{"request_id":"r1","reason":"سند ناقص"}}'.encode(),
        ReturnForCompletion("r1", "سند ناقص"),
    ),
    2: (
        '{"command_id":"c2","device":"K1","sequence":8,"author":"clerk","kind":"attach_document","protocol":2,'
        '"request_id":"r1","base":0,"made_at":"2026-03-01T07:00:00Z","body":{"request_id":"r1","document":{'
        f'"digest":"{DIGEST}","requirement":"title_deed","name":"سند.pdf","content_type":"application/pdf",'
        '"size":12345,"part":""}}}'.encode(),
        AttachDocument("r1", Attachment(DIGEST, Requirement.TITLE_DEED, "سند.pdf", ContentType.PDF, 12345)),
    ),
    3: (
        '{"command_id":"c3","device":"K1","sequence":9,"author":"clerk","kind":"lodge","protocol":3,"request_id":"r1",'
        '"base":0,"made_at":"2026-03-01T07:00:00Z","body":{"request_id":"r1","reference":"K1-000009","content":{'
        '"applicant":{"kind":"resident","capacity":"tenant","person":{"name_ar":"جون سميث","identity":{'
        '"kind":"residency_number","number":"2001234567"},"name_en":"John Smith"},"mobile":"+962791234567",'
        '"signatory_ar":"","authority_reference":"","language":"en"},"requirements":{"title_deed":"8/1201/2011",'
        '"construction_certificate":""},"plan":{"parent_number":"L-2024-08-000001","children":[]}}}}'.encode(),
        Lodge("r1", "K1-000009", LODGED_IN_ENGLISH),
    ),
    4: (
        '{"command_id":"c4","device":"K1","sequence":10,"author":"clerk","kind":"record_approval","protocol":4,'
        '"request_id":"r1","base":2,"made_at":"2026-03-01T07:00:00Z","body":{"request_id":"r1","body":"health",'
        '"approved":true,"answer_number":"و/٥٥/2026","answer_date":"2026-03-01","reason":"","scan":"","document":{'
        f'"digest":"{DIGEST}","requirement":"approval_scan","name":"جواب.pdf","content_type":"application/pdf",'
        '"size":23456,"part":"health"}}}'.encode(),
        RecordApproval(
            "r1",
            "health",
            True,
            "و/٥٥/2026",
            date(2026, 3, 1),
            document=Attachment(DIGEST, Requirement.APPROVAL_SCAN, "جواب.pdf", ContentType.PDF, 23456, "health"),
        ),
    ),
}
"""What released programs have signed: these bytes never change."""


def sealed(kind: str, body: str, protocol: int = 4) -> bytes:
    return (
        f'{{"command_id":"c5","device":"K1","sequence":11,"author":"clerk","kind":"{kind}","protocol":{protocol},'
        f'"request_id":"r1","base":2,"made_at":"2026-03-01T07:00:00Z","body":{body}}}'
    ).encode()


NEW_IN_4: dict[str, tuple[str, Command]] = {
    "remind_body": (
        '{"request_id":"r1","body":"health","letter_number":"ص/77","letter_date":"2026-03-08"}',
        RemindBody("r1", "health", "ص/77", date(2026, 3, 8)),
    ),
    "remind_civil_defence": (
        '{"request_id":"r1","letter_number":"ص/78","letter_date":"2026-03-08"}',
        RemindCivilDefence("r1", "ص/78", date(2026, 3, 8)),
    ),
    "extend_rectification": (
        '{"request_id":"r1","until":"2026-03-12","reason":"طلب المستدعي"}',
        ExtendRectification("r1", date(2026, 3, 12), "طلب المستدعي"),
    ),
    "deliver": (
        '{"request_id":"r1","delivered_to":"سمر","identity":"9871012345","taken":true,"recipient":"agent",'
        '"authority":"و/12/2026","identity_kind":"national_number","signed":"drawn","ink":"100,200 300,260;5,5 9,9",'
        '"document":null,"reason":""}',
        Deliver(
            "r1",
            "سمر",
            "9871012345",
            recipient=Recipient.AGENT,
            authority="و/12/2026",
            identity_kind=IdentityKind.NATIONAL_NUMBER,
            signed=SignedHow.DRAWN,
            ink="100,200 300,260;5,5 9,9",
        ),
    ),
    "confirm_print": (
        '{"request_id":"r1","licence_number":"L-1","serial":"S-7","fine":false,"spoilt":"other","note":"حبر"}',
        ConfirmPrint("r1", "L-1", "S-7", fine=False, spoilt=Spoilt.OTHER, note="حبر"),
    ),
    "order_copy": (
        '{"request_id":"r1","licence_number":"L-1","reason":"other","note":"احترق"}',
        OrderCopy("r1", "L-1", CopyReason.OTHER, "احترق"),
    ),
    "remove_document": (f'{{"request_id":"r1","digest":"{DIGEST}"}}', RemoveDocument("r1", DIGEST)),
}


@pytest.mark.parametrize("kind", NEW_IN_4)
def test_what_the_fourth_version_brought_is_read_in_it_and_in_none_before(kind: str) -> None:
    body, command = NEW_IN_4[kind]
    payload = sealed(kind, body)
    assert command_of(open_payload(payload)) == command
    assert seal(open_payload(payload)) == payload
    with pytest.raises(MalformedError):
        command_of(open_payload(sealed(kind, body, protocol=3)))


def test_an_answer_of_before_comes_without_its_scan() -> None:
    forged = GOLDEN[4][0].replace(b'"protocol":4', b'"protocol":3')
    with pytest.raises(MalformedError):
        command_of(open_payload(forged))
    before = forged[: forged.index(b',"document"')] + b"}}"
    command = command_of(open_payload(before))
    assert isinstance(command, RecordApproval)
    assert command.document is None


def test_a_delivery_of_before_says_name_and_number_and_no_more() -> None:
    before = '{"request_id":"r1","delivered_to":"سمر","identity":"9871012345"}'
    for protocol in (3, 4):
        assert command_of(open_payload(sealed("deliver", before, protocol))) == Deliver("r1", "سمر", "9871012345")


def test_a_sheet_of_before_is_spoilt_without_a_reason() -> None:
    before = '{"request_id":"r1","licence_number":"L-1","serial":"S-7","fine":false}'
    for protocol in (3, 4):
        assert command_of(open_payload(sealed("confirm_print", before, protocol))) == ConfirmPrint(
            "r1", "L-1", "S-7", fine=False
        )


def test_a_request_handed_over_before_is_read_as_it_was() -> None:
    walked = journey(Status.DELIVERED)
    body = encode(walked.request)
    before = body.replace(b',"handover":null,"not_taken":[]', b"")
    assert before != body
    assert decode(before, Request) == walked.request


def test_a_request_of_before_has_neither_reminders_nor_extensions() -> None:
    """Bodies that lie in stores and feeds since before are read as they were meant."""
    walked = journey(Status.RECTIFICATION)
    body = encode(walked.request)
    before = (
        body.replace(b',"reminders":[]', b"")
        .replace(b',"extensions":[]', b"")
        .replace(b'"scan":"","version"', b'"version"')
    )
    assert b"reminders" not in before
    assert b"extensions" not in before
    assert decode(before, Request) == walked.request


def test_there_are_golden_bytes_and_a_way_up_for_every_version() -> None:
    assert set(range(OLDEST, NEWEST + 1)) <= set(GOLDEN)
    assert set(range(OLDEST, NEWEST)) <= set(UPGRADES)
    assert PROTOCOL == NEWEST
    assert NEWEST - OLDEST <= 2


@pytest.mark.parametrize("version", range(OLDEST, NEWEST + 1))
def test_golden_bytes_are_read_as_they_were_meant(version: int) -> None:
    payload, command = GOLDEN[version]
    envelope = open_payload(payload)
    assert envelope.protocol == version
    assert command_of(envelope) == command
    assert seal(envelope) == payload


def test_what_a_version_did_not_know_is_malformed_in_it() -> None:
    forged = GOLDEN[3][0].replace(b'"protocol":3', b'"protocol":2')
    with pytest.raises(MalformedError):
        command_of(open_payload(forged))


def test_whoever_was_entered_before_there_was_a_choice_is_told_in_arabic() -> None:
    payload = GOLDEN[3][0].replace(b'"protocol":3', b'"protocol":2')
    with pytest.raises(MalformedError):
        command_of(open_payload(payload))
    command = command_of(open_payload(payload.replace(b',"language":"en"', b"")))
    assert isinstance(command, Lodge)
    assert command.content.applicant.language is NoticeLanguage.ARABIC


@pytest.mark.parametrize("version", [0, -1, OLDEST - 1, NEWEST + 1])
def test_other_versions_are_not_guessed_at(version: int) -> None:
    forged = GOLDEN[1][0].replace(b'"protocol":1', f'"protocol":{version}'.encode())
    with pytest.raises(MalformedError):
        command_of(open_payload(forged))


def test_a_chain_of_upgrades_goes_through_every_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it will be when two versions lie between: each step sees what the one before has made."""
    steps = {at: (lambda kind, body, at=at: {**body, "way": [*body.get("way", []), at]}) for at in (1, 2)}
    monkeypatch.setattr(versions, "UPGRADES", steps)
    monkeypatch.setattr(versions, "NEWEST", 3)
    monkeypatch.setattr(versions, "OLDEST", 1)
    assert versions.upgraded(1, "return", b'{"request_id":"r1"}') == b'{"request_id":"r1","way":[1,2]}'
    assert versions.upgraded(2, "return", b'{"request_id":"r1"}') == b'{"request_id":"r1","way":[2]}'
    assert "desktop_app.wire.versions" in sys.modules


@pytest.mark.parametrize(
    ("spoken", "ours", "stands"),
    [
        (Spoken(1, 2), 2, Standing.FITS),
        (Spoken(2, 4), 2, Standing.FITS),
        (Spoken(3, 5), 2, Standing.TOO_OLD),
        (Spoken(1, 1), 2, Standing.TOO_NEW),
    ],
)
def test_who_fits_whom(spoken: Spoken, ours: int, stands: Standing) -> None:
    assert standing(spoken, ours) is stands


def test_a_program_that_is_too_old_gives_nothing_new_also_after_a_restart(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "K1.db", STORE_KEY)
    ProtocolWatch(store).check()
    ProtocolWatch(store).note(Spoken(NEWEST + 1, NEWEST + 3))
    with pytest.raises(ProgramTooOldError):
        ProtocolWatch(store).check()
    ProtocolWatch(store).note(Spoken(OLDEST, NEWEST))
    ProtocolWatch(store).check()
    store.close()
