"""`tajzia passphrase`: changed whole or not at all, and never beside a program that has the keys open."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

import pytest

from desktop_app.application.settings import CentreAddress, WorkstationSettings
from desktop_app.cli import passphrase
from desktop_app.system.paths import places_in
from desktop_app.system.sealed_secrets import FILE, Cost, SealedSecrets
from desktop_app.system.store_lock import StoreLock

CHEAP = Cost(memory=64, passes=1, lanes=1)
OLD, NEW = "زيتون قطار نافذة سبعة", "ليمون جسر مصباح تسعة"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Of a workstation whose keys lie under `OLD`."""
    settings = WorkstationSettings("K1", 8, str(tmp_path), CentreAddress("localhost", 1, "nowhere", "", "", "K1/key"))
    settings.save(tmp_path / "workstation.json")
    vault = SealedSecrets(tmp_path, CHEAP)
    vault.choose(OLD)
    vault.put("K1/key", b"secret")
    return tmp_path


def change(home: Path, old: str, new: str) -> int:
    (home / "old").write_text(f"{old}\n", encoding="utf-8")
    (home / "new").write_text(f"{new}\n", encoding="utf-8")
    parser = ArgumentParser()
    passphrase.add_arguments(parser)
    given = ["--settings", str(home / "workstation.json"), "--old-file", str(home / "old")]
    return passphrase.run(parser.parse_args([*given, "--new-file", str(home / "new")]))


def test_the_keys_lie_under_the_new_one(home: Path) -> None:
    assert change(home, OLD, NEW) == 0
    vault = SealedSecrets(home)
    vault.open(NEW)
    assert vault.find("K1/key") == b"secret"


@pytest.mark.parametrize(("old", "new"), [("not this one, certainly", NEW), (OLD, "too short"), (OLD, "a" * 40)])
def test_a_wrong_or_a_weak_one_changes_nothing(
    home: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (home / FILE).read_bytes()
    assert change(home, old, new) == 1
    assert "nothing was changed" in capsys.readouterr().err
    assert (home / FILE).read_bytes() == before


def test_a_program_that_runs_keeps_its_passphrase(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (home / FILE).read_bytes()
    with StoreLock(places_in(home).make().lock):
        assert change(home, OLD, NEW) == 1
    assert "nothing was changed" in capsys.readouterr().err
    assert (home / FILE).read_bytes() == before


def test_where_there_is_none_it_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / FILE).unlink()
    assert change(home, OLD, NEW) == 1
    assert "no passphrase" in capsys.readouterr().err
