"""The door for a device without a certificate, over PostgreSQL: TLS with the centre's name checked, one function."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from desktop_app.application.ports.enrolment import EnrolmentAnswer, EnrolmentState
from desktop_app.gateway.errors import calling, connecting
from desktop_app.wire.invitation import Invitation

_LOGIN = "tajzia_enrol"
_CONNECT_SECONDS = 10


class PostgresEnrolment:
    """See `EnrolmentDoor`. A connection for each question: the centre lets few of them stand at a time."""

    def __init__(self, invitation: Invitation) -> None:
        self._invitation = invitation

    def ask(self, code: str, request: bytes) -> EnrolmentAnswer:
        told = self._invitation
        with TemporaryDirectory(prefix="tajzia-") as folder:
            authority = Path(folder) / "authority.crt"
            authority.write_text(told.authority, encoding="ascii")
            with connecting():
                connection = psycopg.connect(
                    host=told.host,
                    port=told.port,
                    dbname=told.database,
                    user=_LOGIN,
                    password=told.password,
                    sslmode="verify-full",
                    ssl_min_protocol_version="TLSv1.3",
                    sslrootcert=str(authority),
                    # A certificate of an earlier enrolment says nothing here; one in the user's own folder neither.
                    sslcert=str(Path(folder) / "none"),
                    sslkey=str(Path(folder) / "none"),
                    sslcrl="",
                    require_auth="scram-sha-256",
                    channel_binding="prefer",
                    gssencmode="disable",
                    connect_timeout=_CONNECT_SECONDS,
                    client_encoding="utf8",
                    application_name="tajzia",
                    autocommit=True,
                )
        try:
            with calling():
                row = connection.execute(
                    "select state, certificate, device, branch from tajzia.enrol(%s, %s)", (code, request)
                ).fetchone()
        finally:
            with suppress(psycopg.Error):
                connection.close()
        assert row is not None
        state, certificate, device, branch = row
        return EnrolmentAnswer(EnrolmentState(state), certificate or "", device or "", branch or 0)
