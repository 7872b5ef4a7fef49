"""What people type lies nowhere in the clear: a workstation is worked on and killed, and all it left is searched."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.system.logs import start_logging, stop_logging
from tests.at_rest.planting import PLANTED, Found, forms_of, search

WAL_GREW = 4_000_000


@dataclass(frozen=True, slots=True)
class Left:
    """What a workstation left that was killed: its profile, the folder for temporary files, what it had open in the
    middle of its work and what it wrote to."""

    profile: Path
    temporary: Path
    opened: tuple[str, ...]
    written: tuple[str, ...]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    folder = tmp_path_factory.mktemp("worked on")
    programs, temporary = folder / "bin", folder / "tmp"
    programs.mkdir()
    temporary.mkdir()
    (programs / "lp").write_text("#!/bin/sh\ncat > /dev/null\n", encoding="utf-8")
    (programs / "lp").chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "tests.at_rest.planting", folder / "profile"],
        env=os.environ
        | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "TMPDIR": str(temporary),
            "HOME": str(folder / "home"),
            "QT_QPA_PLATFORM": "offscreen",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return Left(folder / "profile", temporary, tuple(told["open"]), tuple(told["written"]))


def test_the_work_was_done_and_the_log_of_the_store_has_grown(left: Left) -> None:
    """Otherwise the search would search nothing."""
    assert (left.profile / "data" / "K1.db-wal").stat().st_size > WAL_GREW
    assert (left.profile / "logs" / "tajzia.log").stat().st_size > 0
    (crash,) = (left.profile / "logs" / "crashes").iterdir()
    trace = json.loads(crash.read_text("utf-8"))["trace"]
    assert "KeyError" in trace
    assert "ValueError" in trace
    assert "planting.py" in trace


def test_nothing_that_was_planted_lies_in_any_file(left: Left) -> None:
    assert search([left.profile, left.temporary]) == []
    assert search([left.profile, left.temporary], ["%PDF-"]) == []


def test_no_file_beside_the_store_was_opened_even_for_a_moment(left: Left) -> None:
    """SQLite's own temporary files are taken away as they are made, and stand open as long as they are used."""
    assert [name for name in left.opened if "(deleted)" in name or name.startswith(str(left.temporary))] == []
    mine = (str(left.profile), "/dev/null")
    assert [name for name in left.written if not name.startswith(mine)] == []


@pytest.mark.parametrize("text", PLANTED)
def test_the_search_finds_each_in_a_store_that_is_not_encrypted(tmp_path: Path, text: str) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("CREATE TABLE draft (said TEXT)")
    plain.execute("INSERT INTO draft VALUES (?)", (f"before {text} after",))
    plain.commit()
    assert Found("plain.db-wal", text, "UTF-8") in search([tmp_path])
    plain.close()
    assert Found("plain.db", text, "UTF-8") in search([tmp_path])


def test_the_search_finds_every_form_and_names_of_files(tmp_path: Path) -> None:
    for how, form in forms_of(PLANTED[0]):
        (tmp_path / how).write_bytes(b"\x00" + form + b"\x00")
    (tmp_path / PLANTED[2]).write_bytes(b"")
    assert {found.how for found in search([tmp_path], [PLANTED[0]])} == {"UTF-8", "UTF-16", "JSON"}
    assert search([tmp_path], [PLANTED[2]]) != []


@pytest.mark.expects_log("it failed")
def test_a_log_says_where_something_failed_and_never_in_whose_words(tmp_path: Path) -> None:
    handler = start_logging(tmp_path)
    try:
        try:
            Path(f"/nowhere/{PLANTED[2]}").read_bytes()
        except OSError as error:
            raise ValueError(" ".join(PLANTED)) from error
    except ValueError:
        logging.getLogger("tests").exception("it failed")
    finally:
        stop_logging(handler)
    (line,) = (tmp_path / "tajzia.log").read_text("utf-8").splitlines()
    said = json.loads(line)
    assert said["event"] == "it failed"
    assert "FileNotFoundError: ENOENT" in said["exception"]
    assert "ValueError" in said["exception"]
    assert search([tmp_path]) == []
