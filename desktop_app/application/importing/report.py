"""What became of a file."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.application.importing.table import BadRow


@dataclass(frozen=True, slots=True)
class KeptLicence:
    """A licence whose row says something else than the register, which has been split since: the register's word
    stands; only a later renewal was taken."""

    line: int
    number: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many rows were new, changed something or nothing; which were kept back, and which were bad."""

    added: int
    changed: int
    unchanged: int
    kept: tuple[KeptLicence, ...] = ()
    bad: tuple[BadRow, ...] = ()

    @property
    def clean(self) -> bool:
        return not self.bad
