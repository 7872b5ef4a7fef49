"""A printer that remembers what it was given."""

from __future__ import annotations

from desktop_app.application.ports.printing import PrintingFailedError


class Printer:
    """Takes what it is given, until it is out of paper."""

    def __init__(self) -> None:
        self.taken: list[tuple[bytes, str, str]] = []
        self.works = True

    def printers(self) -> tuple[str, ...]:
        return ("counter",)

    def print_file(self, pdf: bytes, title: str, printer: str) -> None:
        if not self.works:
            raise PrintingFailedError("no paper")
        self.taken.append((pdf, title, printer))
