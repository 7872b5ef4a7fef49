"""Where a gateway brings its delivery reports: one path with a secret in it, on an address of the settings."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import structlog

from desktop_app.centre.gateway_settings import Reports
from desktop_app.domain.delivery import Report

_log = structlog.get_logger(__name__)

TakeReport = Callable[[str, str, Report, str], bool]
"""Token or "", the gateway's id or "", what it means, to whom it was or ""; False for one of no attempt. Raises
OSError."""

_LONGEST_BODY = 65_536
_PATIENCE = 10.0


class ReportDoor:
    """Listens from the start on; `close` ends it. What is answered with 200 is written down; with 503 it is to be
    brought again. `take` is called by one thread at a time."""

    def __init__(self, reports: Reports, take: TakeReport) -> None:
        """Raises OSError where the address is taken."""
        self._reports = reports
        self._take = take
        self._one_at_a_time = threading.Lock()
        door = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _PATIENCE
            protocol_version = "HTTP/1.1"
            server_version = "tajzia"
            sys_version = ""

            def do_GET(self) -> None:
                self._answer(door.answer(self.path, ""))

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                if not length.isdecimal() or int(length) > _LONGEST_BODY:
                    self._answer(HTTPStatus.BAD_REQUEST)
                    return
                self._answer(door.answer(self.path, self.rfile.read(int(length)).decode("utf-8", "replace")))

            def _answer(self, status: HTTPStatus) -> None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Nothing: the path holds the secret, and a gateway may add the number."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                _log.info("a delivery report broke off")

        self._server = Server((reports.host, reports.port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="reports", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str, body: str) -> HTTPStatus:
        parts = urlsplit(path)
        secret, _, token = parts.path.strip("/").partition("/")
        if not hmac.compare_digest(secret.encode(), self._reports.secret.encode()):
            return HTTPStatus.NOT_FOUND
        said = {name: values[-1] for name, values in parse_qs(f"{parts.query}&{body}").items()}
        settings = self._reports.settings
        report = self._reports.states.get(said.get(settings.state, ""))
        if report is None:
            return HTTPStatus.OK  # of no consequence: a state that the settings leave out
        message_id = said.get(settings.message_id, "") if settings.by == "message_id" else ""
        if not (token if settings.by == "token" else message_id):
            return HTTPStatus.NOT_FOUND
        number = said.get(settings.number, "") if settings.by == "message_id" and settings.number else ""
        try:
            with self._one_at_a_time:
                known = self._take(token if settings.by == "token" else "", message_id, report, number)
        except OSError as why:
            _log.warning("a delivery report could not be written down", trouble=type(why).__name__)
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK if known else HTTPStatus.NOT_FOUND


@contextmanager
def report_door(reports: Reports, take: TakeReport) -> Iterator[ReportDoor]:
    door = ReportDoor(reports, take)
    try:
        yield door
    finally:
        door.close()
