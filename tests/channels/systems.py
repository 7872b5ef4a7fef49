"""Other systems as they come to the centre: password, certificate, and the few functions of their channel."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

import psycopg
from psycopg import Connection
from psycopg.types.json import Jsonb

from desktop_app.application.channel_desk import ChannelDesk
from desktop_app.centre.channel_logins import add_channel
from desktop_app.centre.channels import PostgresChannelStore
from desktop_app.demo.postgres import HOST
from tests.postgres_fixture import SampleCentre

PASSWORD = "lantern of the ninth harbour"

Answer = dict[str, Any]


class Systems:
    """`portal`, `epay` and `dues` are sessions; `decide` is the centre's work."""

    def __init__(self, centre: SampleCentre) -> None:
        self.centre = centre
        self.desk = ChannelDesk(PostgresChannelStore(centre.store), centre.registrar, centre.clock)
        self._sessions: dict[str, Connection[Any]] = {}
        self.files: dict[str, tuple[str, str]] = {}
        self.logins: dict[str, str] = {}

    def login_of(self, kind: str) -> str:
        """A login of its own for this test: roles are the whole server's."""
        if kind not in self.logins:
            login = f"{kind}_{uuid4().hex[:12]}"
            with self.centre.admin() as admin:
                issued = add_channel(admin, self.centre.server.authority, kind, login, 30, PASSWORD)
            folder = self.centre.server.folder / "channels"
            folder.mkdir(exist_ok=True)
            certificate, key = folder / f"{login}.crt", folder / f"{login}.key"
            certificate.write_bytes(issued.certificate)
            key.touch(mode=0o600)
            key.write_bytes(issued.key)
            self.logins[kind], self.files[kind] = login, (str(certificate), str(key))
        return self.logins[kind]

    def connect(self, kind: str, *, certificate_of: str = "", password: str = PASSWORD) -> Connection[Any]:
        login = self.login_of(kind)
        self.login_of(certificate_of or kind)
        certificate, key = self.files[certificate_of or kind]
        made = psycopg.connect(
            host=HOST, port=self.centre.server.port, dbname=self.centre.database, user=login, password=password,
            sslmode="verify-full", sslrootcert=str(self.centre.server.authority_certificate),
            sslcert=certificate, sslkey=key, autocommit=True,
        )  # fmt: skip
        self.centre.at_end(made.close)
        return made

    def session(self, kind: str) -> Connection[Any]:
        if kind not in self._sessions:
            self._sessions[kind] = self.connect(kind)
        return self._sessions[kind]

    def decide(self) -> None:
        """What the registrar's service does whenever something comes."""
        self.centre.registrar.drain()
        self.desk.drain()

    def lodge(self, reference: str, request: Answer) -> Answer:
        return self._call("portal", "select portal.lodge(%s, %s)", reference, Jsonb(request))

    def find(self, reference: str) -> Answer:
        return self._call("portal", "select portal.find(%s)", reference)

    def pay(self, reference: str, request: str, amount: int, *, dues: bool = False) -> Answer:
        function = "record_dues_payment" if dues else "record_payment"
        at = self.centre.clock.now()
        return self._call("epay", f"select epay.{function}(%s, %s, %s::bigint, %s)", reference, request, amount, at)

    def paid(self, reference: str) -> Answer:
        return self._call("epay", "select epay.find(%s)", reference)

    def put_due(self, reference: str, due: Answer) -> Answer:
        return self._call("dues", "select dues.put(%s, %s)", reference, Jsonb(due))

    def due(self, reference: str) -> Answer:
        return self._call("dues", "select dues.find(%s)", reference)

    def _call(self, kind: str, text: str, *values: object) -> Answer:
        row = self.session(kind).execute(text.encode(), values).fetchone()
        assert row is not None
        return cast(Answer, row[0])
