"""Scanning as a port: a page that lies on a scanner comes as a picture, without a file of it being left anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class ScanningFailedError(OSError):
    """The scanner, or the program that speaks to it, gave no page; nothing was attached."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """`id` is for the scanning system, `name` for people."""

    id: str
    name: str


class Scanning(Protocol):
    @property
    def possible(self) -> bool:
        """Whether this computer can scan at all; answers at once."""

    def scanners(self) -> tuple[Scanner, ...]:
        """Those that are there now. May block for seconds: ask off the UI thread. Raises ScanningFailedError."""

    def scan(self, scanner: Scanner) -> bytes:
        """One page as PNG. Blocks while the scanner works. Raises ScanningFailedError."""


class NoScanning:
    """Where there is no scanning system: files are chosen or dropped."""

    possible = False

    def scanners(self) -> tuple[Scanner, ...]:
        return ()

    def scan(self, scanner: Scanner) -> bytes:
        raise ScanningFailedError("no scanning system")
