"""The centre has its papers stamped: asked over HTTP, never for long, and told by `status` and `verify`."""

from __future__ import annotations

import json
import threading
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.application.ports.timestamps import TimestampTroubleError
from desktop_app.centre.authority_http import MOST_OF_AN_ANSWER
from desktop_app.centre.timestamp_line import HttpRevocationLine, HttpTimestampLine
from desktop_app.domain.request import Status
from tests.centre.test_certificates_that_prove import keys
from tests.centre.test_command_line import serving, tajzia
from tests.centre.test_papers_that_wait import Signing
from tests.domain.journey import journey
from tests.postgres_fixture import SampleCentre
from tests.time_stamping_authority import Tsa, list_server, listening, make_tsa

__all__ = ["keys"]


@pytest.fixture
def tsa(tmp_path: Path) -> Tsa:
    return make_tsa(tmp_path / "authority")


def test_an_authority_is_asked_as_its_protocol_says(tsa: Tsa) -> None:
    with listening(tsa):
        tsa.answer = lambda request: b"said"
        assert HttpTimestampLine(tsa.url).ask(b"asked") == b"said"
    assert tsa.asked == [b"asked"]
    assert tsa.headers[0]["Content-Type"] == "application/timestamp-query"


def test_an_authority_is_not_waited_for_long(tsa: Tsa) -> None:
    ended = threading.Event()

    def never(request: bytes) -> bytes:
        ended.wait(60)
        return b""

    with listening(tsa):
        tsa.answer = never
        with pytest.raises(TimestampTroubleError, match="no answer"):
            HttpTimestampLine(tsa.url, seconds=0.2).ask(b"asked")
        ended.set()
    with pytest.raises(TimestampTroubleError, match="no answer: ConnectionRefusedError"):
        HttpTimestampLine(tsa.url).ask(b"asked")


def test_a_list_of_revocations_is_fetched_within_a_time_and_a_size() -> None:
    ended = threading.Event()

    def never() -> tuple[int, bytes]:
        ended.wait(60)
        return 200, b""

    line = HttpRevocationLine(seconds=0.5)
    with list_server() as lists:
        lists.answer = lambda: (200, b"list")
        assert line.fetch(lists.url) == b"list"
        lists.answer = lambda: (200, bytes(MOST_OF_AN_ANSWER))
        assert line.fetch(lists.url) == bytes(MOST_OF_AN_ANSWER)
        for answer, trouble in (
            ((200, bytes(MOST_OF_AN_ANSWER + 1)), "more than 65536 bytes"),
            ((404, b"none"), "status 404"),
            ((302, b"elsewhere"), "status 302"),
        ):
            lists.answer = lambda answer=answer: answer  # type: ignore[misc]
            with pytest.raises(TimestampTroubleError, match=trouble):
                line.fetch(lists.url)
        lists.answer = never
        with pytest.raises(TimestampTroubleError, match="no answer"):
            line.fetch(lists.url)
        ended.set()
    for nowhere in (lists.url, "http://127.0.0.1:99999/", "http://127.0.0.1/\n", "ldap://lists.example/", "http://"):
        with pytest.raises(TimestampTroubleError, match=r"no answer|address"):
            line.fetch(nowhere)


@pytest.mark.parametrize("url", ["", "ftp://tsa.example/", "tsa.example", "https:///tsa", "http://tsa..example/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        HttpTimestampLine(url)


def test_credentials_do_not_go_out_in_the_clear() -> None:
    with pytest.raises(ValueError, match="over https only"):
        HttpTimestampLine("http://tsa.example/", "name:password")
    HttpTimestampLine("https://tsa.example/", "name:password")


@pytest.mark.expects_log("a paper waits for its signature")
def test_the_registrar_has_papers_stamped_and_verify_tells_of_it(
    centre: SampleCentre, keys: tuple[str, ...], tmp_path: Path
) -> None:
    with list_server() as lists:
        tsa = make_tsa(tmp_path / "authority", lists_at=lists.url)
        told = tsa.revocations()
        lists.answer = lambda: (200, told)
        _papers_are_stamped(centre, keys, tsa, tmp_path)
        assert lists.asked == 1, "for all papers"


def _papers_are_stamped(centre: SampleCentre, keys: tuple[str, ...], tsa: Tsa, tmp_path: Path) -> None:
    away = Signing(centre)
    away.token.away = True
    journey(Status.ISSUED, away.wire)  # type: ignore[arg-type]
    authority = tmp_path / "authority" / "ca.pem"
    stamped = (*keys, "--timestamp-url", "http://127.0.0.1:9/")
    serve = ("serve", "--dsn", centre.registrar_conninfo, "--no-notices")
    assert "no time-stamping authority is named" in tajzia(*serve, *stamped, status=1)
    assert "says of which authority" in tajzia("certificate-keys", "believe", *keys[:2], status=1)
    believe = ("certificate-keys", "believe", *keys[:2], "--timestamp-certificate", authority, "--json")
    assert len(json.loads(tajzia(*believe))["authorities"]) == 1
    assert "no address" in tajzia(*serve, *keys, "--timestamp-url", "nowhere", status=1)
    open_to_all = tmp_path / "credentials"
    open_to_all.write_text("name:password", encoding="utf-8")
    open_to_all.chmod(0o644)
    assert "may be read by others" in tajzia(*serve, *stamped, "--timestamp-credentials", open_to_all, status=1)
    link = centre.connect("clerk", "K1")
    with listening(tsa), serving(centre.registrar_conninfo, tmp_path / "notices", *keys, "--timestamp-url", tsa.url):
        while not centre.query("select from tajzia.timestamping"):
            link.wait_for_news(0.05)
    assert len(tsa.asked) == 5, "each of four papers, and the first question"
    said = tajzia("status", "--dsn", centre.admin_conninfo)
    assert "4 papers with, 0 without" in said
    assert "4 also hold that the authority was not revoked\n" in said
    away.wire.pull("clerk")
    lists = tmp_path / "lists"
    tajzia("certificate-lists", "--dsn", centre.admin_conninfo, *keys, "--out", lists)
    sheet = tmp_path / "sheet.pdf"
    for content in away.signed_papers().values():
        sheet.write_bytes(content)
        told = json.loads(tajzia(sheet, "--keys", lists, "--json", command="verify"))
        assert told["file"]["timestamp"]["authority"] == "Sample authority of timestamps"
        assert told["file"]["timestamp"]["proven"] is True
        assert told["file"]["level"] == "B-LT"
        assert datetime.fromisoformat(told["file"]["timestamp"]["revocations_dated"]).tzinfo is not None
    said = tajzia(sheet, "--keys", lists, "--language", "en", command="verify")
    assert "has confirmed that the file was signed by" in said
    assert "was not revoked, as a list of" in said
    tajzia("certificate-keys", "disbelieve", *believe[2:])
    tajzia("certificate-lists", "--dsn", centre.admin_conninfo, *keys, "--out", lists)
    said = tajzia(sheet, "--keys", lists, "--language", "en", command="verify")
    assert "no list here knows that authority, so it proves nothing" in said
    assert "was not revoked" not in said
