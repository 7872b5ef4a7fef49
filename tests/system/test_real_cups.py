"""The very bytes through a CUPS of its own, where one is installed: what its backend is given is the stored file."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from desktop_app.system.printing import CupsPrinting, find_printing

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 300
BACKEND = """#!/bin/sh
[ $# = 0 ] && exit 0
cat "${6:--}" > "{folder}/taking" && mv "{folder}/taking" "{folder}/taken"
"""
DAEMON = "Listen {folder}/sock\nDefaultAuthType None\n<Location />\nAllow all\n</Location>\n"
POLICY = "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n"
FILES = """ServerRoot {folder}
ServerBin {folder}/bin
RequestRoot {folder}/spool
TempDir {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page

"""

CUPSD = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin")
pytestmark = pytest.mark.skipif(
    CUPSD is None or shutil.which("lpadmin") is None or os.name != "posix" or os.getuid() != 0,
    reason="needs cupsd, lpadmin and the right to start them",
)


def wait_for(seen: Path) -> None:
    ends = time.monotonic() + 20
    while not seen.exists():
        assert time.monotonic() < ends, f"{seen.name} did not come"
        time.sleep(0.02)


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    assert CUPSD is not None
    with TemporaryDirectory(prefix="cups") as name:  # short: a socket's path has 107 characters at most
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("bin/backend", "spool", "cache", "state", "ppd"):
            (folder / part).mkdir(parents=True)
        (folder / "bin" / "daemon").symlink_to("/usr/lib/cups/daemon")  # what starts a backend
        backend = folder / "bin" / "backend" / "kept"
        for place, text in (
            (folder / "cupsd.conf", DAEMON + POLICY),
            (folder / "cups-files.conf", FILES),
            (backend, BACKEND),
        ):
            place.write_text(text.replace("{folder}", name))
        backend.chmod(0o700)
        command = [CUPSD, "-f", "-c", f"{name}/cupsd.conf", "-s", f"{name}/cups-files.conf"]
        daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(folder / "sock")
            monkeypatch.setenv("CUPS_SERVER", f"{name}/sock")
            for printer in ("Counter", "Sheets"):
                made = ["lpadmin", "-p", printer, "-E", "-v", "kept:/sheets", "-m", "raw"]
                subprocess.run(made, check=True, capture_output=True, timeout=20)
            yield folder
        finally:
            daemon.terminate()
            daemon.wait(20)


def test_a_real_printing_system_hands_the_printer_the_very_bytes(cups: Path) -> None:
    printing = find_printing(cups / "printer")
    assert printing.printers() == ("Counter", "Sheets")
    printing.print_file(PDF, "رخصة L-2026-08-000123", "Sheets")
    wait_for(cups / "taken")
    assert (cups / "taken").read_bytes() == PDF
    assert printing.printers() == ("Sheets", "Counter")


def test_a_real_printing_system_refuses_a_printer_that_it_does_not_know(cups: Path) -> None:
    with pytest.raises(OSError, match=r"Nowhere|does not exist"):
        CupsPrinting().print_file(PDF, "title", "Nowhere")
    assert not (cups / "taken").exists()
