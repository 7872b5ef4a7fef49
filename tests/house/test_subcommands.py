"""The entry of the program: its table of subcommands, and what choosing one costs."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from argparse import ArgumentParser

import pytest

from desktop_app import __version__
from desktop_app.__main__ import SUBCOMMANDS


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_a_subcommand_is_what_the_table_says(name: str) -> None:
    module = importlib.import_module(SUBCOMMANDS[name].module)
    parser = ArgumentParser(prog=f"tajzia {name}")
    module.add_arguments(parser)
    assert name == module.NAME
    assert list(inspect.signature(module.run).parameters) == ["args"]
    assert module.__doc__


def tajzia(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "desktop_app", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_version_is_told() -> None:
    done = tajzia("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"tajzia {__version__}\n", "")


def test_help_lists_every_subcommand() -> None:
    done = tajzia("--help")
    assert done.returncode == 0
    assert [name for name in SUBCOMMANDS if f"  {name} " not in done.stdout] == []


def test_an_unknown_subcommand_is_refused_with_the_list() -> None:
    done = tajzia("opne")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no subcommand 'opne'" in done.stderr
    assert "  tour " in done.stderr


def test_choosing_loads_nothing_heavy() -> None:
    """Windows, database, paper and keyring are loaded by the subcommand that needs them, not by the entry."""
    probe = "import sys, desktop_app.__main__; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    roots = {module.split(".")[0] for module in done.stdout.split()}
    assert "desktop_app" in roots
    assert roots & {"PySide6", "sqlalchemy", "psycopg", "reportlab", "keyring", "msgspec"} == set()
