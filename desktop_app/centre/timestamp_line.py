"""Asks a time-stamping authority over HTTP (RFC 3161, 3.4), once, and never for long."""

from __future__ import annotations

import http.client
import ssl
from base64 import b64encode
from urllib.parse import urlsplit

from desktop_app.application.ports.timestamps import TimestampTroubleError
from desktop_app.centre.http_gateway import ended_after

SECONDS = 5.0
_MOST_OF_AN_ANSWER = 65_536


class HttpTimestampLine:
    """`application.ports.timestamps.TimestampLine`. `credentials` is `name:password`, for HTTP's basic way. Raises
    ValueError for an address that is none, and for credentials that would go out in the clear."""

    def __init__(self, url: str, credentials: str | None = None, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not _is_name(parts.hostname):
            raise ValueError(f"this is no address of an authority: {url}")
        if credentials is not None and parts.scheme != "https":
            raise ValueError("credentials go over https only")
        self._host, self._port = parts.hostname, parts.port
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._seconds = seconds
        self._headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        if credentials is not None:
            self._headers["Authorization"] = f"Basic {b64encode(credentials.encode()).decode('ascii')}"

    def ask(self, request: bytes) -> bytes:
        connection = self._connection()
        try:
            connection.connect()
            with ended_after(self._seconds, connection):
                connection.request("POST", self._target, body=request, headers=self._headers | {"Connection": "close"})
                response = connection.getresponse()
                answer = response.read(_MOST_OF_AN_ANSWER)
        except (OSError, http.client.HTTPException) as why:
            raise TimestampTroubleError(f"no answer: {type(why).__name__}") from why
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise TimestampTroubleError(f"an answer of status {response.status}")
        return answer

    def _connection(self) -> http.client.HTTPConnection:
        if self._tls is not None:
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._seconds, context=self._tls)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)


def _is_name(host: str) -> bool:
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True
