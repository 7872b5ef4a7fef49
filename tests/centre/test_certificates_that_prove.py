"""The centre signs the certificates it draws, says which hold no more, and `tajzia verify` follows it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.application.certificate_keys import book_from_bytes, key_list, open_keys
from desktop_app.application.certificate_publishing import CentreSigning
from desktop_app.application.certificate_trust import Trust, check_code, keep_lists, read_trust, trust_of
from desktop_app.application.certificate_verifying import FileState
from desktop_app.application.certifying import Certifier
from desktop_app.application.papers import DrawingDesk
from desktop_app.application.registrar import Registrar
from desktop_app.bootstrap.papers import Press, certificate_verifier
from desktop_app.centre.certificate_register import read_revocations
from desktop_app.documents.code_reader import find_codes
from desktop_app.domain.certificate_check import Ended, KeyList, KeyStatus, RevocationList, Verdict
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.request import Status
from desktop_app.texts.notices import notice_text
from tests.centre.test_command_line import serving, tajzia
from tests.centre.wire_centre import WireCentre
from tests.domain.builders import supervisor
from tests.domain.journey import journey
from tests.postgres_fixture import SampleCentre

PASSPHRASE = "four unrelated words here"


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, ...]:
    """A key file that the command line has made; the words that name it and its passphrase."""
    secret, file = tmp_path / "passphrase", tmp_path / "registrar" / "certificates.keys"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    words = ("--certificate-keys", str(file), "--certificate-passphrase-file", str(secret))
    assert "current" in tajzia("certificate-keys", "make", *words)
    assert file.stat().st_mode & 0o777 == 0o600
    return words


def certifier_of(words: tuple[str, ...]) -> Certifier:
    key = open_keys(book_from_bytes(Path(words[1]).read_bytes()), PASSPHRASE).certificates
    assert key is not None
    return Certifier(key)


def test_what_the_centre_issues_is_valid_until_it_takes_it_back(
    centre: SampleCentre, keys: tuple[str, ...], tmp_path: Path
) -> None:
    certifier = certifier_of(keys)
    desk = DrawingDesk(Press(), certifier, certifier.seal)
    centre.registrar = Registrar(centre.store, centre.clock, notice_text, desk)
    wire = WireCentre(centre)
    issued = journey(Status.ISSUED, wire)  # type: ignore[arg-type]
    sheets, files = {}, []
    for paper in wire.papers:
        content = wire.hand("clerk").link.fetch_paper(paper.id)
        assert content is not None
        files.append((paper.kind, content))
        if paper.kind == "certificate":
            (sheets[paper.number],) = find_codes(content)
        else:
            assert find_codes(content) == ()
    assert len(sheets) == 3
    book = book_from_bytes(Path(keys[1]).read_bytes())
    now = wire.now
    # The key was made by the true clock; the centre's stands months before.
    keys_then = tuple(replace(key, valid_from=now - timedelta(days=1)) for key in key_list(book, now).keys)
    trust = Trust(KeyList(now, keys_then), RevocationList(now, ()))
    assert {kind for kind, _ in files} == {"certificate", "receipt", "letter"}
    for kind, content in files:
        report = certificate_verifier().verify(content, trust, now)
        assert (report.verdict, report.file) == (Verdict.VALID, FileState.SIGNED), kind
        assert report.signature is not None
        assert (report.signature.kind, report.signature.signed_at) == (kind, now.replace(microsecond=0))
    for number, sheet in sheets.items():
        judged = check_code(sheet.text, trust, now)
        assert judged.verdict is Verdict.VALID
        assert judged.licence is not None
        licence = wire.licences[number]
        assert (judged.licence.number, judged.licence.holder) == (number, licence.holder.name_ar)
        assert (judged.licence.area, judged.licence.vocations) == (licence.area, licence.vocations)
        assert (judged.licence.parent, judged.licence.issued_at) == (licence.parent_number, now.replace(microsecond=0))
    with centre.admin() as admin:
        assert read_revocations(admin, now).ended == ()
    issued.do(supervisor(), Refund("r1", "دفع مرتين"))
    with centre.admin() as admin:
        ended = read_revocations(admin, now)
    assert {(one.number, one.why) for one in ended.ended} == {(number, Ended.REVOKED) for number in sheets}
    for sheet in sheets.values():
        assert check_code(sheet.text, Trust(trust.keys, ended), now).verdict is Verdict.REVOKED


def test_lists_are_written_for_checking_without_a_network(
    centre: SampleCentre, keys: tuple[str, ...], tmp_path: Path
) -> None:
    out = tmp_path / "lists"
    said = tajzia("certificate-lists", "--dsn", centre.admin_conninfo, *keys, "--out", out)
    assert "1 keys and 0 certificates" in said
    told = json.loads(tajzia("certificate-keys", "list", *keys[:2], "--json"))
    trust = read_trust(out)
    assert [key.kid.hex() for key in trust.keys.keys] == [told["keys"][0]["kid"]]
    assert (out / "list-key.hex").read_text(encoding="ascii").strip() == told["list_key"]
    again = json.loads(tajzia("certificate-keys", "rotate", *keys, "--json"))
    assert [key["status"] for key in again["keys"]] == ["retired", "current"]
    gone = json.loads(tajzia("certificate-keys", "revoke", *keys, "--kid", again["keys"][1]["kid"], "--json"))
    assert [key["status"] for key in gone["keys"]] == ["retired", "revoked"]


def test_the_registrar_keeps_the_lists_and_workstations_fetch_them(
    centre: SampleCentre, keys: tuple[str, ...], tmp_path: Path
) -> None:
    link, out = centre.connect("clerk", "K1"), tmp_path / "lists"
    now = datetime.now(UTC)
    assert link.certificate_lists() is None
    assert not keep_lists(link.certificate_lists, out, now)
    with serving(centre.registrar_conninfo, tmp_path / "notices", *keys):
        while not centre.query("select from tajzia.certificate_list"):
            link.wait_for_news(0.05)
    assert keep_lists(link.certificate_lists, out, now)
    first = read_trust(out)
    assert [key.kid for key in first.keys.keys] == [certifier_of(keys).key.kid]
    assert not keep_lists(lambda: pytest.fail("fetched again"), out, first.revocations.dated + timedelta(minutes=59))
    # An older or a forged list does not take the place of what is there.
    later = first.revocations.dated + timedelta(hours=2)
    book = book_from_bytes(Path(keys[1]).read_bytes())
    signing = CentreSigning(book, open_keys(book, PASSPHRASE).lists, certifier_of(keys))
    old = signing.signed(RevocationList(first.revocations.dated - timedelta(days=1), ()))
    assert not keep_lists(lambda: (old.list_key, old.keys, old.revocations), out, later)
    assert not keep_lists(lambda: (bytes(32), old.keys, old.revocations), out, later)
    new = signing.signed(RevocationList(later, ()))
    assert keep_lists(lambda: (new.list_key, new.keys, new.revocations), out, later)
    assert read_trust(out).revocations.dated == later.replace(microsecond=0)


def test_a_registrar_at_work_tells_of_rotated_and_revoked_keys(
    centre: SampleCentre, keys: tuple[str, ...], tmp_path: Path
) -> None:
    link, out = centre.connect("clerk", "K1"), tmp_path / "lists"

    def told(count: int, status: KeyStatus) -> None:
        """Waits until the lists of the centre know `count` keys, one of them of that status."""
        while True:
            if lists := link.certificate_lists():
                found = trust_of(*lists).keys.keys
                if len(found) == count and status in {key.status for key in found}:
                    return
            with centre.admin() as admin:
                admin.execute("select pg_notify('tajzia_inbox', '')")  # what any submission does
                admin.commit()
            link.wait_for_news(0.05)

    with serving(centre.registrar_conninfo, tmp_path / "notices", *keys):
        told(1, KeyStatus.CURRENT)
        tajzia("certificate-keys", "rotate", *keys)
        told(2, KeyStatus.RETIRED)
        first = json.loads(tajzia("certificate-keys", "list", *keys[:2], "--json"))["keys"][0]["kid"]
        tajzia("certificate-keys", "revoke", *keys, "--kid", first)
        told(2, KeyStatus.REVOKED)
    assert keep_lists(link.certificate_lists, out, datetime.now(UTC))


def test_what_is_wrong_with_the_keys_is_said(centre: SampleCentre, keys: tuple[str, ...], tmp_path: Path) -> None:
    assert "is there already" in tajzia("certificate-keys", "make", *keys, status=1)
    assert "no certificate key" in tajzia("certificate-keys", "revoke", *keys, "--kid", "00" * 8, status=1)
    wrong = tmp_path / "wrong"
    wrong.write_text("another passphrase than that", encoding="utf-8")
    lists = ("certificate-lists", "--dsn", centre.admin_conninfo, *keys[:3], wrong, "--out", tmp_path / "out")
    assert "does not open" in tajzia(*lists, status=1)
    assert not (tmp_path / "out").exists()
    wrong.write_text("short", encoding="utf-8")
    fresh = ("--certificate-keys", tmp_path / "fresh", "--certificate-passphrase-file", wrong)
    assert "too short" in tajzia("certificate-keys", "make", *fresh, status=1)
    Path(keys[1]).chmod(0o644)
    assert "may be read by others" in tajzia("certificate-keys", "list", *keys[:2], status=1)
    serve = ("serve", "--dsn", centre.registrar_conninfo, "--no-notices", *keys)
    assert "may be read by others" in tajzia(*serve, status=1)


def test_a_centre_without_keys_draws_sheets_that_prove_nothing(centre: SampleCentre) -> None:
    wire = WireCentre(centre)
    centre.registrar = Registrar(centre.store, centre.clock, notice_text, DrawingDesk(Press()))
    journey(Status.ISSUED, wire)  # type: ignore[arg-type]
    content = wire.hand("clerk").link.fetch_paper(wire.papers[0].id)
    assert content is not None
    report = certificate_verifier().verify(content, None, datetime.now(UTC))
    assert report.verdict is Verdict.UNREADABLE
