"""The virtual environment `.venv`: made once for each state of the lock files, and never half."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from house.saying import SetUpFailed, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
CATALOGUES = ROOT / "i18n"

# What pip and venv made is only trusted when this folder says that they came to their end.
STAMPS = VENV / "set-up"


@contextmanager
def alone() -> Iterator[int]:
    """Hold the project folder's set-up lock; tools started meanwhile inherit it and hold it to their end."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up of this folder")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def environment_is_whole() -> bool:
    """Tell whether `.venv` was finished and its Python is still the one it was made with."""
    stamp = STAMPS / "python"
    return (
        stamp.is_file()
        and PYTHON.exists()
        and not (STAMPS / "installing").exists()
        and stamp.read_text(encoding="utf-8") == os.path.realpath(PYTHON)
    )


def ensure_environment(lock: int) -> None:
    """Make `.venv` anew unless it is whole: what an interrupted set-up left is not built upon."""
    if environment_is_whole():
        return
    say("making the virtual environment in .venv")
    # A virtual environment's own Python cannot clear the folder it runs from.
    maker = getattr(sys, "_base_executable", None) or sys.executable
    tool([maker, "-m", "venv", "--clear", str(VENV)], lock)
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / "python").write_text(os.path.realpath(PYTHON), encoding="utf-8")


def ensure_installed(name: str, lock: int) -> None:
    """Install one lock file, hashes checked, unless this very state of it is installed already."""
    requirements = LOCKS / f"{name}.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    stamp = STAMPS / f"{name}.sha256"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return
    say(f"installing requirements/{name}.txt (the first time takes some minutes)")
    mark = STAMPS / "installing"
    mark.touch()
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    tool([*pip, "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(requirements)], lock)
    stamp.write_text(digest, encoding="utf-8")
    mark.unlink()


def ensure_importable() -> None:
    """Let the environment's Python import the project from where it lies, also after the folder moved."""
    for packages in VENV.glob("lib/python*/site-packages"):
        path_file = packages / "tajzia.pth"
        line = f"{ROOT}\n"
        if not path_file.is_file() or path_file.read_text(encoding="utf-8") != line:
            path_file.write_text(line, encoding="utf-8")


def ensure_catalogues(lock: int) -> None:
    """Compile the message catalogues that are older than their source."""
    sources = list(CATALOGUES.glob("*/LC_MESSAGES/*.po"))
    if any(is_stale(source.with_suffix(".mo"), source) for source in sources):
        tool([str(PYTHON), str(ROOT / "hatch_build.py")], lock)


def is_stale(made: Path, source: Path) -> bool:
    return not made.is_file() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def tool(command: Sequence[str], *inherited: int) -> None:
    """Run one tool of the set-up to its end, or fail with what to look at."""
    done = subprocess.run(command, cwd=ROOT, pass_fds=inherited, check=False)
    if done.returncode:
        raise SetUpFailed(f"this did not work (its own words are above): {shlex.join(command)}")
