"""Scanning through SANE: its `scanimage` gives the page over a pipe, so that no file of it lies on the disk."""

from __future__ import annotations

import shutil
import subprocess

from desktop_app.application.ports.scanning import NoScanning, Scanner, Scanning, ScanningFailedError

_LOOKING_SECONDS, _SCANNING_SECONDS = 30, 180
_FORMAT = "%d\t%v %m%n"
_OPTIONS = ("--resolution", "200", "--mode", "Gray")
"""Readable and small: a page of A4 is two million bytes. Not every scanner knows both."""


class SaneScanning:
    possible = True

    def scanners(self) -> tuple[Scanner, ...]:
        told = _run(["scanimage", "-f", _FORMAT], _LOOKING_SECONDS)
        if told.returncode != 0:
            raise ScanningFailedError(_last_words(told))
        lines = (line.partition("\t") for line in told.stdout.decode(errors="replace").splitlines())
        return tuple(Scanner(identity, name.strip() or identity) for identity, tab, name in lines if tab)

    def scan(self, scanner: Scanner) -> bytes:
        asked = ["scanimage", "--format=png", "-d", scanner.id]
        told = _run([*asked, *_OPTIONS], _SCANNING_SECONDS)
        if told.returncode != 0 and b"option" in told.stderr:
            told = _run(asked, _SCANNING_SECONDS)
        if told.returncode != 0 or not told.stdout:
            raise ScanningFailedError(_last_words(told))
        return told.stdout


def find_scanning() -> Scanning:
    """The scanning system of this computer."""
    return SaneScanning() if shutil.which("scanimage") else NoScanning()


def _run(command: list[str], seconds: int) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise ScanningFailedError(f"no answer within {seconds} s") from error
    except OSError as error:
        raise ScanningFailedError(str(error)) from error


def _last_words(told: subprocess.CompletedProcess[bytes]) -> str:
    lines = told.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"scanimage ended with {told.returncode}"
