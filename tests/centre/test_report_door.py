"""The door of delivery reports: known by its secret, and what is answered with 200 is written down."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
import pytest

from desktop_app.centre.gateway_settings import Reports, ReportSettings
from desktop_app.centre.report_door import ReportDoor
from desktop_app.domain.delivery import Report

SECRET, TOKEN = "s3cret-s3cret-s3cret", "a" * 32
STATES = {"1": Report.DELIVERED, "2": Report.FAILED, "8": Report.UNDERWAY}
BY_TOKEN = ReportSettings(listen="127.0.0.1:0", secret="", state="state", delivered=("1",))
BY_ID = ReportSettings(
    listen="127.0.0.1:0", secret="", state="status", delivered=("1",), by="message_id", message_id="id"
)


class Desk:
    def __init__(self) -> None:
        self.took: list[tuple[str, str, Report]] = []
        self.numbers: list[str] = []
        self.trouble: Exception | None = None

    def take(self, token: str, message_id: str, report: Report, number: str) -> bool:
        if self.trouble is not None:
            raise self.trouble
        self.took.append((token, message_id, report))
        self.numbers.append(number)
        return token == TOKEN or message_id == "m-1"


Ask = Callable[..., int]


@contextmanager
def door(desk: Desk, settings: ReportSettings = BY_TOKEN) -> Iterator[Ask]:
    opened = ReportDoor(Reports("127.0.0.1", 0, "", SECRET, settings, STATES), desk.take)

    def ask(path: str, body: str | None = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", opened.port, timeout=10)
        try:
            connection.request("GET" if body is None else "POST", path, body)
            return connection.getresponse().status
        finally:
            connection.close()

    try:
        yield ask
    finally:
        opened.close()


def test_reports_by_our_token() -> None:
    desk = Desk()
    with door(desk) as ask:
        assert ask(f"/{SECRET}/{TOKEN}?state=1&from=%2B962791234567") == 200
        assert ask(f"/{SECRET}/{TOKEN}", "state=8") == 200
        assert ask(f"/{SECRET}/{'b' * 32}?state=1") == 404
        assert ask(f"/{SECRET}/{TOKEN}?state=77") == 200, "a state of no consequence"
    assert desk.took[:2] == [(TOKEN, "", Report.DELIVERED), (TOKEN, "", Report.UNDERWAY)]
    assert len(desk.took) == 3


def test_reports_by_the_gateways_id() -> None:
    desk = Desk()
    with door(desk, msgspec.structs.replace(BY_ID, number="to")) as ask:
        assert ask(f"/{SECRET}", "status=2&id=m-1&to=%2B962791234567") == 200
    assert desk.numbers == ["+962791234567"]
    desk = Desk()
    with door(desk, BY_ID) as ask:
        assert ask(f"/{SECRET}", "status=2&id=m-1&to=%2B962791234567") == 200
        assert desk.numbers == [""], "the settings do not say that numbers tell"
        assert ask(f"/{SECRET}?status=2") == 404
    assert desk.took == [("", "m-1", Report.FAILED)]


@pytest.mark.parametrize(
    "path", ["/", f"/{TOKEN}", "/wrong/" + TOKEN, f"/{SECRET[:-1]}/{TOKEN}", f"/x/{SECRET}/{TOKEN}"]
)
def test_who_does_not_know_the_secret_reports_nothing(path: str) -> None:
    desk = Desk()
    with door(desk) as ask:
        assert ask(f"{path}?state=1") == 404
    assert desk.took == []


@pytest.mark.expects_log("a delivery report could not be written down")
def test_what_could_not_be_written_down_is_to_be_brought_again() -> None:
    desk = Desk()
    with door(desk) as ask:
        desk.trouble = ConnectionError("the database is gone")
        assert ask(f"/{SECRET}/{TOKEN}?state=1") == 503
        desk.trouble = None
        assert ask(f"/{SECRET}/{TOKEN}?state=1") == 200


def test_a_body_without_end_is_refused() -> None:
    with door(Desk()) as ask:
        assert ask(f"/{SECRET}/{TOKEN}", "x" * 70_000) == 400
