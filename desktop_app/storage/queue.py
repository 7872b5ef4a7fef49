"""The queue: one page by key out of any number of requests, and the counts on its tabs.

The statements are plain SQL: one short text for each shape of filter, each answered from one index (a test looks at
the plans), run on the driver's own cursor, because this is what a clerk waits for all day.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from desktop_app.application.ports.queue import Ground, QueueKey, QueuePage, QueueRow, QueueView
from desktop_app.application.queue_views import view_of
from desktop_app.domain.actor import Actor
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.desks import Desk
from desktop_app.domain.identifiers import PORTAL_SERIES
from desktop_app.domain.request_status import ENDED, Status
from desktop_app.storage.instants import NEVER, to_text
from desktop_app.storage.text_search import FEW, matching_rows, rows_condition, scan_condition
from desktop_app.storage.words import phrases
from desktop_app.wire.codec import decode

if TYPE_CHECKING:
    from desktop_app.application.ports.queue import QueueFilter
    from desktop_app.domain.calendar import WorkingCalendar
    from desktop_app.storage.opening import Driver

_COLUMNS = (
    "id, number, applicant_ar, parent_number, trade_name, branch, status, desk, due, paused, holder, pending, refused,"
    " lodged_at, from_portal"
)
_PLAIN = len(_COLUMNS.split(","))
_ORDER = {QueueView.LETTERS: "letter_day", QueueView.ESCALATED: "escalates"}
"""The views that are not ordered by when a request is due; they read the whole of it besides."""
_STATUSES = {status.value: status for status in Status}
_DESKS = {desk.value: desk for desk in Desk}
_from_iso = datetime.fromisoformat
_decoding = threading.Lock()


def queue_page(driver: Driver, wanted: QueueFilter, after: QueueKey | None, limit: int) -> QueuePage:
    """At most `limit` rows that follow `after`."""
    sql, given = _statement(driver, wanted, after, limit)
    found = driver.execute(sql, given).fetchall()
    names = _staff_names(tuple(driver.execute("SELECT id, body FROM staff").fetchall())) if found else {}
    more = len(found) > limit
    rows = tuple([_row(values[:_PLAIN], names) for values in found[:limit]])
    last = found[limit - 1] if more else None
    if wanted.view in _ORDER:
        bodies = [values[_PLAIN + 1] for values in found[:limit]]
        if wanted.view is QueueView.LETTERS:
            rows = _with_letters(rows, bodies)
        else:
            rows = _with_reasons(rows, bodies, ground(driver).calendar, wanted.as_of)
        return QueuePage(rows, QueueKey(last[_PLAIN], last[0]) if last else None)
    return QueuePage(rows, QueueKey(last[8], last[0]) if last else None)


def _with_letters(rows: tuple[QueueRow, ...], bodies: list[bytes]) -> tuple[QueueRow, ...]:
    # Of all views only this one needs the whole of a request, and with it the rules of letters.
    from desktop_app.domain.letters import awaited_letters
    from desktop_app.domain.request import Request

    pairs = zip(rows, bodies, strict=True)
    return tuple(replace(row, letters=awaited_letters(decode(body, Request))) for row, body in pairs)


def _with_reasons(
    rows: tuple[QueueRow, ...], bodies: list[bytes], calendar: WorkingCalendar, as_of: datetime
) -> tuple[QueueRow, ...]:
    from desktop_app.application.lateness import escalated_of
    from desktop_app.domain.request import Request

    pairs = zip(rows, bodies, strict=True)
    return tuple(replace(row, escalated=escalated_of(decode(body, Request), calendar, as_of)) for row, body in pairs)


def ground(driver: Driver) -> Ground:
    """Empty before the first contact with the centre."""
    found = driver.execute("SELECT body FROM reference").fetchone()
    if found is None:
        return Ground()
    # A start asks on several threads at once.
    with _decoding:
        return _ground(found[0])


@lru_cache(maxsize=2)
def _ground(body: bytes) -> Ground:
    return decode(body, Ground)


@lru_cache(maxsize=2)
def _staff_names(staff: tuple[tuple[str, bytes], ...]) -> dict[str, str]:
    return {login: decode(body, Actor).name_ar for login, body in staff}


def _row(values: tuple[Any, ...], names: dict[str, str]) -> QueueRow:
    (
        number_id,
        number,
        applicant,
        parent,
        trade,
        branch,
        status,
        desk,
        due,
        paused,
        holder,
        pending,
        refused,
        lodged,
        portal,
    ) = values
    return QueueRow(
        number_id,
        number,
        applicant,
        parent,
        trade,
        branch,
        _STATUSES[status],
        _DESKS[desk],
        None if due == NEVER else _from_iso(due),
        paused == 1,
        names.get(holder, holder),
        pending,
        refused > 0,
        _from_iso(lodged) if lodged else None,
        portal == 1,
    )


def _statement(driver: Driver, wanted: QueueFilter, after: QueueKey | None, limit: int) -> tuple[str, list[Any]]:
    source, conditions, given = _view(wanted)
    text = wanted.text
    if wanted.from_portal:
        # Its references stand in the index of words; the column has the last word.
        text = f"{PORTAL_SERIES}- {text}"
        conditions.append("from_portal = 1")
    if phrases(text):
        rows = matching_rows(driver, "request", text, wanted.branch)
        if len(rows) <= FEW:
            # Few hits: sort just these, by whatever the filter says of them.
            conditions = [rows_condition(rows), *conditions]
            source = "request NOT INDEXED"
        else:
            scanned, words = scan_condition(text)
            conditions.append(scanned)
            given += words
    order = _ORDER.get(wanted.view, "due")
    if after is not None:
        conditions.append(f"({order}, id) > (?, ?)")
        given += [after.due, after.id]
    where = " AND ".join(conditions)
    columns = f"{_COLUMNS}, {order}, body" if wanted.view in _ORDER else _COLUMNS
    return f"SELECT {columns} FROM {source} WHERE {where} ORDER BY {order}, id LIMIT {limit + 1:d}", given


def _view(wanted: QueueFilter) -> tuple[str, list[str], list[Any]]:
    """The index to read by, and what it must be asked."""
    conditions: list[str] = []
    given: list[Any] = []
    index, partial = _index(wanted)
    if partial:
        conditions.append(partial)
    if wanted.branch is not None:
        conditions.append("branch = ?")
        given.append(wanted.branch)
    match wanted.view:
        case QueueView.LATE:
            conditions.append("due <= ?")
            given.append(to_text(wanted.as_of))
        case QueueView.ESCALATED:
            conditions.append("escalates <= ?")
            given.append(to_text(wanted.as_of))
        case QueueView.TODAYS_VISITS:
            conditions.append("visit_day = ? AND status = 'inspection_scheduled'")
            given.append(_today(wanted.as_of))
        case QueueView.ALL_OPEN | QueueView.LETTERS:
            pass
        case view:
            conditions.append("queue = ?")
            given.append(view.value)
    if wanted.status is not None:
        conditions.append("status = ?")
        given.append(wanted.status.value)
    if wanted.desk is not None:
        conditions.append("desk = ?")
        given.append(wanted.desk.value)
    return f"request INDEXED BY {index}", conditions, given


def _index(wanted: QueueFilter) -> tuple[str, str]:
    """The index that holds the view in its order, and the condition that a partial one needs."""
    in_branch = wanted.branch is not None
    if wanted.view is QueueView.LATE:
        return ("request_counting_in_branch" if in_branch else "request_counting"), "counts = 1"
    if wanted.view is QueueView.TODAYS_VISITS:
        return "request_visit", ""
    if wanted.view is QueueView.LETTERS:
        return ("request_with_letter_in_branch" if in_branch else "request_with_letter"), "letter_day IS NOT NULL"
    if wanted.view is QueueView.ESCALATED:
        return ("request_escalated_in_branch" if in_branch else "request_escalated"), "escalates IS NOT NULL"
    if wanted.status is not None and not in_branch:
        return "request_by_status", "is_open = 1" if wanted.view is QueueView.ALL_OPEN else ""
    if wanted.view is QueueView.ALL_OPEN:
        return ("request_open_in_branch" if in_branch else "request_open"), "is_open = 1"
    return ("request_by_branch_queue" if in_branch else "request_by_queue"), ""


def queue_counts(driver: Driver, as_of: datetime, branch: int | None) -> dict[QueueView, int]:
    """How many requests stand in each view; of one branch, or of all."""
    here, given = ("", []) if branch is None else (" AND branch = ?", [branch])
    counts = dict.fromkeys(QueueView, 0)
    held = driver.execute(f"SELECT status, sum(held) FROM queue_count WHERE 1{here} GROUP BY status", tuple(given))
    for status, count in held:
        for view in _views_of(Status(status)):
            counts[view] += count
    late = "request_counting_in_branch" if branch is not None else "request_counting"
    counts[QueueView.LATE] = _count(
        driver,
        f"SELECT count(*) FROM request INDEXED BY {late} WHERE counts = 1 AND due <= ?{here}",
        [to_text(as_of), *given],
    )
    escalated = "request_escalated_in_branch" if branch is not None else "request_escalated"
    counts[QueueView.ESCALATED] = _count(
        driver,
        f"SELECT count(*) FROM request INDEXED BY {escalated} WHERE escalates IS NOT NULL AND escalates <= ?{here}",
        [to_text(as_of), *given],
    )
    with_letter = "request_with_letter_in_branch" if branch is not None else "request_with_letter"
    counts[QueueView.LETTERS] = _count(
        driver,
        f"SELECT count(*) FROM request INDEXED BY {with_letter} WHERE letter_day IS NOT NULL{here}",
        given,
    )
    counts[QueueView.TODAYS_VISITS] = _count(
        driver,
        "SELECT count(*) FROM request INDEXED BY request_visit"
        f" WHERE visit_day = ? AND status = 'inspection_scheduled'{here}",
        [_today(as_of), *given],
    )
    return counts


@cache
def _views_of(status: Status) -> frozenset[QueueView]:
    return frozenset({view_of(status)} if status in ENDED else {view_of(status), QueueView.ALL_OPEN})


def _count(driver: Driver, sql: str, given: list[Any]) -> int:
    found = driver.execute(sql, tuple(given)).fetchone()[0]
    return int(found)


def _today(as_of: datetime) -> str:
    return as_of.astimezone(AMMAN).date().isoformat()
