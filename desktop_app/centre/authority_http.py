"""One question to an authority's server over HTTP: within a time and a size, and never asked twice."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from desktop_app.application.ports.timestamps import TimestampTroubleError
from desktop_app.centre.http_gateway import ended_after

SECONDS = 5.0
MOST_OF_AN_ANSWER = 65_536


class AuthorityServer:
    """What answers at `url`. Raises ValueError for an address that is none."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not _is_name(parts.hostname):
            raise ValueError(f"this is no address of an authority: {url}")
        self._host, self._port = parts.hostname, parts.port
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._seconds = seconds

    @property
    def is_secret(self) -> bool:
        """Whether nobody on the way can read along."""
        return self._tls is not None

    def ask(self, method: str, headers: Mapping[str, str], body: bytes | None = None) -> bytes:
        """Raises TimestampTroubleError where there is no answer in time, or one that is too large or no success."""
        connection = self._connection()
        try:
            connection.connect()
            with ended_after(self._seconds, connection):
                connection.request(method, self._target, body=body, headers={**headers, "Connection": "close"})
                response = connection.getresponse()
                answer = response.read(MOST_OF_AN_ANSWER + 1)
        # A target that no request may bear is found when the request is written.
        except (OSError, http.client.HTTPException, ValueError) as why:
            raise TimestampTroubleError(f"no answer: {type(why).__name__}") from why
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise TimestampTroubleError(f"an answer of status {response.status}")
        if len(answer) > MOST_OF_AN_ANSWER:
            raise TimestampTroubleError(f"an answer of more than {MOST_OF_AN_ANSWER} bytes")
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
