"""`tajzia centre send-notices`, `notices` and `templates`, as a person at the centre uses them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import desktop_app.cli.centre as centre_command
from desktop_app.tour.kannel import free_ports
from tests.centre.gateways import states, write_letters
from tests.postgres_fixture import SampleCentre


def tajzia(*arguments: object, status: int = 0) -> str:
    """In this process: each of its own would take a second."""
    parser = ArgumentParser()
    centre_command.add_arguments(parser)
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        assert centre_command.run(parser.parse_args(list(map(str, arguments)))) == status, said.getvalue()
    return said.getvalue()


@pytest.fixture
def nobody(tmp_path: Path) -> Path:
    """The settings of a gateway that is not there."""
    (port,) = free_ports(1)
    file = tmp_path / "nobody.toml"
    file.write_text(
        f"""
name = "nobody"
url = "http://127.0.0.1:{port}/"
[parameters]
to = "{{to}}"
text = "{{text}}"
[[answers]]
status = [200]
means = "accepted"
""",
        "utf-8",
    )
    return file


def test_what_awaits_a_person_is_listed_and_settled(centre: SampleCentre, nobody: Path) -> None:
    write_letters(centre, "a:accepted:1", "b:accepted:1", "c:accepted:1")
    centre.query("update tajzia.outbox set state = 'failed', why = '400' where notice_id like 'a%%' returning 1")
    centre.query("update tajzia.outbox set state = 'unknown', why = 'silent' where notice_id like 'b%%' returning 1")
    dsn = ("--dsn", centre.admin_conninfo)
    assert "notices     1 not sent, 1 failed, 1 not known" in tajzia("status", *dsn)
    listed = tajzia("notices", *dsn, status=3)
    assert [line.split()[:4] for line in listed.splitlines()[1:]] == [
        ["a:accepted:1", "-", "failed", "400"],
        ["b:accepted:1", "-", "unknown", "silent"],
    ]
    assert "962791234567" not in listed
    assert "نص" not in listed
    (dead,) = json.loads(tajzia("notices", *dsn, "--dead", "--json", status=3))
    assert dead["notice"] == "a:accepted:1"
    assert "a reason is needed" in tajzia("notices", *dsn, "--resend", "a:accepted:1", status=1)
    tajzia("notices", *dsn, "--resend", "a:accepted:1", "--reason", "the number was mended")
    tajzia("notices", *dsn, "--settle-as-sent", "b:accepted:1", "--reason", "he has it")
    assert "no notice c:accepted:1" in tajzia("notices", *dsn, "--resend", "c:accepted:1", "--reason", "x", status=1)
    tajzia("notices", *dsn)
    assert states(centre) == {"a:accepted:1": "waiting", "b:accepted:1": "sent", "c:accepted:1": "waiting"}
    command = [sys.executable, "-W", "error", "-m", "desktop_app", "centre", "send-notices", "--once"]
    command += ["--dsn", centre.registrar_conninfo, "--gateway", str(nobody)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    said = done.stdout + done.stderr
    assert "a notice did not go out" in said
    assert "962791234567" not in said
    assert states(centre)["a:accepted:1"] == "waiting"


def test_settings_that_are_wrong_are_told(centre: SampleCentre, nobody: Path) -> None:
    nobody.write_text(nobody.read_text("utf-8").replace("accepted", "perhaps"), "utf-8")
    said = tajzia("send-notices", "--dsn", centre.registrar_conninfo, "--gateway", nobody, "--once", status=1)
    assert "nobody.toml" in said


def test_words_are_shown_changed_and_their_history_kept(centre: SampleCentre, tmp_path: Path) -> None:
    dsn = ("--dsn", centre.admin_conninfo)
    listed = json.loads(tajzia("templates", *dsn, "list", "--json"))
    assert len(listed) == 16
    assert {one["alphabet"] for one in listed if one["language"] == "ar"} == {"ucs2"}
    english = {one["kind"]: one["alphabet"] for one in listed if one["language"] == "en"}
    assert english.pop("conditions_unmet") == "ucs2", "what is to be put right is in the inspector's words"
    assert set(english.values()) == {"gsm7"}
    assert "{nothing}" not in tajzia("templates", *dsn, "set", "accepted", "--words", "{number} {nothing}", status=1)
    file = tmp_path / "words"
    file.write_text("قُبل طلبكم {number}\n", "utf-8")
    said = tajzia("templates", *dsn, "set", "accepted", "--words-file", file)
    assert "preview   قُبل طلبكم R-2026-08-000123" in said
    assert "parts     1 of ucs2, 27 characters, 43 left" in said
    (change,) = json.loads(tajzia("templates", *dsn, "history", "--json"))
    assert (change["before"], change["after"], change["by"]) == ("", "قُبل طلبكم {number}", "postgres")
    tajzia("templates", *dsn, "set", "accepted", "--words", "")
    assert json.loads(tajzia("templates", *dsn, "show", "accepted", "--json"))["own"] is False
    assert "there are these notices" in tajzia("templates", *dsn, "show", "nothing", status=2)
