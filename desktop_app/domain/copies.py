"""Copies of a certificate that was printed: counted for each licence from 1, and never out of the count again.

A licence that is split twice has certificates of two requests, and one count (`Licence.copies`): no two papers of it
go by one number.

The certificate itself is one and has no count. A copy is a paper of its own beside it, with its number in the register
of papers: the licence's and the count (`L-2026-08-000123/1`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_COPY_NOTE = 200
"""Characters."""
_BEFORE_COUNT = "/"


class CopyReason(StrEnum):
    """Why another print is asked for. ANOTHER_AUTHORITY: somebody else wants to keep one."""

    LOST = "lost"
    DAMAGED = "damaged"
    ANOTHER_AUTHORITY = "another_authority"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CertificateCopy:
    """Copy `count` of a licence's certificate: why, in whose hands, and when it was decided (UTC)."""

    licence_number: str
    count: int
    reason: CopyReason
    note: str
    by: str
    at: datetime

    @property
    def number(self) -> str:
        """What its paper goes by."""
        return f"{self.licence_number}{_BEFORE_COUNT}{self.count}"


def licence_of_paper(number: str) -> str:
    """The licence that a certificate, or a copy of one, is of."""
    return number.partition(_BEFORE_COUNT)[0]
