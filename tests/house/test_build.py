"""The bundle: built, it tests itself, and its first window is painted without Python on the machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from desktop_app.application.settings import CentreAddress, WorkstationSettings
from tests.bench.launching import PAINTED, milliseconds_until

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def program(project: Path) -> Path:
    """`dev.py build` succeeds only when the bundle has passed its own test."""
    done = subprocess.run(["python3", "dev.py", "build"], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok      certificate" in done.stdout
    return project / "dist" / "tajzia" / "tajzia"


def test_the_sign_in_window_of_the_bundle_is_painted(program: Path, tmp_path: Path) -> None:
    settings = tmp_path / "workstation.json"
    nowhere = CentreAddress("localhost", 1, "nowhere", "ca.crt", "device.crt", "device.key")
    WorkstationSettings("K1", 8, str(tmp_path / "store"), nowhere).save(settings)
    assert milliseconds_until(PAINTED, ["open", "--settings", settings], paint_log=True, program=program) > 0


def test_the_bundle_holds_no_postgresql(program: Path) -> None:
    assert not [found for found in program.parent.rglob("*") if found.name in {"postgres", "initdb"}]


def test_the_bundle_needs_nothing_of_the_sources(program: Path, tmp_path: Path) -> None:
    bare = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": os.environ.get("LANG", "C.UTF-8")}
    done = subprocess.run([program, "--self-test"], cwd=tmp_path, env=bare, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
