"""What a workstation does not put up with, whatever vouches for the server: old TLS, and being asked for its password
in any way but SCRAM."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread

import pytest

from desktop_app.demo.postgres import EmbeddedPostgres
from desktop_app.gateway.link import connect
from desktop_app.sync.centre_link import CentreUnreachableError
from tests.postgres_fixture import PASSWORD, SampleCentre

OPENLY, AS_MD5, NOT_AT_ALL = b"\0\0\0\3", b"\0\0\0\5salt", b"\0\0\0\0"
"""How a server may ask for a password, in the words of PostgreSQL's protocol."""


class FalseServer:
    """Has the centre's own certificate, speaks TLS up to `newest`, and asks for the password as in `question`."""

    def __init__(self, server: EmbeddedPostgres, newest: ssl.TLSVersion, question: bytes = b"") -> None:
        folder = next(server.folder.rglob("server.crt")).parent
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.maximum_version = newest
        self._context.load_cert_chain(folder / "server.crt", folder / "server.key")
        self._question = question
        self.spoken: str | None = None
        self.heard = b""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = Thread(target=self._serve)

    def _serve(self) -> None:
        with self._listening, self._listening.accept()[0] as line:
            line.settimeout(20)
            line.recv(8)  # whether there is TLS
            line.sendall(b"S")
            try:
                with self._context.wrap_socket(line, server_side=True) as secured:
                    self.spoken = secured.version()
                    self._ask(secured)
            except OSError:
                pass  # the other end went away: `spoken` and `heard` say how far it had come

    def _ask(self, line: ssl.SSLSocket) -> None:
        if not self._question:
            return
        line.recv(10_000)  # who comes, to which database
        line.sendall(b"R" + (len(self._question) + 4).to_bytes(4) + self._question)
        while part := line.recv(10_000):
            self.heard += part

    @contextmanager
    def serving(self) -> Iterator[FalseServer]:
        self._thread.start()
        yield self
        self._thread.join(timeout=30)
        assert not self._thread.is_alive()


@pytest.mark.parametrize(
    ("newest", "spoken"), [(ssl.TLSVersion.TLSv1_2, None), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")]
)  # fmt: skip
def test_less_than_tls_1_3_is_not_spoken(
    centre: SampleCentre, postgres_server: EmbeddedPostgres, newest: ssl.TLSVersion, spoken: str | None
) -> None:
    with FalseServer(postgres_server, newest).serving() as false, pytest.raises(CentreUnreachableError):
        connect(replace(centre.address("K1"), port=false.port), "clerk", PASSWORD)
    assert false.spoken == spoken


@pytest.mark.parametrize("question", [OPENLY, AS_MD5, NOT_AT_ALL])
def test_a_server_that_does_not_ask_by_scram_learns_nothing(
    centre: SampleCentre, postgres_server: EmbeddedPostgres, question: bytes
) -> None:
    told = pytest.raises(CentreUnreachableError, match=r"(?i)scram")
    with FalseServer(postgres_server, ssl.TLSVersion.TLSv1_3, question).serving() as false, told:
        connect(replace(centre.address("K1"), port=false.port), "clerk", PASSWORD)
    assert false.spoken == "TLSv1.3"
    assert not any(sent in false.heard for sent in (b"p\0", b"md5", PASSWORD.encode()))
