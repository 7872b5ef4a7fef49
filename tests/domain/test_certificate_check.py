"""The verdict on a certificate, and which certificates hold no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.domain.area import Area
from desktop_app.domain.certificate_check import (
    CertificateKey,
    CertifiedLicence,
    DrawnCertificate,
    Ended,
    EndedCertificate,
    KeyStatus,
    RevocationList,
    Verdict,
    ended_certificates,
    judge,
)
from desktop_app.domain.licence import LicenceStatus
from tests.domain.builders import make_licence

ISSUED = datetime(2026, 11, 22, 8, 5, 7, tzinfo=UTC)
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SAID = CertifiedLicence(
    "L-2026-08-000001", "سلمى ناصر العبد", ("2101",), Area(6_000), 8, date(2026, 12, 31), "L-2024-08-000001", ISSUED
)
KEY = CertificateKey(b"k" * 8, b"p" * 32, ISSUED - timedelta(days=9), None, KeyStatus.CURRENT)
NOTHING_ENDED = RevocationList(NOW, ())


def test_a_certificate_that_nothing_speaks_against_is_valid() -> None:
    judged = judge(SAID, KEY, NOTHING_ENDED, NOW)
    assert (judged.verdict, judged.why.key, judged.licence) == (Verdict.VALID, "verify.valid", SAID)


def test_sample_data_is_called_so() -> None:
    assert judge(replace(SAID, sample=True), KEY, NOTHING_ENDED, NOW).why.key == "verify.valid_sample"


def test_the_last_day_is_ammans() -> None:
    last_minute = datetime(2026, 12, 31, 20, 59, tzinfo=UTC)
    assert judge(SAID, KEY, NOTHING_ENDED, last_minute).verdict is Verdict.VALID
    assert judge(SAID, KEY, NOTHING_ENDED, last_minute + timedelta(minutes=1)).verdict is Verdict.EXPIRED


@pytest.mark.parametrize(
    ("ended", "verdict", "key"),
    [
        (EndedCertificate(SAID.number, ISSUED, Ended.REVOKED), Verdict.REVOKED, "verify.revoked"),
        (EndedCertificate(SAID.number, ISSUED, Ended.SUPERSEDED), Verdict.SUPERSEDED, "verify.superseded"),
        (
            EndedCertificate(SAID.number, ISSUED, Ended.SUPERSEDED, ("L-2026-08-000009",)),
            Verdict.SUPERSEDED,
            "verify.superseded_by",
        ),
        (EndedCertificate(SAID.number, ISSUED + timedelta(seconds=1), Ended.REVOKED), Verdict.VALID, "verify.valid"),
        (EndedCertificate("L-2026-08-000002", ISSUED, Ended.REVOKED), Verdict.VALID, "verify.valid"),
    ],
)
def test_a_revocation_is_of_one_sheet(ended: EndedCertificate, verdict: Verdict, key: str) -> None:
    judged = judge(SAID, KEY, RevocationList(NOW, (ended,)), NOW)
    assert (judged.verdict, judged.why.key) == (verdict, key)
    if ended.successors:
        assert judged.why.args.get("successors") == "L-2026-08-000009"


@pytest.mark.parametrize("why", list(Ended))
def test_what_is_revoked_or_superseded_is_told_before_that_it_expired(why: Ended) -> None:
    ended = RevocationList(NOW, (EndedCertificate(SAID.number, ISSUED, why),))
    assert judge(SAID, KEY, ended, NOW + timedelta(days=90)).verdict.value == why.value


def test_a_key_is_believed_for_its_own_time_only() -> None:
    retired = replace(KEY, status=KeyStatus.RETIRED, valid_to=ISSUED)
    assert judge(SAID, retired, NOTHING_ENDED, NOW).verdict is Verdict.VALID
    for key, why in (
        (replace(retired, valid_to=ISSUED - timedelta(seconds=1)), "verify.key_not_then"),
        (replace(KEY, valid_from=ISSUED + timedelta(seconds=1)), "verify.key_not_then"),
        (replace(KEY, status=KeyStatus.REVOKED), "verify.key_revoked"),
    ):
        judged = judge(SAID, key, NOTHING_ENDED, NOW)
        assert (judged.verdict, judged.why.key, judged.licence) == (Verdict.UNKNOWN_KEY, why, None)


PARENT, CHILD = "L-2024-08-000001", "L-2026-08-000001"


def drawn(number: str, request: str, hour: int) -> DrawnCertificate:
    return DrawnCertificate(number, request, datetime(2026, 11, 22, hour, 0, 0, 999, tzinfo=UTC))


def test_the_newest_sheet_of_a_licence_holds_and_the_ones_before_name_what_took_their_place() -> None:
    parent = replace(make_licence(), number=PARENT, amended_by_requests=("r1", "r2"))
    sheets = [drawn(PARENT, "r2", 12), drawn(PARENT, "r1", 9)]
    (ended,) = ended_certificates(sheets, {PARENT: parent}, {"r1": [CHILD], "r2": ["L-2026-08-000002"]})
    at_nine = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert ended == EndedCertificate(PARENT, at_nine, Ended.SUPERSEDED, (PARENT, "L-2026-08-000002"))


def test_a_licence_that_was_split_to_the_end_is_superseded_by_what_came_of_it() -> None:
    child = replace(
        make_licence(),
        number=CHILD,
        status=LicenceStatus.CLOSED,
        made_by_request="r1",
        amended_by_requests=("r2",),
    )
    (ended,) = ended_certificates([drawn(CHILD, "r1", 9)], {CHILD: child}, {"r2": ["L-2026-08-000002"]})
    assert (ended.why, ended.successors) == (Ended.SUPERSEDED, ("L-2026-08-000002",))


def test_what_was_taken_back_is_revoked_on_both_sides() -> None:
    child = replace(make_licence(), number=CHILD, status=LicenceStatus.CLOSED, made_by_request="r1")
    parent = replace(make_licence(), number=PARENT, amended_by_requests=("r0",))
    sheets = [drawn(PARENT, "r0", 8), drawn(CHILD, "r1", 9), drawn(PARENT, "r1", 9)]
    ended = ended_certificates(sheets, {CHILD: child, PARENT: parent}, {"r0": [], "r1": [CHILD]})
    assert {(one.number, one.issued_at.hour, one.why) for one in ended} == {
        (PARENT, 9, Ended.REVOKED),
        (CHILD, 9, Ended.REVOKED),
    }


def test_a_sheet_drawn_again_after_a_voided_receipt_takes_the_place_of_the_first() -> None:
    child = replace(make_licence(), number=CHILD, made_by_request="r1")
    (ended,) = ended_certificates([drawn(CHILD, "r1", 9), drawn(CHILD, "r1", 11)], {CHILD: child}, {})
    assert (ended.issued_at.hour, ended.why, ended.successors) == (9, Ended.SUPERSEDED, (CHILD,))


def test_a_copy_holds_as_long_as_the_sheet_it_is_a_copy_of() -> None:
    child = replace(make_licence(), number=CHILD, made_by_request="r1")
    first, copy = drawn(CHILD, "r1", 9), replace(drawn(CHILD, "r1", 10), copy=True)
    assert ended_certificates([copy, first], {CHILD: child}, {}) == ()
    again, its = drawn(CHILD, "r1", 11), replace(drawn(CHILD, "r1", 12), copy=True)
    ended = ended_certificates([its, copy, again, first], {CHILD: child}, {})
    assert {one.issued_at.hour for one in ended} == {9, 10}
    assert {(one.why, one.successors) for one in ended} == {(Ended.SUPERSEDED, (CHILD,))}
    split = replace(child, amended_by_requests=("r2",))
    ended = ended_certificates([first, copy, drawn(CHILD, "r2", 13)], {CHILD: split}, {"r2": ["L-2026-08-000002"]})
    assert {(one.issued_at.hour, one.why) for one in ended} == {(9, Ended.SUPERSEDED), (10, Ended.SUPERSEDED)}
    closed = replace(child, status=LicenceStatus.CLOSED)
    ended = ended_certificates([first, copy], {CHILD: closed}, {})
    assert {(one.issued_at.hour, one.why) for one in ended} == {(9, Ended.REVOKED), (10, Ended.REVOKED)}
    (ended_copy,) = ended_certificates([copy], {CHILD: child}, {})
    assert ended_copy.why is Ended.REVOKED, "nobody drew what it would be a copy of"


@pytest.mark.parametrize("gone", [True, False])
def test_a_suspended_licence_and_one_that_is_gone_are_revoked(gone: bool) -> None:
    suspended = replace(make_licence(), number=CHILD, status=LicenceStatus.SUSPENDED, made_by_request="r1")
    (ended,) = ended_certificates([drawn(CHILD, "r1", 9)], {} if gone else {CHILD: suspended}, {})
    assert ended.why is Ended.REVOKED
