"""A process of the program that the system ends leaves nothing of its memory on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

resource = pytest.importorskip("resource")

PLAIN = "import os, signal; os.kill(os.getpid(), signal.SIGABRT)"
OURS = """
import os, signal
from desktop_app import __main__ as program
program.dispatch = lambda *_: os.kill(os.getpid(), signal.SIGABRT)
program.main()
"""
FROM_OURS = """
import subprocess, sys
from desktop_app.system.core_files import write_no_core_files
write_no_core_files()
sys.exit(0 if subprocess.run([sys.executable, "-c", "import resource as r, sys; sys.exit("
    "r.getrlimit(r.RLIMIT_CORE)[1])"], check=False).returncode == 1 else 1)
"""


def leaves_a_core(code: str, folder: Path) -> bool:
    """Whether the system wrote one of a process that ran `code` and may write one of any size."""
    child = subprocess.Popen(
        ["/bin/sh", "-c", 'ulimit -c unlimited && exec "$0" -c "$1"', sys.executable, code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    _, status = os.waitpid(child.pid, 0)
    child.returncode = status
    assert os.WIFSIGNALED(status), status
    assert os.WTERMSIG(status) == signal.SIGABRT
    return os.WCOREDUMP(status)


def test_none_of_ours_has_a_core_file(tmp_path: Path) -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[1] != resource.RLIM_INFINITY or not leaves_a_core(PLAIN, tmp_path):
        pytest.skip("nothing leaves a core file here")
    assert not leaves_a_core(OURS, tmp_path)


def test_what_a_program_of_ours_starts_has_none_either() -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("nothing leaves a core file here")
    assert subprocess.run([sys.executable, "-c", FROM_OURS], check=False).returncode == 0
