"""A store as a crash leaves it, and what lies in its folder."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from desktop_app.storage.opening import PageSeal
from tests.store_key import STORE_KEY

_BREAK_OFF = """
import os, sys
from pathlib import Path
from desktop_app.storage.store import Store
from desktop_app.storage.opening import PageSeal
from tests.store_key import sealed_with
store = Store.open(Path(sys.argv[1]), sealed_with(PageSeal(sys.argv[2])))
for number in range(60):
    store.set_setting(f"given {number}", "x" * 600)
os._exit(0)
"""


def broken_off_store(folder: Path, seal: PageSeal = STORE_KEY.seal) -> Path:
    """A store whose program was killed: the file, its WAL and its shared memory are there."""
    file = folder / "store.db"
    subprocess.run([sys.executable, "-c", _BREAK_OFF, file, seal.value], check=True)
    assert {entry.name for entry in folder.iterdir()} == {"store.db", "store.db-wal", "store.db-shm"}
    return file


def prints_of(folder: Path) -> dict[str, str]:
    """The hash of every file under a folder."""
    return {
        str(entry.relative_to(folder)): hashlib.sha256(entry.read_bytes()).hexdigest()
        for entry in folder.rglob("*")
        if entry.is_file()
    }
