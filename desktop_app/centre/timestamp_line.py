"""Asks a time-stamping authority over HTTP (RFC 3161, 3.4), and its issuer's server for the list of revocations."""

from __future__ import annotations

from base64 import b64encode

from desktop_app.application.ports.timestamps import TimestampTroubleError
from desktop_app.centre.authority_http import SECONDS, AuthorityServer


class HttpTimestampLine:
    """`application.ports.timestamps.TimestampLine`. `credentials` is `name:password`, for HTTP's basic way. Raises
    ValueError for an address that is none, and for credentials that would go out in the clear."""

    def __init__(self, url: str, credentials: str | None = None, seconds: float = SECONDS) -> None:
        self._server = AuthorityServer(url, seconds)
        if credentials is not None and not self._server.is_secret:
            raise ValueError("credentials go over https only")
        self._headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        if credentials is not None:
            self._headers["Authorization"] = f"Basic {b64encode(credentials.encode()).decode('ascii')}"

    def ask(self, request: bytes) -> bytes:
        return self._server.ask("POST", self._headers, request)


class HttpRevocationLine:
    """`application.ports.timestamps.RevocationLine`."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    def fetch(self, place: str) -> bytes:
        try:
            server = AuthorityServer(place, self._seconds)
        except ValueError as why:
            raise TimestampTroubleError("the authority's certificate names an address that is none") from why
        return server.ask("GET", {"Accept": "application/pkix-crl"})
