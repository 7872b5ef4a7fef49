"""Checking certificates on a workstation, against the lists that it last fetched; as a port."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.application.certificate_trust import Trust
    from desktop_app.application.certificate_verifying import GreyPicture, Report


@dataclass(frozen=True, slots=True)
class ListsHere:
    """The lists of this computer: None without any. `damaged`: what lies here is not signed as it should be;
    `offered`: the centre showed this other list key (hexadecimal), whose lists were not taken."""

    trust: Trust | None = None
    damaged: bool = False
    offered: str | None = None


class Checks(Protocol):
    """All of it blocks (files, drawing, signatures) and may be called from any thread."""

    def lists(self) -> ListsHere: ...

    def check(self, content: bytes, now: datetime) -> Report:
        """A file's whole content."""

    def check_typed(self, typed: str, now: datetime) -> Report:
        """What a scanner that types like a keyboard has typed."""

    def find_code(self, picture: GreyPicture) -> str | None:
        """A certificate's code on what a camera sees."""


class NoChecks:
    """For a workplace without a folder of its own: a simulation's."""

    def lists(self) -> ListsHere:
        return ListsHere()

    def check(self, content: bytes, now: datetime) -> Report:
        raise OSError("nothing is checked from this workplace")

    def check_typed(self, typed: str, now: datetime) -> Report:
        raise OSError("nothing is checked from this workplace")

    def find_code(self, picture: GreyPicture) -> str | None:
        return None
