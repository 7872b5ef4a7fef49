"""The centre's keys in a token, by the command line alone: made, listed, rotated, revoked, and signing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.application.certificate_keys import OpenKey, TokenSigningKey, book_from_bytes, open_keys
from desktop_app.application.certificate_trust import check_code, read_trust
from desktop_app.application.certifying import Certifier
from desktop_app.cli.sample_certificates import sample_certificates
from desktop_app.domain.certificate_check import Verdict
from desktop_app.domain.request import Status
from desktop_app.system.pkcs11_token import Pkcs11Token
from tests.centre.test_certificates_that_prove import PASSPHRASE
from tests.centre.test_command_line import serving, tajzia
from tests.centre.test_papers_that_wait import Signing
from tests.domain.journey import journey
from tests.postgres_fixture import SampleCentre
from tests.soft_hsm import PIN, SoftHsm, soft_hsm


@dataclass(frozen=True, slots=True)
class Held:
    """A key file whose keys a token holds."""

    hsm: SoftHsm
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "certificates.keys"

    @property
    def pin(self) -> Path:
        return self.folder / "pin"

    @property
    def words(self) -> tuple[object, ...]:
        return ("--certificate-keys", self.file, "--pin-file", self.pin)

    @property
    def token(self) -> tuple[object, ...]:
        return ("--pkcs11", self.hsm.module, "--token", "tajzia")

    def keys(self, do: str, *more: object) -> dict[str, object]:
        told: dict[str, object] = json.loads(tajzia("certificate-keys", do, *self.words, *more, "--json"))
        return told

    def code(self) -> str:
        """A certificate's code by the current key, signed in this process."""
        book = book_from_bytes(self.file.read_bytes())
        assert book.token is not None
        key = open_keys(book, PASSPHRASE, Pkcs11Token(book.token, PIN)).certificates
        assert key is not None
        (content,) = sample_certificates(1, Certifier(key), datetime.now(UTC))
        return content.code


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    with soft_hsm(tmp_path) as hsm:
        hsm.add_token("tajzia")
        (tmp_path / "pin").write_text(f"{PIN}\n", encoding="utf-8")
        yield Held(hsm, tmp_path)


@pytest.mark.parametrize(("algorithm", "digits"), [("ed25519", 64), ("es256", 66)])
def test_keys_are_made_rotated_and_revoked_in_the_token(
    centre: SampleCentre, held: Held, algorithm: str, digits: int
) -> None:
    made = held.keys("make", *held.token, "--algorithm", algorithm)
    assert len(str(made["list_key"])) == digits
    assert made["token"] == {"module": str(held.hsm.module), "label": "tajzia", "serial": made["token"]["serial"]}  # type: ignore[index]
    lists = ("certificate-lists", "--dsn", centre.admin_conninfo, *held.words, "--out", held.folder / "lists")
    tajzia(*lists)
    first = held.code()

    def verdict(code: str) -> Verdict:
        return check_code(code, read_trust(held.folder / "lists"), datetime.now(UTC)).verdict

    assert verdict(first) is Verdict.VALID
    rotated = held.keys("rotate", "--algorithm", algorithm)["keys"]
    assert [key["status"] for key in rotated] == ["retired", "current"]  # type: ignore[attr-defined]
    tajzia(*lists)
    second = held.code()
    assert (verdict(first), verdict(second)) == (Verdict.VALID, Verdict.VALID)
    held.keys("revoke", "--kid", rotated[0]["kid"])  # type: ignore[index]
    tajzia(*lists)
    assert (verdict(first), verdict(second)) == (Verdict.UNKNOWN_KEY, Verdict.VALID)
    assert "in the token" in tajzia("certificate-keys", "list", *held.words[:2])


def test_a_key_file_moves_into_a_token_and_keeps_its_list_key(held: Held) -> None:
    """Whoever holds the list key need not be given another one."""
    passphrase = held.folder / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    opening = ("--certificate-passphrase-file", passphrase)
    before = held.keys("make", *opening)
    after = held.keys("rotate", *opening, *held.token)
    assert after["list_key"] == before["list_key"]
    book = book_from_bytes(held.file.read_bytes())
    assert book.token is not None
    keys = open_keys(book, PASSPHRASE, Pkcs11Token(book.token, PIN))
    assert isinstance(keys.lists, OpenKey)
    assert isinstance(keys.certificates, TokenSigningKey)
    assert "the keys are in another token" in _refused_elsewhere(held)


def _refused_elsewhere(held: Held) -> str:
    held.hsm.add_token("elsewhere")
    return tajzia(
        "certificate-keys", "rotate", *held.words, "--pkcs11", held.hsm.module, "--token", "elsewhere", status=1
    )


def test_what_is_wrong_with_the_token_is_said(held: Held) -> None:
    make = ("certificate-keys", "make", *held.words)
    assert "go together" in tajzia(*make, "--pkcs11", held.hsm.module, status=1)
    assert "there is no token none" in tajzia(*make, "--pkcs11", held.hsm.module, "--token", "none", status=1)
    held.pin.write_text("000000", encoding="utf-8")
    assert "the token refuses the PIN" in tajzia(*make, *held.token, status=1)
    assert not held.file.exists()
    held.pin.write_text(PIN, encoding="utf-8")
    held.keys("make", *held.token)
    with held.hsm.taken_away():
        assert "there is no token tajzia" in tajzia("certificate-keys", "rotate", *held.words, status=1)
    assert len(held.keys("list")["keys"]) == 1  # type: ignore[arg-type]


def test_the_registrar_signs_its_lists_in_the_token(centre: SampleCentre, held: Held) -> None:
    link = centre.connect("clerk", "K1")
    made = held.keys("make", *held.token)
    with serving(centre.registrar_conninfo, held.folder / "notices", *held.words):
        while not centre.query("select from tajzia.certificate_list"):
            link.wait_for_news(0.05)
    lists = link.certificate_lists()
    assert lists is not None
    assert lists[0].hex() == made["list_key"]


def test_the_registrar_serves_without_its_token_and_says_so(centre: SampleCentre, held: Held) -> None:
    held.keys("make", *held.token)
    said = held.folder / "said"
    with held.hsm.taken_away(), serving(centre.registrar_conninfo, held.folder / "notices", *held.words, errors=said):
        assert centre.query("select from tajzia.certificate_list") == []
    assert "there is no token tajzia; papers wait until it signs" in said.read_text("utf-8")


@pytest.mark.long
@pytest.mark.expects_log("a paper waits for its signature")
def test_a_registrar_at_work_draws_what_waited_when_its_token_is_back(centre: SampleCentre, held: Held) -> None:
    """Found at the latest when it looks anyway, after half a minute."""
    held.keys("make", *held.token)
    waiting = Signing(centre)
    waiting.token.away = True
    journey(Status.ISSUED, waiting.wire)  # type: ignore[arg-type]
    drawn, said = "select from tajzia.audit where record::json -> 'cause' ->> 'what' = 'drawn'", held.folder / "said"
    with ExitStack() as away:
        away.enter_context(held.hsm.taken_away())
        link = centre.connect("clerk", "K1")
        with serving(centre.registrar_conninfo, held.folder / "notices", *held.words, errors=said):
            assert centre.query(drawn) == []
            away.close()
            for _ in range(120):
                if len(centre.query(drawn)) == 4:
                    break
                link.wait_for_news(0.5)
    assert len(centre.query(drawn)) == 4
    assert "papers wait for their signature" in said.read_text("utf-8")
