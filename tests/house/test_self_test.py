"""`tajzia --self-test` passes on a whole program, and names the part of a damaged one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PARTS = (
    "catalogues", "resources", "store", "machine secrets", "main window", "certificate", "verifying", "checking screen",
    "centre's driver",
)  # fmt: skip


def self_test(root: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", "--self-test"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def installed(project: Path, tmp_path: Path) -> Path:
    """The program in a folder of its own, as a wheel would leave it."""
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(project / "desktop_app", tmp_path / "desktop_app", ignore=left_out)
    for data in ("resources", "i18n"):
        shutil.copytree(project / data, tmp_path / "desktop_app" / data)
    return tmp_path


def test_a_whole_program_passes_away_from_its_sources(installed: Path) -> None:
    done = self_test(installed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [f"ok      {part}" for part in PARTS]


def test_english_words_in_the_arabic_catalogue_are_found(installed: Path) -> None:
    folder = installed / "desktop_app" / "i18n"
    shutil.copyfile(folder / "en" / "LC_MESSAGES" / "tajzia.mo", folder / "ar" / "LC_MESSAGES" / "tajzia.mo")
    done = self_test(installed)
    assert done.returncode == 1
    assert "FAILED  catalogues" in done.stdout


def test_damaged_reference_data_are_found_and_the_rest_is_still_tried(installed: Path) -> None:
    (installed / "desktop_app" / "resources" / "reference" / "vocations.csv").write_text("", "utf-8")
    done = self_test(installed)
    assert done.returncode == 1
    assert "FAILED  resources" in done.stdout
    assert "ok      certificate" in done.stdout


def test_a_renderer_that_writes_another_name_is_found(installed: Path) -> None:
    drawing = installed / "desktop_app" / "documents" / "certificate.py"
    source = drawing.read_text("utf-8")
    assert source.count("holder.name_ar") == 1
    drawing.write_text(source.replace("holder.name_ar", "content.trade_name"), "utf-8")
    done = self_test(installed)
    assert done.returncode == 1
    assert "FAILED  certificate" in done.stdout


def test_a_verifier_that_believes_and_a_screen_that_needs_a_camera_are_found(installed: Path) -> None:
    verifying = installed / "desktop_app" / "application" / "certificate_verifying.py"
    source = verifying.read_text("utf-8")
    believed = "FILE_ALTERED, 0),), trust, now, FileState.BROKEN"
    assert source.count(believed) == 1
    verifying.write_text(source.replace(believed, "SIGNED_PAPER, 0),), trust, now, FileState.SIGNED"), "utf-8")
    screen = installed / "desktop_app" / "ui" / "verify" / "screen.py"
    screen.write_text(screen.read_text("utf-8") + "\nimport PySide6.QtMultimedia\n", "utf-8")
    done = self_test(installed)
    assert done.returncode == 1
    assert "FAILED  verifying: BrokenError: a changed file is called valid" in done.stdout
    assert "FAILED  checking screen" in done.stdout
