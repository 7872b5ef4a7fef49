"""How the synchronisation stands, in figures: what the status bar shows from the first page on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Care:
    """When both sides were last compared (UTC; None: never); when something had to be mended here the last time, and
    how many records; and how many of the centre's audit chains disagree with what was seen of them."""

    compared_at: datetime | None = None
    mended_at: datetime | None = None
    mended: int = 0
    history: int = 0


NOT_YET = Care()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many commands there are of each kind, and when the centre was last reached (UTC)."""

    waiting: int
    sent: int
    confirmed: int
    refused: int
    last_contact: datetime | None
    care: Care = NOT_YET
