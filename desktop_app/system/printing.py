"""Printing through CUPS: the file is handed over as it is, so that what was signed is what is printed."""

from __future__ import annotations

import shutil
import subprocess

from desktop_app.application.ports.printing import NoPrinters, Printing, PrintingFailedError

_SECONDS = 20


class CupsPrinting:
    """`lpstat` names the printers, `lp` takes the file from its standard input."""

    def printers(self) -> tuple[str, ...]:
        named = self._run(["lpstat", "-e"]).decode(errors="replace").split("\n")
        preferred = self._run(["lpstat", "-d"]).decode(errors="replace").rpartition(":")[2].strip()
        known = tuple(name.strip() for name in named if name.strip())
        return tuple(sorted(known, key=lambda name: name != preferred))

    def print_file(self, pdf: bytes, title: str, printer: str) -> None:
        command = ["lp", "-d", printer, "-t", title, "--", "-"]
        try:
            taken = subprocess.run(command, input=pdf, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise PrintingFailedError(f"the printing system did not answer within {_SECONDS} s") from error
        except OSError as error:
            raise PrintingFailedError(str(error)) from error
        if taken.returncode != 0:
            raise PrintingFailedError(taken.stderr.decode(errors="replace").strip())

    @staticmethod
    def _run(command: list[str]) -> bytes:
        try:
            return subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False).stdout
        except (OSError, subprocess.TimeoutExpired):
            return b""


def find_printing() -> Printing:
    """The printing system of this computer."""
    return CupsPrinting() if shutil.which("lp") and shutil.which("lpstat") else NoPrinters()
