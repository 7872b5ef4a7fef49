"""Breaks a rule in a copy of the domain, and runs tests on what lies there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS_FAILED = 1  # pytest's exit status; errors of collection or usage have others


def plant(copy: Path, file: str, old: str, new: str) -> None:
    """Writes `new` in place of `old`, which must stand there once."""
    path = copy / "desktop_app" / "domain" / file
    whole = path.read_text("utf-8")
    assert whole.count(old) == 1, "the rule is no longer written so: plant the mutation anew"
    path.write_text(whole.replace(old, new), "utf-8")


def run(copy: Path, tests: tuple[str, ...], *options: str) -> subprocess.CompletedProcess[str]:
    """Exactly these tests, on what lies in the copy now: no compiled file of an earlier state is believed."""
    named = [f"tests/domain/{one}" for one in tests]
    return subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:pytestqt", *options, *named],
        cwd=copy,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": "", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
