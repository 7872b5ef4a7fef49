"""Signing that follows its key file: rotated and revoked keys count from the next signature on, without a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from desktop_app.application.certificate_keys import (
    OVERLAP,
    KeyBook,
    book_to_bytes,
    key_list,
    kid_of,
    make_book,
    open_keys,
    revoke,
    rotate,
)
from desktop_app.application.certificate_publishing import CentreSigning, ListPublisher, SignedLists
from desktop_app.application.certificate_renewing import KeyNotReadyError, RenewedSigning
from desktop_app.application.certificate_trust import Trust, check_code, trust_of
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.centre import CentreTroubleError
from desktop_app.cli.certificate_passphrase import KeptKeyFile
from desktop_app.domain.certificate_check import KeyStatus, RevocationList, Verdict
from desktop_app.system.whole_files import write_whole
from tests.application.test_certificate_keys import CHEAP, MADE, NOW, PASSPHRASE
from tests.domain.builders import make_licence

LICENCE = make_licence("L-2026-08-000001")


class Centre:
    """A key file, and what signs by it."""

    def __init__(self, folder: Path, *, typed: bool = False) -> None:
        self.file, secret = folder / "keys", folder / "passphrase"
        secret.write_text(PASSPHRASE, encoding="utf-8")
        self.secret = secret
        self.book = make_book(PASSPHRASE, MADE, CHEAP)
        self.write(self.book)
        keys = open_keys(self.book, PASSPHRASE)
        assert keys.certificates is not None
        first = CentreSigning(self.book, keys.lists, Certifier(keys.certificates))
        self.signing = RenewedSigning(first, KeptKeyFile(self.file, None if typed else secret))

    def write(self, book: KeyBook) -> None:
        self.book = book
        write_whole(self.file, book_to_bytes(book))

    def rotate(self, at: datetime = NOW) -> None:
        self.write(rotate(self.book, PASSPHRASE, at))

    def kid(self, at: int) -> bytes:
        return kid_of(self.book.keys[at].public)

    def verdict(self, at: datetime) -> Verdict:
        """Of a certificate that is signed now with the time `at`, by the lists as they stand now."""
        trust = Trust(key_list(self.book, NOW), RevocationList(NOW, ()))
        code = self.signing.certify(LICENCE, at, False)
        seal = self.signing.seal("certificate", at)
        judged = check_code(code, trust, MADE)
        assert seal.public in {key.public for key in trust.keys.keys if key.status is not KeyStatus.REVOKED}
        return judged.verdict


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path)


def test_a_new_key_signs_from_its_own_time_on(centre: Centre) -> None:
    centre.rotate()
    assert centre.verdict(NOW + timedelta(hours=1)) is Verdict.VALID
    assert centre.signing.seal("receipt", NOW + OVERLAP).public == centre.book.keys[1].public
    # What was decided before the rotation, and is drawn behind it, bears the key of its time.
    assert centre.verdict(NOW - timedelta(seconds=1)) is Verdict.VALID
    assert centre.signing.seal("receipt", NOW - timedelta(seconds=1)).public == centre.book.keys[0].public


def test_a_revoked_key_signs_nothing_more(centre: Centre) -> None:
    assert centre.verdict(NOW) is Verdict.VALID
    centre.write(revoke(centre.book, centre.kid(0), NOW))
    with pytest.raises(KeyNotReadyError):
        centre.verdict(NOW)
    with pytest.raises(KeyNotReadyError):
        centre.signing.seal("receipt", NOW)
    centre.rotate()
    assert centre.verdict(NOW) is Verdict.VALID
    with pytest.raises(KeyNotReadyError):  # nor for the time at which it was good
        centre.verdict(NOW - timedelta(days=1))


def test_a_passphrase_that_was_typed_opens_nothing_later(tmp_path: Path) -> None:
    centre = Centre(tmp_path, typed=True)
    centre.rotate()
    with capture_logs() as logs:
        assert centre.verdict(NOW) is Verdict.VALID  # by the retired key, which still is believed
        for _ in range(2):
            with pytest.raises(KeyNotReadyError):
                centre.verdict(NOW + OVERLAP + timedelta(seconds=1))
    assert [one["event"] for one in logs] == [
        "the certificate key was rotated, and its passphrase is in no file: start anew to give it"
    ]
    # Whatever cannot be opened: the lists tell what is so.
    lists = centre.signing.signed(RevocationList(NOW, ()))
    keys = trust_of(lists.list_key, lists.keys, lists.revocations).keys
    assert [key.status for key in keys.keys] == [KeyStatus.RETIRED, KeyStatus.CURRENT]


def test_a_passphrase_that_does_not_open_is_tried_again(centre: Centre) -> None:
    centre.secret.write_text("another passphrase than that", encoding="utf-8")
    centre.rotate()
    with capture_logs() as logs, pytest.raises(KeyNotReadyError):
        centre.verdict(NOW + timedelta(hours=1))
    assert [one["log_level"] for one in logs] == ["warning"]
    centre.secret.write_text(PASSPHRASE, encoding="utf-8")
    assert centre.verdict(NOW + timedelta(hours=1)) is Verdict.VALID


@pytest.mark.parametrize("wrong", ["gone", "damaged", "open to all", "another centre's"])
def test_a_file_that_is_not_the_centres_is_not_taken(centre: Centre, wrong: str) -> None:
    kept = centre.book
    if wrong == "gone":
        centre.file.unlink()
    elif wrong == "damaged":
        write_whole(centre.file, b"{")
    elif wrong == "open to all":
        centre.rotate()
        centre.file.chmod(0o644)
    else:
        write_whole(centre.file, book_to_bytes(make_book(PASSPHRASE, MADE, CHEAP)))
    centre.book = kept
    with capture_logs() as logs:
        assert centre.verdict(NOW) is Verdict.VALID
        assert centre.signing.book == kept
    assert [one["log_level"] for one in logs] == ["warning"]
    centre.rotate()  # mended
    assert centre.verdict(NOW + timedelta(hours=1)) is Verdict.VALID


def test_the_lists_are_published_as_soon_as_a_key_was_revoked(centre: Centre) -> None:
    shelf, clock = _Shelf(), _Clock()
    publisher = ListPublisher(shelf, centre.signing, clock)
    assert publisher.publish_what_is_due()
    assert not publisher.publish_what_is_due()
    centre.write(revoke(centre.book, centre.kid(0), NOW))
    assert publisher.publish_what_is_due()
    assert not publisher.publish_what_is_due()
    lists = shelf.kept[-1]
    keys = trust_of(lists.list_key, lists.keys, lists.revocations).keys
    assert [key.status for key in keys.keys] == [KeyStatus.REVOKED]


def test_lists_that_could_not_be_kept_are_published_as_soon_as_they_can(centre: Centre) -> None:
    shelf, clock = _Shelf(), _Clock()
    publisher = ListPublisher(shelf, centre.signing, clock)
    assert publisher.publish_what_is_due()
    centre.write(revoke(centre.book, centre.kid(0), NOW))
    shelf.broken = True
    with pytest.raises(CentreTroubleError):
        publisher.publish_what_is_due()
    shelf.broken = False
    assert publisher.publish_what_is_due(), "that a key was revoked waits for no ten minutes"
    assert len(shelf.kept) == 2


class _Shelf:
    def __init__(self) -> None:
        self.kept: list[SignedLists] = []
        self.broken = False

    def revocations(self, now: datetime) -> RevocationList:
        return RevocationList(now, ())

    def keep_lists(self, lists: SignedLists, at: datetime) -> None:
        if self.broken:
            raise CentreTroubleError
        self.kept.append(lists)


class _Clock:
    def now(self) -> datetime:
        return NOW.astimezone(UTC)
