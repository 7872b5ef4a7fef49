"""The ledger of blank sheets as far as the requests that this workstation holds tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.domain.sheet_serials import MissingSheets


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """`day` is local (Amman); `fine` True or False leaves those alone; `text` is a part of the serial or of the
    licence's number, in ASCII digits and capitals."""

    branch: int | None = None
    day: date | None = None
    fine: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet. `place` is its place among the sheets of its request, `copy` the count of the copy that is on it (0:
    the certificate itself), `by` the login of whoever said it, `at` UTC; `spoilt` is a member of `Spoilt`, or "" where
    it was not said; `taken_back` says that its licence was, with its payment."""

    request_id: str
    place: int
    serial: str
    licence: str
    copy: int
    request: str
    branch: int
    fine: bool
    spoilt: str
    note: str
    by: str
    at: datetime
    taken_back: bool


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The newest first; `next` is what to begin the next page after."""

    rows: tuple[SheetRow, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class SheetSums:
    """How many sheets a filter leaves; and the serials that are missing among all that are held, whatever is
    filtered."""

    fine: int
    spoilt: int
    missing: tuple[MissingSheets, ...]
