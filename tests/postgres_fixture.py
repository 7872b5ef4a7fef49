"""A real centre for tests: one PostgreSQL per test process, and a database of its own for each test.

`centre` gives a provisioned centre with staff, devices, reference data and one parent licence, as the domain's
builders make them: `centre.connect("clerk", "K1")` is a workstation's link, `centre.registrar` decides what it sends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import Connection, sql

from desktop_app.application.ports.centre import CentreWork
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.application.registrar import Registrar
from desktop_app.application.settings import CentreAddress
from desktop_app.centre.devices import enrol_device
from desktop_app.centre.feed import put_facts
from desktop_app.centre.provisioning import open_database, provision
from desktop_app.centre.staff import add_staff
from desktop_app.centre.store import PostgresStore
from desktop_app.demo.postgres import HOST, EmbeddedPostgres
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.commands import Command, kind_of
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.gateway.link import PostgresLink, connect
from desktop_app.texts.notices import notice_text
from desktop_app.wire.codec import encode
from desktop_app.wire.envelope import PROTOCOL, Envelope, Signed, seal
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain import builders

PASSWORD = "باب-الواد-67"  # every member of the sample staff has it
REGISTRAR_PASSWORD = "ninth harbour, brass lantern"
DEVICES = {"K1": 8, "K2": 8, "L1": 8, "S1": 8, "M1": 9, "X1": 8}
"""Devices and their home branches; X1 is revoked."""
TEMPLATE = "tajzia_template"


def sample_staff() -> tuple[Actor, ...]:
    """Zahran's (8) counter, and one clerk of Abdali (9)."""
    return (
        builders.clerk(),
        builders.clerk("clerk2"),
        builders.clerk("assessor"),
        builders.clerk("clerk9", branch=9),
        builders.cashier(),
        builders.inspector(),
        builders.inspector("inspector2"),
        builders.supervisor(),
        builders.make_actor(Role.BODY_OFFICER, "officer_health", body="health"),
        builders.make_actor(Role.BODY_OFFICER, "officer_env", body="environment"),
        builders.auditor(),
        builders.administrator(),
    )


def sample_facts() -> tuple[LoadedFact, ...]:
    parent = builders.make_licence()
    dues = builders.make_dues(120_500, 80_000)
    return (
        LoadedFact(FactKind.REFERENCE, "current", EVERYWHERE, encode(builders.make_reference())),
        LoadedFact(FactKind.DUES, dues.id, EVERYWHERE, encode(dues)),
        LoadedFact(FactKind.LICENCE, parent.number, parent.district, encode(parent)),
    )


