"""A Kannel whose front refuses for an hour, by 4xx or 5xx, before or after it has the notice: none lost, none doubled.

What the settings know as "for now" goes out by itself; what they know as "never", and what nobody can tell, waits for a
report or for a person.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from desktop_app.application.sending import Sender
from desktop_app.centre.gateway_settings import GatewaySettings, read_gateway
from desktop_app.centre.http_gateway import HttpGateway
from desktop_app.domain.delivery import Report
from desktop_app.tour.kannel import SECONDS, Kannel
from tests.centre.gateways import outbox_of, states, write_letters
from tests.centre.reported import Reported
from tests.postgres_fixture import SampleCentre

pytestmark = pytest.mark.expects_log("a notice did not go out")
NOTICES = tuple(f"{number}:accepted:1" for number in range(3))


class Front:
    """Stands before Kannel. While `refusing` is set it answers with that status and text, `after` Kannel was given the
    request or instead."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.refusing: tuple[int, str] | None = None
        self.after = False
        front = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, said = front.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/cgi-bin/sendsms"

    def answer(self, path: str) -> tuple[int, bytes]:
        if self.refusing is not None and not self.after:
            return self.refusing[0], self.refusing[1].encode()
        with urlopen(f"{self._url}?{urlsplit(path).query}", timeout=SECONDS) as kannel:
            status, said = kannel.status, kannel.read()
        return (self.refusing[0], self.refusing[1].encode()) if self.refusing is not None else (status, said)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def fronted(kannel: Kannel, folder: Path) -> Iterator[tuple[Front, GatewaySettings]]:
    settings = read_gateway(kannel.settings_in(folder))
    front = Front(kannel.url)
    try:
        yield front, replace(settings, url=front.url)
    finally:
        front.close()


@pytest.fixture
def kannel(tmp_path: Path) -> Iterator[Kannel]:
    with Kannel(tmp_path / "kannel") as running:
        yield running


def an_hour(centre: SampleCentre, sender: Sender) -> None:
    for _ in range(30):
        sender.send_due()
        centre.clock.advance(minutes=2)


@pytest.mark.parametrize(
    ("status", "said", "meanwhile"),
    [
        (503, "Temporal failure, try again later.", "waiting"),
        (403, "Authorization failed for sendsms", "waiting"),
        (400, "Missing receiver number", "failed"),
        (403, "Sender missing and no global set", "failed"),
        pytest.param(404, "Not Found", "unknown", marks=pytest.mark.long),
        pytest.param(429, "Too Many Requests", "unknown", marks=pytest.mark.long),
        (500, "Internal Server Error", "unknown"),
        pytest.param(502, "Bad Gateway", "unknown", marks=pytest.mark.long),
        pytest.param(202, "", "unknown", marks=pytest.mark.long),
    ],
)
def test_a_kannel_that_refuses_for_an_hour_loses_nothing_and_doubles_nothing(
    centre: SampleCentre, kannel: Kannel, tmp_path: Path, status: int, said: str, meanwhile: str
) -> None:
    with fronted(kannel, tmp_path) as (front, settings):
        sender = Sender(outbox_of(centre), HttpGateway(settings), centre.clock, lambda: 1.0)
        for notice in NOTICES:
            write_letters(centre, notice, words=f"إشعار {notice}")
        front.refusing = (status, said)
        an_hour(centre, sender)
        assert set(states(centre).values()) == {meanwhile}
        front.refusing = None
        an_hour(centre, sender)
        if meanwhile != "waiting":
            assert set(states(centre).values()) == {meanwhile}, "never sent again by itself"
            for notice in NOTICES:
                assert centre.query("select tajzia.settle_notice(%s, 'waiting', 'looked into')", notice) == [(True,)]
            an_hour(centre, sender)
    assert Counter(one.text for one in kannel.all_received(len(NOTICES))) == Counter(f"إشعار {one}" for one in NOTICES)
    assert set(states(centre).values()) <= {"sent", "delivered"}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, "Internal Server Error"),
        pytest.param(502, "Bad Gateway", marks=pytest.mark.long),
        pytest.param(504, "", marks=pytest.mark.long),
    ],
)
def test_a_notice_that_kannel_has_in_spite_of_an_error_is_told_once_and_its_report_decides(
    centre: SampleCentre, kannel: Kannel, tmp_path: Path, status: int, said: str
) -> None:
    with fronted(kannel, tmp_path) as (front, settings):
        reported = Reported(centre, settings)
        sender = Sender(outbox_of(centre), HttpGateway(settings), centre.clock, lambda: 1.0)
        for notice in NOTICES:
            write_letters(centre, notice, words=f"إشعار {notice}")
        front.refusing, front.after = (status, said), True
        sender.send_due()
        reported.wait_for(Report.DELIVERED, len(NOTICES))
        an_hour(centre, sender)
    assert Counter(one.text for one in kannel.all_received(len(NOTICES))) == Counter(f"إشعار {one}" for one in NOTICES)
    assert set(states(centre).values()) == {"delivered"}
