"""What a check of the audit chain can find wrong, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """`CHANGED` is an entry that is not what was hashed, `OUT_OF_PLACE` one that belongs elsewhere, `FOREIGN` one too
    many, `MISSING` one too few; `REWRITTEN` is a chain that agrees with itself and not with what was signed or seen of
    it before. `ROW_…` are rows that the chain vouches for. `SIGNATURE` is a head that the centre did not sign."""

    CHANGED = "changed"
    OUT_OF_PLACE = "out_of_place"
    FOREIGN = "foreign"
    MISSING = "missing"
    REWRITTEN = "rewritten"
    SIGNATURE = "signature"
    ROW_CHANGED = "row_changed"
    ROW_MISSING = "row_missing"
    ROW_UNVOUCHED = "row_unvouched"


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong in a branch: at which entry, of which command (empty where that cannot be told).
    `about` names the row, table or earlier knowledge that the entry disagrees with."""

    wrong: Wrong
    branch: int
    position: int
    command_id: str = ""
    about: str = ""


@dataclass(slots=True)
class AuditReport:
    """What was looked at, and what was found. `restored` tells of restores of the centre: branch, the first entry
    after it, and how many entries that were known before it took back."""

    entries: int = 0
    rows: int = 0
    heads: int = 0
    branches: int = 0
    findings: tuple[Finding, ...] = ()
    restored: tuple[tuple[int, int, int], ...] = ()

    @property
    def well(self) -> bool:
        return not self.findings
