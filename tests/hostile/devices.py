"""Coming in at all: without a device, with a false or a revoked one, with a wrong password, by another door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from desktop_app.centre.certificates import Authority, Issued
from desktop_app.centre.devices import enrol_device
from desktop_app.demo.postgres import HOST
from tests.hostile.ledger import Attempt, Ledger
from tests.hostile.scene import INSIDERS, Scene
from tests.postgres_fixture import PASSWORD, REGISTRAR_PASSWORD

GETS = "select epoch from tajzia.scope()"


class FalseCertificates:
    """Certificates that are not those of an enrolled device."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self._folder = folder
        ours, theirs = scene.centre.server.authority, Authority.create()
        self._write("stranger", theirs.issue_device("K1"))
        self._write("never", ours.issue_device("K9"))
        self._write("twin", ours.issue_device("K1"))
        self._write("server", ours.issue_server(HOST))
        with scene.centre.admin() as admin:
            self._write("replaced", enrol_device(admin, ours, "R1", 8))
            enrol_device(admin, ours, "R1", 8)

    def _write(self, name: str, issued: Issued) -> None:
        (self._folder / f"{name}.crt").write_bytes(issued.certificate)
        key = self._folder / f"{name}.key"
        key.touch(mode=0o600)
        key.write_bytes(issued.key)

    def of(self, name: str) -> dict[str, str]:
        return {"sslcert": str(self._folder / f"{name}.crt"), "sslkey": str(self._folder / f"{name}.key")}


def _ways_in(scene: Scene, false: FalseCertificates) -> Iterator[tuple[str, dict[str, Any]]]:
    none = str(Path("/nonexistent"))
    yield "no certificate", {"sslcert": none, "sslkey": none}
    yield "no encryption", {"sslmode": "disable", "sslcert": none, "sslkey": none}
    yield "certificate of a stranger's authority", false.of("stranger")
    yield "device that was never enrolled", false.of("never")
    yield "another certificate of the same name", false.of("twin")
    yield "the server's own kind of certificate", false.of("server")
    yield "certificate that was replaced", false.of("replaced")
    yield "revoked device", {
        "sslcert": scene.centre.address("X1").certificate, "sslkey": scene.centre.address("X1").key,
    }  # fmt: skip
    yield "wrong password", {"password": "wrong"}
    yield "empty password", {"password": ""}
    yield "registrar's login", {"user": "tajzia_registrar", "password": REGISTRAR_PASSWORD}
    yield "superuser's login", {"user": "postgres"}
    yield "owner's login", {"user": "tajzia_owner"}
    yield "group's login", {"user": "tajzia_supervisors"}
    yield "colleague's login", {"user": "supervisor_till", "password": "my own"}
    yield "maintenance database", {"dbname": "postgres"}
    yield "template database", {"dbname": "template1"}
    yield "options at the door", {"options": "-c session_authorization=supervisor_till"}
    yield "role at the door", {"options": "-c role=tajzia_registrar"}
    yield "replication", {"replication": "database"}


def come_in(scene: Scene, ledger: Ledger, folder: Path) -> None:
    """What a session opened so gets from `scope`, or from the bare database where it gets that far."""
    false = FalseCertificates(scene, folder)
    for who in INSIDERS:
        address = scene.centre.address(who.device)
        lawful: dict[str, Any] = {
            "host": HOST, "port": address.port, "dbname": address.database, "user": who.login, "password": PASSWORD,
            "sslmode": "verify-full", "sslrootcert": address.authority, "sslcert": address.certificate,
            "sslkey": address.key,
        }  # fmt: skip
        for technique, other in _ways_in(scene, false):
            before = scene.state()
            gained = _gets(lawful | other, bare="database" in technique or technique == "replication")
            if scene.state() != before:
                gained = "what stands has changed"
            ledger.enter(Attempt(who.role, "the door", technique), gained)
        ledger.enter_entitled("the door", f"{who.role} as they should", bool(_gets(lawful)))


def _gets(way: dict[str, Any], *, bare: bool = False) -> str:
    try:
        with psycopg.connect(make_conninfo(**way), autocommit=True) as connection:
            row = connection.execute(b"select 'a session'" if bare else GETS.encode()).fetchone()
            return f"got in: {row}"
    except psycopg.Error:
        return ""


def push_from_a_revoked_device(scene: Scene, ledger: Ledger) -> None:
    """Kept, for a person to look at; and nothing of it decided."""
    from desktop_app.domain.actions import Action
    from tests.hostile.wire import push

    staged = scene.stage.due(Action.ACCEPT, "-revoked")
    scene.put(staged.facts)
    key = scene.hand("clerk", "K1")
    for who in INSIDERS:
        before = scene.state()
        link = scene.centre.connect(who.login, "X1")
        envelope = key.envelope(staged.command, staged.base, device="X1", author=who.login,
                                sequence=scene.centre.next_sequence("X1"))  # fmt: skip
        revoked = type(key).__new__(type(key))
        revoked.link, revoked.key = link, key.key
        push(revoked, key.signed(envelope))
        scene.settle()
        state = scene.one("select state || reason from tajzia.inbox where command_id = %s", envelope.command_id)
        gained = "" if scene.state() == before and state == "quarantineddevice_revoked" else f"ended as {state}"
        ledger.enter(Attempt(who.role, "function submit", "from a revoked device"), gained)