@dataclass
class TestClock:
    """Stands at the builders' moment until it is moved."""

    __test__ = False
    moment: datetime = builders.NOW

    def now(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> None:
        self.moment += timedelta(**span)


class PlainPapers:
    """Draws papers that say which paper they are: enough wherever the drawing itself is not tested."""

    def draw(self, outcome: Outcome, case: Case, context: Context, work: CentreWork) -> tuple[LoadedFact, ...]:
        from desktop_app.application.papers import stored_paper_fact

        assert outcome.request is not None
        facts = []
        for order in outcome.papers:
            content = f"{order.kind} {order.number} {context.now.isoformat()}".encode()
            facts.append(stored_paper_fact(work, order, content, outcome.request.branch, context.now))
        return tuple(facts)


@dataclass
class Hand:
    """Somebody at a device: signs and sends commands as the workstation does."""

    centre: SampleCentre
    login: str
    device: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def __post_init__(self) -> None:
        self.link = self.centre.connect(self.login, self.device)
        self.link.register_key(self.key.public_key().public_bytes_raw())

    def envelope(self, command: Command, base: int, **other: Any) -> Envelope:
        """The next envelope of this device; `other` replaces its fields."""
        values: dict[str, Any] = {
            "command_id": str(uuid4()),
            "device": self.device,
            "sequence": self.centre.next_sequence(self.device),
            "author": self.login,
            "kind": kind_of(command).action.value,
            "protocol": PROTOCOL,
            "request_id": command.request_id,
            "base": base,
            "made_at": self.centre.clock.now().astimezone(UTC),
            "body": msgspec.Raw(encode(command)),
        }
        values |= other
        return Envelope(**values)

    def signed(self, envelope: Envelope) -> Signed:
        payload = seal(envelope)
        return Signed(payload=payload, signature=self.key.sign(payload))

    def send(self, command: Command, base: int = 0, **other: Any) -> str:
        """Signs and submits; returns the command's id."""
        envelope = self.envelope(command, base, **other)
        self.link.submit([self.signed(envelope)])
        return envelope.command_id


class SampleCentre:
    """One test's own centre."""

    def __init__(self, server: EmbeddedPostgres, database: str, certificates: Path) -> None:
        self.server = server
        self.database = database
        self.clock = TestClock()
        self._certificates = certificates
        self._sequences: dict[str, int] = {}
        self._closing: list[Callable[[], None]] = []
        self.store = PostgresStore(self.registrar_conninfo)
        self.registrar = Registrar(self.store, self.clock, notice_text, PlainPapers())
        self._closing.append(self.store.close)

    @property
    def registrar_conninfo(self) -> str:
        return self.server.local("tajzia_registrar", REGISTRAR_PASSWORD, self.database)

    @property
    def admin_conninfo(self) -> str:
        return self.server.admin(self.database)

    def address(self, device: str) -> CentreAddress:
        return CentreAddress(
            host=HOST,
            port=self.server.port,
            database=self.database,
            authority=str(self.server.authority_certificate),
            certificate=str(self._certificates / f"{device}.crt"),
            key=str(self._certificates / f"{device}.key"),
        )

    def connect(self, login: str, device: str, password: str = PASSWORD) -> PostgresLink:
        """A workstation's link; closed when the test ends."""
        link = connect(self.address(device), login, password)
        self._closing.append(link.close)
        return link

    def raw(self, login: str, device: str = "K1") -> Connection[Any]:
        """What somebody hostile has: their own password, an enrolled device, and any SQL they like."""
        address = self.address(device)
        connection = psycopg.connect(
            host=address.host, port=address.port, dbname=address.database, user=login, password=PASSWORD,
            sslmode="verify-full", sslrootcert=address.authority, sslcert=address.certificate, sslkey=address.key,
            autocommit=True,
        )  # fmt: skip
        self._closing.append(connection.close)
        return connection

    @contextmanager
    def admin(self) -> Iterator[Connection[Any]]:
        with psycopg.connect(self.admin_conninfo, autocommit=True) as connection:
            yield connection

    def hand(self, login: str, device: str = "K1") -> Hand:
        return Hand(self, login, device)

    def next_sequence(self, device: str) -> int:
        self._sequences[device] = self._sequences.get(device, 0) + 1
        return self._sequences[device]

    def query(self, text: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the tables, read by the superuser."""
        with self.admin() as connection:
            return connection.execute(text.encode(), values or None).fetchall()

    def at_end(self, end: Callable[[], None]) -> None:
        """To be called when the test ends."""
        self._closing.append(end)

    def close(self) -> None:
        for end in reversed(self._closing):
            end()


def _prepare(server: EmbeddedPostgres, certificates: Path) -> None:
    with psycopg.connect(server.admin(), autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(TEMPLATE)))
    with psycopg.connect(server.admin(TEMPLATE), autocommit=True) as connection:
        provision(connection, REGISTRAR_PASSWORD)
        for actor in sample_staff():
            add_staff(connection, actor, PASSWORD)
        for device, branch in DEVICES.items():
            issued = enrol_device(connection, server.authority, device, branch)
            (certificates / f"{device}.crt").write_bytes(issued.certificate)
            key = certificates / f"{device}.key"
            key.touch(mode=0o600)
            key.write_bytes(issued.key)
        connection.execute("update tajzia.device set active = false where id = 'X1'")
        with connection.transaction():
            put_facts(connection, sample_facts())


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One server for the whole test process; nothing that must survive a power cut."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres") / "a server", durable=False) as server:
        certificates = server.folder / "devices"
        certificates.mkdir()
        _prepare(server, certificates)
        yield server


def make_centre(server: EmbeddedPostgres) -> SampleCentre:
    """A centre for a program that is no test: its server is its own, and goes with it."""
    certificates = server.folder / "devices"
    certificates.mkdir(exist_ok=True)
    _prepare(server, certificates)
    return SampleCentre(server, TEMPLATE, certificates)


@pytest.fixture
def centre(postgres_server: EmbeddedPostgres) -> Iterator[SampleCentre]:
    """A centre of this test's own, copied from a provisioned one."""
    database = f"tajzia_{uuid4().hex}"
    name = sql.Identifier(database)
    with psycopg.connect(postgres_server.admin(), autocommit=True) as connection:
        connection.execute(sql.SQL("create database {} template {}").format(name, sql.Identifier(TEMPLATE)))
    with psycopg.connect(postgres_server.admin(database), autocommit=True) as connection:
        open_database(connection)
    made = SampleCentre(postgres_server, database, postgres_server.folder / "devices")
    try:
        yield made
    finally:
        made.close()
        with psycopg.connect(postgres_server.admin(), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(name))


__all__ = ["Hand", "SampleCentre", "centre", "make_centre", "postgres_server"]
