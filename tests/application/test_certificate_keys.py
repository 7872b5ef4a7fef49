"""Keys of certificates and the lists: sealed, rotated, revoked; nothing passes that the centre did not sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.application.certificate_keys import (
    OVERLAP,
    KeyBook,
    NoSuchKeyError,
    OpenKey,
    book_from_bytes,
    book_to_bytes,
    key_list,
    make_book,
    open_keys,
    revoke,
    rotate,
    signed_keys,
    signed_revocations,
    throw_away_key,
)
from desktop_app.application.certificate_trust import KEYS, LIST_KEY, REVOCATIONS, check_code, read_trust, write_trust
from desktop_app.application.certifying import Certifier
from desktop_app.application.sealed_keys import Cost, WrongPasswordError
from desktop_app.domain.area import Area
from desktop_app.domain.certificate_check import (
    CertifiedLicence,
    Ended,
    EndedCertificate,
    KeyList,
    RevocationList,
    Verdict,
)
from desktop_app.wire.certificate_code import pack, write_licence
from desktop_app.wire.certificate_lists import BadListError
from desktop_app.wire.codec import MalformedError
from desktop_app.wire.cose import sign1

PASSPHRASE = "four unrelated words here"
CHEAP = Cost(memory=64, passes=1, lanes=1)
MADE = datetime(2026, 11, 1, 8, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAID = CertifiedLicence(
    "L-2026-08-000001", "سلمى ناصر العبد", ("2101",), Area(6_000), 8, date(2026, 12, 31), None, NOW - timedelta(hours=1)
)


@pytest.fixture(scope="module")
def book() -> KeyBook:
    return make_book(PASSPHRASE, MADE, CHEAP)


def trust_in(folder: Path, book: KeyBook, *ended: EndedCertificate) -> None:
    lists = open_keys(book, PASSPHRASE).lists
    write_trust(
        folder,
        lists.public,
        signed_keys(key_list(book, NOW), lists),
        signed_revocations(RevocationList(NOW, ended), lists),
    )


def code_of(book: KeyBook, said: CertifiedLicence = SAID) -> str:
    key = open_keys(book, PASSPHRASE).certificates
    assert key is not None
    return Certifier(key).code(said)


def verdict(folder: Path, code: str, now: datetime = NOW) -> Verdict:
    return check_code(code, read_trust(folder), now).verdict


def test_the_file_of_keys_opens_with_its_passphrase_only(book: KeyBook) -> None:
    content = book_to_bytes(book)
    assert book_from_bytes(content) == book
    keys = open_keys(book, PASSPHRASE)
    assert isinstance(keys.certificates, OpenKey)
    assert isinstance(keys.lists, OpenKey)
    assert keys.lists.private not in content
    assert keys.certificates.private not in content
    assert keys.certificates.private.hex() not in repr(keys)
    with pytest.raises(WrongPasswordError):
        open_keys(book, PASSPHRASE + "x")
    with pytest.raises(WrongPasswordError):
        rotate(book, "another passphrase than that", NOW)
    for broken in (b"", b"{}", content[:-2], content.replace(b"current", b"curious")):
        with pytest.raises(MalformedError):
            book_from_bytes(broken)


def test_a_key_does_not_pass_for_the_other_kind(book: KeyBook) -> None:
    swapped = replace(book, list_key=book.keys[0].sealed)
    with pytest.raises(WrongPasswordError):
        open_keys(swapped, PASSPHRASE)


def test_a_certificate_is_valid_by_the_lists_and_unknown_without(book: KeyBook, tmp_path: Path) -> None:
    trust_in(tmp_path, book)
    code = code_of(book)
    assert verdict(tmp_path, code) is Verdict.VALID
    assert check_code(code, None, NOW).verdict is Verdict.UNKNOWN_KEY
    assert read_trust(tmp_path).age(NOW + timedelta(days=3)) == timedelta(days=3)
    assert read_trust(tmp_path).age(NOW - timedelta(days=3)) == timedelta(0)


def test_rotation_leaves_what_was_signed_and_revoking_does_not(book: KeyBook, tmp_path: Path) -> None:
    before = code_of(book)
    rotated = rotate(book, PASSPHRASE, NOW)
    after = code_of(rotated, replace(SAID, issued_at=NOW + timedelta(hours=1)))
    trust_in(tmp_path, rotated)
    assert [verdict(tmp_path, code) for code in (before, after)] == [Verdict.VALID, Verdict.VALID]
    # The retired key signs on: what was under way is believed, anything later is too late for it.
    under_way = code_of(book, replace(SAID, issued_at=NOW + OVERLAP))
    assert verdict(tmp_path, under_way) is Verdict.VALID
    late = code_of(book, replace(SAID, issued_at=NOW + OVERLAP + timedelta(seconds=1)))
    assert verdict(tmp_path, late) is Verdict.UNKNOWN_KEY
    gone = revoke(rotated, open_of(book).kid, NOW)
    trust_in(tmp_path, gone)
    assert [verdict(tmp_path, code) for code in (before, after)] == [Verdict.UNKNOWN_KEY, Verdict.VALID]
    assert open_keys(revoke(book, open_of(book).kid, NOW), PASSPHRASE).certificates is None
    with pytest.raises(NoSuchKeyError):
        revoke(book, bytes(8), NOW)


def open_of(book: KeyBook) -> OpenKey:
    key = open_keys(book, PASSPHRASE).certificates
    assert isinstance(key, OpenKey)
    return key


@pytest.mark.parametrize(("why", "said"), [(Ended.REVOKED, Verdict.REVOKED), (Ended.SUPERSEDED, Verdict.SUPERSEDED)])
def test_what_is_listed_is_refused(book: KeyBook, tmp_path: Path, why: Ended, said: Verdict) -> None:
    trust_in(tmp_path, book, EndedCertificate(SAID.number, SAID.issued_at, why, ("L-2026-08-000002",)))
    assert verdict(tmp_path, code_of(book)) is said


def test_an_expired_certificate_is_refused(book: KeyBook, tmp_path: Path) -> None:
    trust_in(tmp_path, book)
    assert verdict(tmp_path, code_of(book), NOW + timedelta(days=60)) is Verdict.EXPIRED


def test_nobody_without_the_centres_key_makes_a_certificate(book: KeyBook, tmp_path: Path) -> None:
    """A workstation holds the lists and every public half; it signs with whatever else it has."""
    trust_in(tmp_path, book)
    real, own = open_of(book), throw_away_key()
    assert verdict(tmp_path, Certifier(own).code(SAID)) is Verdict.UNKNOWN_KEY
    # Under the name of the centre's key, with a key of its own.

    forged = pack(sign1(write_licence(SAID), real.kid, own.public, own.sign_bytes))
    assert verdict(tmp_path, forged) is Verdict.ALTERED
    # A list that names its own key, signed with that key.
    mine = signed_keys(KeyList(NOW, (replace(key_list(book, NOW).keys[0], kid=own.kid, public=own.public),)), own)
    (tmp_path / KEYS).write_bytes(mine)
    with pytest.raises(BadListError):
        read_trust(tmp_path)


def test_lists_are_not_mixed_up_changed_or_left_out(book: KeyBook, tmp_path: Path) -> None:
    trust_in(tmp_path, book, EndedCertificate(SAID.number, SAID.issued_at, Ended.REVOKED))
    good = {name: (tmp_path / name).read_bytes() for name in (LIST_KEY, KEYS, REVOCATIONS)}
    for name in (KEYS, REVOCATIONS):
        for at in range(0, len(good[name]), 5):
            changed = bytearray(good[name])
            changed[at] ^= 4
            (tmp_path / name).write_bytes(changed)
            with pytest.raises(BadListError):
                read_trust(tmp_path)
        (tmp_path / name).write_bytes(good[REVOCATIONS if name == KEYS else KEYS])
        with pytest.raises(BadListError):
            read_trust(tmp_path)
        (tmp_path / name).unlink()
        with pytest.raises(FileNotFoundError):
            read_trust(tmp_path)
        (tmp_path / name).write_bytes(good[name])
    for nonsense in ("", "abcd", "zz", "é"):
        (tmp_path / LIST_KEY).write_text(nonsense, encoding="utf-8")
        with pytest.raises(BadListError):
            read_trust(tmp_path)
