"""What an HTTP gateway's behaviour means: certain only where it is certain."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop_app.application.ports.outbox import Attempt
from desktop_app.centre.gateway_settings import GatewaySettings, GatewaySettingsError, NumberForm, read_gateway
from desktop_app.centre.http_gateway import HttpGateway
from desktop_app.domain.delivery import Answer
from desktop_app.tour.kannel import free_ports

ATTEMPT = Attempt(
    "r1:accepted:1", "a" * 32, 1, "+962791234567", "طلب {number} & وصل", datetime(2026, 11, 23, tzinfo=UTC)
)
OTHER = """
name = "other"
url = "{url}"
method = "POST"
number = "zeros"
timeout_seconds = 1
message_id_pattern = '"id": *"([^"]+)"'

[values]
account = "gam"
[secrets]
key = "key.secret"
[headers]
Authorization = "Bearer {{key}}"
[parameters]
sender = "{{account}}"
msisdn = "{{to}}"
body = "{{text}}"
ref = "{{token}}"

[[answers]]
status = [200, 201]
pattern = '"status": *"queued"'
means = "accepted"
[[answers]]
status = [422]
means = "refused"
[[answers]]
status = [429, 503]
means = "postponed"
everybody = true
"""


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server for one connection; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def run() -> None:
            connection, _ = server.accept()
            with connection:
                serve(connection)

        thread = threading.Thread(target=run)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1/sms?region=jo"
        thread.join(10)


def read_request(connection: socket.socket) -> tuple[str, dict[str, str], str]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return lines[0], headers, body.decode()


def settings_at(url: str, folder: Path) -> GatewaySettings:
    file = folder / "other.toml"
    file.write_text(OTHER.format(url=url), "utf-8")
    key = folder / "key.secret"
    key.touch(mode=0o600)
    key.write_text("k-123\n")
    return read_gateway(file)


def answered(folder: Path, status: str, body: str) -> tuple[Answer, str, bool]:
    def serve(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())

    with listening(serve) as url:
        said = HttpGateway(settings_at(url, folder)).send(ATTEMPT)
    return said.answer, said.message_id, said.everybody


def test_another_gateway_needs_a_table_and_no_code(tmp_path: Path) -> None:
    seen: list[tuple[str, dict[str, str], str]] = []

    def serve(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        body = '{"status": "queued", "id": "m-9"}'
        connection.sendall(f"HTTP/1.1 201 Created\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())

    with listening(serve) as url:
        said = HttpGateway(settings_at(url, tmp_path)).send(ATTEMPT)
    assert (said.answer, said.message_id) == (Answer.ACCEPTED, "m-9")
    ((line, headers, body),) = seen
    assert line == "POST /v1/sms?region=jo HTTP/1.1"
    assert headers["authorization"] == "bearer k-123"
    told = {name: value for name, (value,) in parse_qs(body).items()}
    assert told == {"sender": "gam", "msisdn": "00962791234567", "body": ATTEMPT.text, "ref": ATTEMPT.token}


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        ("200 OK", '{"status": "queued", "id": "m-1"}', (Answer.ACCEPTED, "m-1", False)),
        ("200 OK", '{"status": "odd"}', (Answer.UNKNOWN, "", False)),
        ("422 No", "bad number", (Answer.REFUSED, "", False)),
        ("503 Later", "", (Answer.POSTPONED, "", True)),
        ("500 Oops", "", (Answer.UNKNOWN, "", False)),
        ("502 Bad Gateway", "", (Answer.UNKNOWN, "", False)),
        ("302 Found", "", (Answer.UNKNOWN, "", False)),
    ],
)
def test_what_an_answer_means(tmp_path: Path, status: str, body: str, expected: tuple[Answer, str, bool]) -> None:
    assert answered(tmp_path, status, body) == expected


def test_nothing_was_taken_where_nobody_listens(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    said = HttpGateway(settings_at(f"http://127.0.0.1:{port}/", tmp_path)).send(ATTEMPT)
    assert (said.answer, said.everybody) == (Answer.POSTPONED, True)


def _cut(connection: socket.socket) -> None:
    read_request(connection)


def _half_an_answer(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")


def _garbage(connection: socket.socket) -> None:
    read_request(connection)
    connection.sendall(b"\x00\x01\x02 no answer at all\r\n\r\n")


def _silent(connection: socket.socket) -> None:
    read_request(connection)
    connection.recv(1)  # until the other side gives up


def _trickling(connection: socket.socket) -> None:
    """Each read gets something, and the answer never ends."""
    read_request(connection)
    done = threading.Event()
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not done.wait(0.05):
            connection.sendall(b"z")
    except OSError:
        done.set()


@pytest.mark.parametrize("serve", [_cut, _half_an_answer, _garbage, _silent, _trickling])
def test_nobody_can_tell_once_the_request_was_written(tmp_path: Path, serve: Callable[[socket.socket], None]) -> None:
    with listening(serve) as url:
        settings = replace(settings_at(url, tmp_path), timeout_seconds=0.3)
        said = HttpGateway(settings).send(ATTEMPT)
    assert said.answer is Answer.UNKNOWN
    assert ATTEMPT.to not in said.detail


def test_the_lease_outlasts_the_slowest_answer(tmp_path: Path) -> None:
    settings = settings_at("http://127.0.0.1:1/", tmp_path)
    assert HttpGateway(settings).lease.total_seconds() > 2 * settings.timeout_seconds


def test_numbers_as_gateways_want_them() -> None:
    assert [form.of("+962791234567") for form in NumberForm] == ["+962791234567", "962791234567", "00962791234567"]


def test_a_text_the_charset_cannot_say_is_refused(tmp_path: Path) -> None:
    settings = replace(settings_at("http://127.0.0.1:1/", tmp_path), charset="latin-1")
    assert HttpGateway(settings).send(ATTEMPT).answer is Answer.REFUSED


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("http://", "http://sms.example.org:80/x#", "url"),
        ("http://127.0.0.1", "http://sms.example.org", "https"),
        ('method = "POST"', 'method = "PUT"', "method"),
        ("{to}", "{too}", "{too}"),
        ('means = "accepted"', 'means = "refused"', "accepted"),
        ('means = "accepted"', 'means = "fine"', "means"),
        ("([^", "(([^", "other.toml"),
        ("[values]", "surprise = 1\n[values]", "surprise"),
        ('body = "{text}"', 'body = "hello"', "{text}"),
        ('ref = "{token}"', 'ref = "{report_url}"', "[reports]"),
        ('name = "other"', 'name = "Other One"', "name"),
        ("timeout_seconds = 1", "timeout_seconds = 0", "timeout_seconds"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    settings_at("http://127.0.0.1:1/", tmp_path)
    file = tmp_path / "other.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(GatewaySettingsError) as refused:
        read_gateway(file)
    assert why in str(refused.value)


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    settings = settings_at("http://127.0.0.1:1/", tmp_path)
    assert "k-123" not in repr(settings)
    (tmp_path / "key.secret").chmod(0o644)
    with pytest.raises(GatewaySettingsError, match="chmod 600"):
        read_gateway(tmp_path / "other.toml")


def test_the_path_of_a_get_holds_it_all(tmp_path: Path) -> None:
    seen: list[str] = []

    def serve(connection: socket.socket) -> None:
        seen.append(read_request(connection)[0])

    with listening(serve) as url:
        HttpGateway(replace(settings_at(url, tmp_path), method="GET")).send(ATTEMPT)
    query = parse_qs(urlsplit(seen[0].split(" ")[1]).query)
    assert query["region"] == ["jo"]
    assert query["body"] == [ATTEMPT.text]


@pytest.mark.parametrize(
    ("listen", "said", "here"),
    [
        ("127.0.0.1:13080", "", True),
        ("localhost:13080", "", True),
        ("[::1]:13080", "", True),
        ("0.0.0.0:13080", "", False),
        ("[::]:13080", "", False),
        ("10.1.2.3:13080", "", False),
        ("reports.example.org:13080", "", False),
        ("0.0.0.0:13080", "allow_plain_http = true", True),
    ],
)
def test_reports_are_listened_for_on_this_computer_unless_told_otherwise(
    tmp_path: Path, project: Path, listen: str, said: str, here: bool
) -> None:
    text = (project / "resources" / "gateways" / "kannel.toml").read_text("utf-8")
    (tmp_path / "smsbox.password").touch(mode=0o600)
    file = tmp_path / "kannel.toml"
    file.write_text(text.replace('listen = "127.0.0.1:13080"', f'listen = "{listen}"\n{said}'), "utf-8")
    if here:
        reports = read_gateway(file).reports
        assert reports is not None
        assert reports.port == 13080
    else:
        with pytest.raises(GatewaySettingsError, match="plain HTTP"):
            read_gateway(file)
