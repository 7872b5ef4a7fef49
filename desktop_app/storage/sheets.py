"""The ledger of sheets over the replica: one row for each sheet that a request tells of, kept by triggers (0021)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from desktop_app.application.ports.sheets import SheetFilter, SheetPage, SheetRow, SheetSums
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.sheet_serials import missing_among, serial_as_kept

if TYPE_CHECKING:
    from desktop_app.storage.opening import Driver

_PAGE = """
SELECT sheet.request_id, sheet.place, sheet.serial, sheet.licence, sheet.copy, request.number, sheet.branch, sheet.fine,
    sheet.spoilt, sheet.note, sheet.recorded_by, sheet.at,
    sheet.taken_back
FROM sheet JOIN request ON request.id = sheet.request_id
WHERE {where} ORDER BY sheet.at DESC, sheet.request_id DESC, sheet.place DESC LIMIT {limit}
"""
_BETWEEN = "|"


def sheet_page(driver: Driver, wanted: SheetFilter, after: str | None, limit: int) -> SheetPage:
    conditions, given = _conditions(wanted)
    if after is not None:
        at, request_id, place = after.split(_BETWEEN)
        conditions.append("(sheet.at, sheet.request_id, sheet.place) < (?, ?, ?)")
        given += [at, request_id, int(place)]
    sql = _PAGE.format(where=" AND ".join(conditions) or "1", limit=limit + 1)
    found = driver.execute(sql, tuple(given)).fetchall()
    rows = tuple(_row(*row) for row in found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return SheetPage(rows, _BETWEEN.join((last[11], last[0], str(last[1]))) if last else None)


def sheet_sums(driver: Driver, wanted: SheetFilter) -> SheetSums:
    """Reads every serial that is held: not for the UI thread."""
    conditions, given = _conditions(wanted)
    counted = "SELECT sheet.fine, count(*) FROM sheet WHERE {} GROUP BY sheet.fine"
    counts = dict(driver.execute(counted.format(" AND ".join(conditions) or "1"), tuple(given)).fetchall())
    serials = driver.execute("SELECT serial FROM sheet").fetchall()
    missing = missing_among({serial_as_kept(serial) for (serial,) in serials})
    return SheetSums(counts.get(1, 0), counts.get(0, 0), missing)


def _row(
    request_id: str,
    place: int,
    serial: str,
    licence: str,
    copy: int,
    request: str,
    branch: int,
    fine: int,
    spoilt: str,
    note: str,
    by: str,
    at: str,
    taken_back: int,
) -> SheetRow:
    when = datetime.fromisoformat(at)
    return SheetRow(
        request_id, place, serial, licence, copy, request, branch, bool(fine), spoilt, note, by, when, bool(taken_back)
    )


def _conditions(wanted: SheetFilter) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    given: list[object] = []
    if wanted.branch is not None:
        conditions.append("sheet.branch = ?")
        given.append(wanted.branch)
    if wanted.fine is not None:
        conditions.append("sheet.fine = ?")
        given.append(int(wanted.fine))
    if wanted.day is not None:
        conditions.append("sheet.at >= ? AND sheet.at < ?")
        given += [_begin(wanted.day), _begin(wanted.day + timedelta(days=1))]
    if wanted.text:
        conditions.append("(instr(upper(sheet.serial), ?) OR instr(sheet.licence, ?))")
        given += [wanted.text, wanted.text]
    return conditions, given


def _begin(day: date) -> str:
    """Before every instant of the day as the wire writes it, and behind every one before: without a zone."""
    return f"{datetime.combine(day, time(), AMMAN).astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
