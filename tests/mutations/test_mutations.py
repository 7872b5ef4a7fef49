"""A rule that is broken is noticed: each planted mutation turns its tests red, in a copy of the domain."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutations.planted import MUTATIONS, Mutation

_TESTS_FAILED = 1  # pytest's exit status; errors of collection or usage have others
_CONFTEST = """
from hypothesis import settings

settings.register_profile("planted", deadline=None, max_examples=20, derandomize=True, database=None)
settings.load_profile("planted")
"""


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """The domain and its tests alone, in a folder where they may be broken."""
    ignore = shutil.ignore_patterns("__pycache__")
    (tmp_path / "desktop_app").mkdir()
    shutil.copy(project / "desktop_app" / "__init__.py", tmp_path / "desktop_app")
    shutil.copytree(project / "desktop_app" / "domain", tmp_path / "desktop_app" / "domain", ignore=ignore)
    shutil.copytree(project / "tests" / "domain", tmp_path / "tests" / "domain", ignore=ignore)
    (tmp_path / "conftest.py").write_text(_CONFTEST, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\naddopts = --import-mode=importlib\n", "utf-8")
    return tmp_path


def run(copy: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """Exactly these tests, on what lies in the copy now: no compiled file of an earlier state is believed."""
    named = [f"tests/domain/{one}" for one in tests]
    return subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:pytestqt", *named],
        cwd=copy,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": "", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_rule_is_named_once_and_there_are_enough() -> None:
    assert len({mutation.rule for mutation in MUTATIONS}) == len(MUTATIONS) >= 25


def test_unbroken_all_named_tests_are_green(copy: Path) -> None:
    named = tuple(dict.fromkeys(test for mutation in MUTATIONS for test in mutation.tests))
    answer = run(copy, named)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: f"{mutation.file}-{mutation.rule[-40:]}")
def test_a_broken_rule_turns_its_tests_red(mutation: Mutation, copy: Path) -> None:
    file = copy / "desktop_app" / "domain" / mutation.file
    whole = file.read_text("utf-8")
    assert whole.count(mutation.old) == 1, "the rule is no longer written so: plant the mutation anew"
    file.write_text(whole.replace(mutation.old, mutation.new), "utf-8")
    for test in mutation.tests:
        answer = run(copy, (test,))
        assert answer.returncode == _TESTS_FAILED, answer.stdout + answer.stderr
