"""A real centre in a folder: PostgreSQL, a provisioned database with the torture's requests, and the registrar, each
a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import Connection, sql

from desktop_app.application.ports.centre import LetterOut
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.settings import CentreAddress
from desktop_app.centre.devices import enrol_device
from desktop_app.centre.loading import PostgresLoading
from desktop_app.centre.lookups import lookup_of
from desktop_app.centre.provisioning import open_database, provision
from desktop_app.centre.staff import add_staff
from desktop_app.demo.postgres import HOST
from desktop_app.domain.actor import Actor
from desktop_app.gateway.link import connect
from desktop_app.wire.envelope import Signed
from desktop_app.wire.facts import FactKind
from house.environment import ROOT
from tests.domain import builders
from tests.torture.beginning import EIGHT, beginning
from tests.torture.real.server import MortalServer
from tests.torture.tables import FactRecord, InboxRow, Tables

DATABASE = "tajzia"
PASSWORD, REGISTRAR_PASSWORD = "عمّان-١٩٢١", "registrar's own"
_TRIES = 5


class RealCentre:
    """Leaving the block ends registrar and server; the folder is the caller's."""

    def __init__(self, folder: Path, staff: Sequence[Actor], devices: Sequence[str]) -> None:
        self.folder = folder
        self.server = MortalServer(folder / "postgres")
        self._staff = tuple(staff)
        self._devices = tuple(devices)
        self._registrar: subprocess.Popen[str] | None = None
        self._running = ExitStack()

    def __enter__(self) -> RealCentre:
        with ExitStack() as starting:
            starting.enter_context(self.server)
            self._fill()
            self._conninfo = self.server.local("tajzia_registrar", REGISTRAR_PASSWORD, DATABASE)
            starting.callback(self.kill_registrar)
            self.start_registrar()
            self._running = starting.pop_all()
        return self

    def __exit__(self, *told: object) -> None:
        self._running.close()

    def address(self, device: str, port: int) -> CentreAddress:
        """Of the centre as this device sees it, behind `port`."""
        return CentreAddress(
            host=HOST,
            port=port,
            database=DATABASE,
            authority=str(self.server.authority_certificate),
            certificate=str(self.folder / f"{device}.crt"),
            key=str(self.folder / f"{device}.key"),
        )

    def register(self, actor: Actor, device: str) -> bytes:
        """A fresh private key of this person on this device; the centre knows its public half."""
        key = Ed25519PrivateKey.generate()
        link = connect(self.address(device, self.server.port), actor.id, PASSWORD)
        link.register_key(key.public_key().public_bytes_raw())
        link.close()
        return key.private_bytes_raw()

    def start_registrar(self) -> None:
        """As a service manager would: again, where the one before has not quite ended yet."""
        for _ in range(_TRIES):
            command = [
                sys.executable,
                "-m",
                "desktop_app",
                "centre",
                "serve",
                "--notices",
                str(self.folder / "notices"),
            ]
            with (self.folder / "registrar.log").open("a", encoding="utf-8") as log:
                started = subprocess.Popen(
                    command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
                )
            self._registrar = started
            assert started.stdin is not None
            assert started.stdout is not None
            started.stdin.write(self._conninfo + "\n")
            started.stdin.flush()
            if started.stdout.readline().strip() == "ready":
                return
            self.kill_registrar()
        raise RuntimeError("the registrar does not start; registrar.log has its words")

    def kill_registrar(self) -> None:
        """kill -9."""
        if self._registrar is None:
            return
        self._registrar.kill()
        self._registrar.wait()
        for stream in (self._registrar.stdin, self._registrar.stdout):
            if stream is not None:
                stream.close()
        self._registrar = None

    @property
    def registrar_runs(self) -> bool:
        return self._registrar is not None and self._registrar.poll() is None

    def read(self) -> Tables:
        """One moment of all that is committed, as the simulated centre would hold it."""
        with psycopg.connect(self.server.admin(DATABASE)) as admin:
            admin.execute("set transaction isolation level repeatable read, read only")
            return _read(admin, self._staff, self._devices)

    def _fill(self) -> None:
        with psycopg.connect(self.server.admin(), autocommit=True) as admin:
            admin.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        with psycopg.connect(self.server.admin(DATABASE), autocommit=True) as admin:
            provision(admin, REGISTRAR_PASSWORD)
            open_database(admin)
            for actor in self._staff:
                add_staff(admin, actor, PASSWORD)
            for device in self._devices:
                issued = enrol_device(admin, self.server.authority, device, EIGHT)
                (self.folder / f"{device}.crt").write_bytes(issued.certificate)
                key = self.folder / f"{device}.key"
                key.touch(mode=0o600)
                key.write_bytes(issued.key)
            with admin.transaction():
                _load(admin)


def _load(admin: Connection[Any]) -> None:
    held = beginning().tables.committed
    for (series, year, district), last in held["number"].items():
        admin.execute("insert into tajzia.number values (%s, %s, %s, %s)", (series, year, district, last))
    bulk = PostgresLoading(admin)
    for digest, content in held["paper"].items():
        bulk.keep_paper(digest, content, builders.NOW)
    bulk.put(record.said for record in held["fact"].values() if record.said.kind is not FactKind.STAFF)


def _read(admin: Connection[Any], staff: Sequence[Actor], devices: Sequence[str]) -> Tables:
    def ask(text: str) -> list[tuple[Any, ...]]:
        return admin.execute(text.encode()).fetchall()

    tables = Tables()
    committed = tables.committed
    ((committed["epoch"]["name"],),) = ask("select name from tajzia.epoch")
    committed["staff"] = {one.id: one for one in staff}
    committed["device"] = dict.fromkeys(devices, EIGHT)
    committed["counter"] = dict(ask("select branch, last from tajzia.feed_counter"))
    for kind, identity, branch, sequence, body in ask("select kind, id, branch, sequence, body from tajzia.fact"):
        said = LoadedFact(FactKind(kind), identity, branch, None if body is None else body.encode())
        committed["fact"][said.kind, identity] = FactRecord(said, sequence, lookup_of(said.kind, said.body))
    for *key, last in ask("select series, year, district, last from tajzia.number"):
        committed["number"][tuple(key)] = last
    committed["outbox"] = {
        notice: (LetterOut(notice, to, words), at, sent)
        for notice, to, words, at, sent in ask(
            "select notice_id, recipient, words, written_at, sent_at from tajzia.outbox"
        )
    }
    for command_id, device, sequence, payload, signature, arrival, state, reason in ask(
        "select command_id, device, sequence, payload, signature, arrival, state, reason from tajzia.inbox"
    ):
        signed = Signed(payload=payload, signature=signature)
        committed["inbox"][command_id] = InboxRow(command_id, device, sequence, signed, arrival, state, reason)
    return tables
