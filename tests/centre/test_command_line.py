"""`tajzia centre`: from an empty database to a decided command, with nothing but the command line."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from desktop_app.application.ports.secrets import PassphraseNeededError
from desktop_app.application.settings import load_settings
from desktop_app.bootstrap.device import machine_secrets, open_link
from desktop_app.demo.postgres import HOST, EmbeddedPostgres
from desktop_app.domain.actor import Actor
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.reference import Reference
from desktop_app.sync.centre_link import NotAdmittedError
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import FactKind
from tests.postgres_fixture import REGISTRAR_PASSWORD, SampleCentre

PASSWORD = "a long enough one"
PROGRAM = [sys.executable, "-W", "error", "-m", "desktop_app"]


def tajzia(*arguments: object, status: int = 0, command: str = "centre") -> str:
    """Runs `tajzia centre` and gives what it said."""
    words = [*PROGRAM, command, *map(str, arguments)]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def empty(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """The connection string of a database that is no centre yet."""
    database = f"empty_{uuid4().hex}"
    with psycopg.connect(postgres_server.admin(), autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(database)))
        yield postgres_server.admin(database)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(database)))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return path


@contextmanager
def serving(conninfo: str, notices: Path, *more: object, errors: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """The registrar as a process, from its word that it listens to its end. What it says of troubles goes into
    `errors`."""
    words = [*PROGRAM, "centre", "serve", "--notices", str(notices), *map(str, more)]
    with open(errors, "wb") if errors is not None else nullcontext() as to:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=to, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(f"{conninfo}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.terminate()
        process.wait(20)
        process.stdin.close()
        process.stdout.close()


def test_from_an_empty_database_to_a_workstation(
    empty: str, secret: Path, postgres_server: EmbeddedPostgres, tmp_path: Path
) -> None:
    own = tmp_path / "registrar"
    own.write_text(REGISTRAR_PASSWORD, encoding="utf-8")  # the role is the whole server's: other tests sign in with it
    assert "reference data published" in tajzia("init", "--dsn", empty, "--registrar-password-file", own)
    assert "published" not in tajzia("init", "--dsn", empty, "--registrar-password-file", own)
    login = f"clerk_{uuid4().hex[:8]}"
    tajzia(
        "add-staff", "--dsn", empty, login, "--name", "سمير عيسى", "--role", "clerk", "--branch", 8,
        "--password-file", secret,
    )  # fmt: skip
    out, place = tmp_path / "K 7", tmp_path / "a computer" / "workstation.json"
    said = tajzia(
        "enrol-device", "--dsn", empty, "K7", "--branch", 8, "--authority", postgres_server.authority_folder,
        "--host", HOST, "--port", postgres_server.port, "--out", out, "--separate-code",
    )  # fmt: skip
    assert out.stat().st_mode & 0o077 == 0
    (code,) = re.findall(r"The code is ([0-9A-Z-]{29});", said)
    database = str(conninfo_to_dict(empty)["dbname"])
    conninfo = postgres_server.local("tajzia_registrar", REGISTRAR_PASSWORD, database)
    with serving(conninfo, tmp_path, "--authority", postgres_server.authority_folder):
        asked = tajzia(out, "--code", code, "--settings", place, command="enrol", status=1)
        assert "a passphrase is needed" in asked
        short = tmp_path / "short"
        short.write_text("too short", encoding="utf-8")
        refused = tajzia(
            out, "--code", code, "--settings", place, "--passphrase-file", short, command="enrol", status=1
        )
        assert "this passphrase is too short" in refused
        assert not place.parent.exists()
        said = tajzia(
            out, "--code", code.lower().replace("-", " "), "--settings", place, "--passphrase-file", secret,
            command="enrol",
        )  # fmt: skip
    assert "This computer is K7" in said
    elsewhere = tmp_path / "other" / "w.json"
    again = tajzia(out, "--code", code, "--settings", elsewhere, "--passphrase-file", secret, command="enrol", status=1)
    assert "the code was used already" in again
    taken = tajzia(out, "--settings", place, "--passphrase-file", secret, command="enrol", status=1)
    assert "this computer is K7" in taken
    settings = load_settings(place)
    assert b"PRIVATE" not in b"".join(path.read_bytes() for path in place.parent.iterdir())
    secrets = machine_secrets(place)
    with pytest.raises(PassphraseNeededError):
        open_link(settings, login, PASSWORD, secrets)
    secrets.open(PASSWORD)
    link = open_link(settings, login, PASSWORD, secrets)
    rows = {row.kind: row.body or b"" for row in link.pull(0, 0, 10).rows}
    link.close()
    assert decode(rows[FactKind.STAFF], Actor).name_ar == "سمير عيسى"
    assert len(decode(rows[FactKind.REFERENCE], Reference).districts) == 22
    assert {path.name for path in place.parent.iterdir()} == {
        "ca.crt", "device.crt", "secrets.sealed", "workstation.json",
    }  # fmt: skip
    assert all(path.stat().st_mode & 0o077 == 0 for path in place.parent.iterdir())
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute(sql.SQL("drop owned by {}").format(sql.Identifier(login)))
        connection.execute(sql.SQL("drop role {}").format(sql.Identifier(login)))


def test_rights_that_are_taken_away_are_gone(centre: SampleCentre, secret: Path) -> None:
    login = f"mover_{uuid4().hex[:8]}"
    for role, branch in (("supervisor", 8), ("auditor", 9)):
        tajzia(
            "add-staff", "--dsn", centre.admin_conninfo, login, "--name", "م", "--role", role, "--branch", branch,
            "--password-file", secret,
        )  # fmt: skip
    groups = centre.query(
        "select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles p"
        " on p.oid = m.member where p.rolname = %s",
        login,
    )
    assert groups == [("tajzia_auditors",)]
    assert centre.connect(login, "K1", PASSWORD).scope().branches == (0, 9)
    with centre.admin() as connection:
        connection.execute(sql.SQL("drop owned by {}").format(sql.Identifier(login)))
        connection.execute(sql.SQL("drop role {}").format(sql.Identifier(login)))


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_registrar_serves_and_ends_when_told(centre: SampleCentre, tmp_path: Path, ending: signal.Signals) -> None:
    clerk = centre.hand("clerk")
    with serving(centre.registrar_conninfo, tmp_path) as process:
        sent = clerk.send(Accept("nowhere"))
        while sent not in {row.id for row in clerk.link.pull(8, 0, 100).rows}:
            assert clerk.link.wait_for_news(10)
        assert "registrar   at work" in tajzia("status", "--dsn", centre.admin_conninfo)
        process.send_signal(ending)
        assert process.wait(10) == 0
    assert "NOT at work" in tajzia("status", "--dsn", centre.admin_conninfo)


def test_a_second_registrar_is_told_so(centre: SampleCentre, tmp_path: Path) -> None:
    with serving(centre.registrar_conninfo, tmp_path):
        said = tajzia("serve", "--dsn", centre.registrar_conninfo, "--notices", tmp_path, status=1)
        assert "another registrar works on this centre" in said


@pytest.mark.expects_log("a submission was put aside")
def test_what_was_put_aside_is_shown_and_taken_up_again(centre: SampleCentre) -> None:
    """A key that was registered late: the command it had signed is decided after all."""
    clerk = centre.hand("clerk")
    envelope = clerk.envelope(Accept("nowhere"), 0)
    clerk.key = Ed25519PrivateKey.generate()
    clerk.link.submit([clerk.signed(envelope)])
    centre.registrar.drain()
    ((reference,),) = centre.query("select reference from tajzia.inbox")
    said = tajzia("status", "--dsn", centre.admin_conninfo, status=3)
    assert f"quarantine  {reference}  forged  device K1  delivered by clerk" in said
    clerk.link.register_key(clerk.key.public_key().public_bytes_raw())
    assert envelope.command_id in tajzia("retry", "--dsn", centre.admin_conninfo, reference)
    assert centre.registrar.drain() == 1
    assert "1 decided, 0 in quarantine" in tajzia("status", "--dsn", centre.admin_conninfo)
    tajzia("retry", "--dsn", centre.admin_conninfo, reference, status=1)


def test_input_that_is_wrong_is_refused_in_a_sentence(centre: SampleCentre, empty: str, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("kurz", encoding="utf-8")
    dsn = ("--dsn", centre.admin_conninfo)
    person = ("--name", "م", "--role", "clerk", "--password-file", short)
    assert "at least 10 characters" in tajzia("add-staff", *dsn, "someone", *person, status=1)
    short.write_text("someone-1990", encoding="utf-8")
    assert "easily guessed" in tajzia("add-staff", *dsn, "someone", *person, status=1)
    assert "not a valid Role" in tajzia("add-staff", *dsn, "someone", "--name", "م", "--role", "king", status=1)
    assert "is no centre yet" in tajzia("status", "--dsn", empty, status=1)
    assert "cannot be worked on" in tajzia("status", "--dsn", "host=/nowhere", status=1)


@pytest.mark.parametrize("login", ["postgres", "tajzia_owner", "pg_monitor", "registrar", "Clerk", "a", "x; drop"])
def test_a_login_of_another_kind_is_refused(centre: SampleCentre, secret: Path, login: str) -> None:
    person = ("--name", "م", "--role", "administrator", "--password-file", secret)
    said = tajzia("add-staff", "--dsn", centre.admin_conninfo, login, *person, status=1)
    assert login in said


def test_a_role_of_somebody_else_is_not_taken_over(centre: SampleCentre, secret: Path) -> None:
    with centre.admin() as connection:
        connection.execute("create role backup_job login")
    try:
        said = tajzia(
            "add-staff", "--dsn", centre.admin_conninfo, "backup_job", "--name", "م", "--role", "clerk",
            "--password-file", secret, status=1,
        )  # fmt: skip
    finally:
        with centre.admin() as connection:
            connection.execute("drop role backup_job")
    assert "another role of this database server" in said


def test_a_file_that_is_there_is_not_written_over(centre: SampleCentre, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious", encoding="utf-8")
    arguments = ("--authority", centre.server.authority_folder, "--host", HOST, "--out", tmp_path / "mine")
    said = tajzia("enrol-device", "--dsn", centre.admin_conninfo, "K8", "--branch", 8, *arguments, status=1)
    assert "is there already" in said
    assert (tmp_path / "mine").read_text("utf-8") == "precious"


def test_devices_and_staff_are_listed_for_people_and_for_programs(centre: SampleCentre) -> None:
    dsn = ("--dsn", centre.admin_conninfo)
    centre.connect("clerk", "K1").scope()
    assert "K2      8       active" in tajzia("devices", *dsn)
    devices = {one["device"]: one for one in json.loads(tajzia("devices", *dsn, "--json"))}
    assert (devices["K1"]["seen_login"], devices["X1"]["state"]) == ("clerk", "revoked")
    people = {one["login"]: one for one in json.loads(tajzia("staff", *dsn, "--json"))}
    assert (people["clerk"]["body"]["role"], people["clerk"]["active"]) == ("clerk", True)
    assert "supervisor" in tajzia("staff", *dsn)
    assert json.loads(tajzia("status", *dsn, "--json"))["lease_days"] == 14


def test_a_device_is_revoked_and_the_lease_set_by_the_command_line(centre: SampleCentre) -> None:
    dsn = ("--dsn", centre.admin_conninfo)
    clerk = centre.hand("clerk", "K2")
    sent = clerk.send(Accept("nowhere"))
    assert "K2 is revoked" in tajzia("revoke-device", *dsn, "K2", "--reason", "lost")
    assert "was revoked before" in tajzia("revoke-device", *dsn, "K2", "--reason", "lost")
    assert "no device is called Q1" in tajzia("revoke-device", *dsn, "Q1", "--reason", "lost", status=1)
    assert "a reason is needed" in tajzia("revoke-device", *dsn, "K2", "--reason", " ", status=1)
    assert sent in tajzia("status", *dsn, status=3)
    assert "is put away" in tajzia("discard", *dsn, sent, "--reason", "entered elsewhere")
    assert "0 in quarantine" in tajzia("status", *dsn)
    assert "14 days" in tajzia("lease", *dsn)
    assert "5 days" in tajzia("lease", *dsn, 5)
    assert "1 to 365" in tajzia("lease", *dsn, 0, status=1)
    assert "nobody of the staff" in tajzia("disable-staff", *dsn, "nobody.here", status=1)


@pytest.mark.parametrize("device", ["k1", "K-1", "1K", "K1/CN=S1", "ABCDEFGHIJKLM"])
def test_a_device_has_a_plain_name(centre: SampleCentre, tmp_path: Path, device: str) -> None:
    arguments = ("--authority", centre.server.authority_folder, "--host", HOST, "--branch", 8)
    said = tajzia("enrol-device", "--dsn", centre.admin_conninfo, device, *arguments, status=1)
    assert "cannot be the name of a device" in said


def test_nobody_is_admitted_by_an_unknown_device(centre: SampleCentre) -> None:
    with centre.admin() as connection:
        connection.execute("delete from tajzia.device where id = 'S1'")
    with pytest.raises(NotAdmittedError):
        centre.connect("clerk", "S1").scope()


def test_reference_data_crosses_unchanged(centre: SampleCentre) -> None:
    rows = centre.connect("clerk", "K1").pull(0, 0, 100).rows
    (body,) = [row.body for row in rows if row.kind is FactKind.REFERENCE]
    assert body is not None
    assert encode(decode(body, Reference)) == body
