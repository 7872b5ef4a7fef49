"""Printing through CUPS: the file is handed over as it is, so that what was signed is what is printed."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from pathlib import Path

from desktop_app.application.ports.printing import NoPrinters, Printing, PrintingFailedError
from desktop_app.system.whole_files import write_whole

_SECONDS = 20
_TAKES_DRAWINGS = ("win32", "darwin")
"""Elsewhere Qt prints through CUPS too: where its programs are missing, it has no printers either."""
_log = logging.getLogger(__name__)


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


class RememberedPrinting:
    """The printer that last took a page on this workstation comes first from then on, whoever signs in.

    Its name lies in the file `kept`. A page that was taken counts as printed even where the name could not be kept.
    """

    def __init__(self, printing: Printing, kept: Path) -> None:
        self._printing = printing
        self._kept = kept

    def printers(self) -> tuple[str, ...]:
        last = self._last()
        return tuple(sorted(self._printing.printers(), key=lambda name: name != last))

    def print_file(self, pdf: bytes, title: str, printer: str) -> None:
        self._printing.print_file(pdf, title, printer)
        if printer == self._last():
            return
        try:
            write_whole(self._kept, printer.encode())
        except OSError:
            _log.info("The choice of printer could not be kept.", exc_info=True)

    def _last(self) -> str:
        try:
            return self._kept.read_bytes().decode(errors="replace")
        except OSError:
            return ""


def find_printing(kept: Path) -> Printing:
    """The printing system of this computer: CUPS, which takes the file as it is, else Qt's printers, for which it is
    drawn. `kept` is the file with the name of the printer that was used last."""
    if shutil.which("lp") and shutil.which("lpstat"):
        return RememberedPrinting(CupsPrinting(), kept)
    if sys.platform in _TAKES_DRAWINGS:
        from desktop_app.system.drawn_printing import DrawnPrinting

        return RememberedPrinting(DrawnPrinting(), kept)
    return NoPrinters()
