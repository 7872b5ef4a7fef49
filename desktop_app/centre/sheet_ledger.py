"""The ledger of blank certificate sheets: every serial that was recorded, of what it became part, and who said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.request import Request
from desktop_app.domain.sheet_serials import MissingSheets, missing_among, serial_as_kept
from desktop_app.wire.codec import decode

_PAGE = 500
_SHEETS = """
select s.serial, f.branch, f.body
from tajzia.sheet s join tajzia.fact f on f.kind = 'request' and f.id = s.request_id
where s.serial > %(after)s and f.body is not null and (%(branch)s::integer is null or f.branch = %(branch)s)
order by s.serial limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One sheet. `at` is UTC; `spoilt` and `note` say what was wrong with one that is not fine, where it was said;
    `copy` is the count of the copy that is on it, 0 for the certificate itself;
    `taken_back` says that its licence was, with its payment."""

    serial: str
    licence: str
    request: str
    branch: int
    fine: bool
    spoilt: str
    note: str
    by: str
    at: datetime
    copy: int
    taken_back: bool


def entries(connection: Connection[Any], branch: int | None = None, day: date | None = None) -> Iterator[LedgerEntry]:
    """In the order of their serials, those of a branch or of a day (Amman) alone where asked; read page by page."""
    after = ""
    while page := connection.execute(_SHEETS, {"after": after, "branch": branch, "most": _PAGE}).fetchall():
        after = page[-1][0]
        for serial, of_branch, body in page:
            entry = _entry(serial, of_branch, decode(body.encode(), Request))
            if entry is not None and (day is None or entry.at.astimezone(AMMAN).date() == day):
                yield entry


def missing_sheets(connection: Connection[Any]) -> tuple[MissingSheets, ...]:
    """Of the whole municipality: a pad may be divided among branches."""
    rows = connection.execute("select serial from tajzia.sheet").fetchall()
    return missing_among(serial for (serial,) in rows)


def _entry(serial: str, branch: int, request: Request) -> LedgerEntry | None:
    for sheet in request.issue.all_sheets:
        if serial_as_kept(sheet.serial) == serial:
            return LedgerEntry(
                serial=serial,
                licence=sheet.licence_number,
                request=request.shown_number,
                branch=branch,
                fine=sheet.fine,
                spoilt=sheet.spoilt.value if sheet.spoilt else "",
                note=sheet.note,
                by=sheet.by,
                at=sheet.at,
                copy=sheet.copy,
                taken_back=sheet in request.issue.taken_back,
            )
    return None
