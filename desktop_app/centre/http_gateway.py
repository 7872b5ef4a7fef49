"""Speaks to an SMS gateway over HTTP as its settings say, once for each attempt, and tells what the answer means.

Everything turns on one moment: before the first byte of the request is written, a failure means for certain that
nothing was taken; from then on, only a whole answer that the settings know says anything.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from desktop_app.application.ports.outbox import Answered, Attempt
from desktop_app.centre.gateway_settings import GatewaySettings, filled
from desktop_app.domain.delivery import Answer
from desktop_app.domain.message_parts import Alphabet, alphabet_of

_MOST_OF_AN_ANSWER = 65_536
_MARGIN = timedelta(minutes=1)


class HttpGateway:
    """See `NoticeGateway`. Keeps no connection: one that was kept may break between two notices, and then nobody can
    tell whether the second was taken."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._tls = ssl.create_default_context() if settings.url.startswith("https:") else None

    @property
    def name(self) -> str:
        return self._settings.name

    @property
    def knows_ids(self) -> bool:
        return self._settings.knows_ids

    @property
    def lease(self) -> timedelta:
        return 2 * timedelta(seconds=self._settings.timeout_seconds) + _MARGIN

    def send(self, attempt: Attempt) -> Answered:
        try:
            method, target, body, headers = self._request(attempt)
        except UnicodeEncodeError:
            return Answered(Answer.REFUSED, detail="charset")
        connection = self._connection()
        try:
            try:
                connection.connect()
            except OSError as why:
                return Answered(Answer.POSTPONED, detail=f"connect: {type(why).__name__}", everybody=True)
            with ended_after(self._settings.timeout_seconds, connection):
                connection.request(method, target, body=body, headers=headers)
                response = connection.getresponse()
                said = response.read(_MOST_OF_AN_ANSWER)
            return self._meaning(response.status, said.decode(self._settings.charset, "replace"))
        except (OSError, http.client.HTTPException) as why:
            # Part of the request was written: it may have been read whole, and acted upon.
            return Answered(Answer.UNKNOWN, detail=type(why).__name__)
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self._settings.url)
        assert parts.hostname is not None
        seconds = self._settings.timeout_seconds
        if self._tls is not None:
            return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=seconds, context=self._tls)
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)

    def _request(self, attempt: Attempt) -> tuple[str, str, bytes | None, dict[str, str]]:
        settings = self._settings
        values = {
            **settings.values,
            "to": settings.number.of(attempt.to),
            "text": attempt.text,
            "token": attempt.token,
            "report_url": self._report_url(attempt),
        }
        plain = alphabet_of(attempt.text) is Alphabet.GSM_7
        parameters = settings.parameters_gsm7 if plain else settings.parameters
        said = urlencode({name: filled(one, values) for name, one in parameters.items()}, encoding=settings.charset)
        headers = {"Connection": "close"} | {name: filled(one, values) for name, one in settings.headers.items()}
        parts = urlsplit(settings.url)
        if settings.method == "POST":
            kind = f"application/x-www-form-urlencoded; charset={settings.charset}"
            query = f"?{parts.query}" if parts.query else ""
            return "POST", (parts.path or "/") + query, said.encode("ascii"), {"Content-Type": kind} | headers
        query = f"{parts.query}&{said}" if parts.query else said
        return "GET", f"{parts.path or '/'}?{query}", None, headers

    def _report_url(self, attempt: Attempt) -> str:
        reports = self._settings.reports
        if reports is None:
            return ""
        path = f"{reports.url}/{reports.secret}"
        return f"{path}/{attempt.token}" if reports.settings.by == "token" else path

    def _meaning(self, status: int, said: str) -> Answered:
        for rule in self._settings.answers:
            if status in rule.status and re.search(rule.pattern, said) is not None:
                return Answered(rule.means, self._message_id(said), str(status), rule.everybody)
        return Answered(Answer.UNKNOWN, detail=f"{status}, not in the settings")

    def _message_id(self, said: str) -> str:
        pattern = self._settings.message_id_pattern
        found = re.search(pattern, said) if pattern else None
        return found.group(1) if found is not None else ""


@contextmanager
def ended_after(seconds: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    """An answer that trickles in never runs into the time limit of a single read: the connection is shut instead."""
    held = connection.sock
    watch = threading.Timer(seconds, _shut, (held,))
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _shut(held: socket.socket) -> None:
    try:
        held.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was closed in this moment
