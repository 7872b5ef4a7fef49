"""Printing as a port: the stored file goes to the printer as it is."""

from __future__ import annotations

from typing import Protocol


class PrintingFailedError(OSError):
    """The printer or its queue did not take the file; nothing was recorded."""


class Printing(Protocol):
    def printers(self) -> tuple[str, ...]:
        """The names of the printers this computer knows, the preferred one first. May block: ask off the UI thread."""

    def print_file(self, pdf: bytes, title: str, printer: str) -> None:
        """Hands the very bytes to the printer's queue. Raises PrintingFailedError."""


class NoPrinters:
    """Where there is no printing system."""

    def printers(self) -> tuple[str, ...]:
        return ()

    def print_file(self, pdf: bytes, title: str, printer: str) -> None:
        raise PrintingFailedError("no printing system")
