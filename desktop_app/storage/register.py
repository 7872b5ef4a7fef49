"""The register of licences: pages by number, genealogy, and the messages to applicants."""

from __future__ import annotations

from desktop_app.application.ports.queries import Genealogy, LicencePage, LicenceRow, MessagePage
from desktop_app.domain.licence import Licence
from desktop_app.domain.notices import Notice
from desktop_app.storage.opening import Driver
from desktop_app.storage.reading import ReplicaReads
from desktop_app.storage.text_search import FEW, matching_rows, rows_condition, scan_condition
from desktop_app.storage.words import phrases
from desktop_app.wire.codec import decode

_LICENCES = """
SELECT number, trade_name, holder_ar, branch, status, area, parent_number,
    (SELECT count(*) FROM licence AS child WHERE child.parent_number = licence.number)
FROM licence {index} WHERE {where} ORDER BY number LIMIT {limit:d}
"""
_NOTICES = "SELECT at, id, body FROM notice {index} WHERE {where} ORDER BY at DESC, id DESC LIMIT {limit:d}"


def licence_page(driver: Driver, text: str, branch: int | None, after: str | None, limit: int) -> LicencePage:
    """Licences in the order of their numbers."""
    index, conditions, given = _by_text(driver, "licence", text, branch)
    if branch is not None:
        conditions.append("branch = ?")
        given.append(branch)
    if after is not None:
        conditions.append("number > ?")
        given.append(after)
    sql = _LICENCES.format(index=index, where=" AND ".join(conditions) or "1", limit=limit + 1)
    found = driver.execute(sql, tuple(given)).fetchall()
    rows = tuple(LicenceRow(*values) for values in found[:limit])
    return LicencePage(rows, rows[-1].number if len(found) > limit else None)


def message_page(driver: Driver, text: str, after: str | None, limit: int) -> MessagePage:
    """Messages, the newest first."""
    index, conditions, given = _by_text(driver, "notice", text, None)
    if after is not None:
        at, _, last = after.partition("|")
        conditions.append("(at, id) < (?, ?)")
        given += [at, last]
    sql = _NOTICES.format(index=index, where=" AND ".join(conditions) or "1", limit=limit + 1)
    found = driver.execute(sql, tuple(given)).fetchall()
    rows = tuple(decode(body, Notice) for _, _, body in found[:limit])
    return MessagePage(rows, "|".join(found[limit - 1][:2]) if len(found) > limit else None)


def _by_text(driver: Driver, table: str, text: str, branch: int | None) -> tuple[str, list[str], list[object]]:
    if not phrases(text):
        return "", [], []
    rows = matching_rows(driver, table, text, branch)
    if len(rows) <= FEW:
        return "NOT INDEXED", [rows_condition(rows)], []
    scanned, words = scan_condition(text)
    return "", [scanned], [*words]


def genealogy(reads: ReplicaReads, number: str) -> Genealogy:
    """Raises KeyError for an unknown licence."""
    licence = reads.find_licence(number)
    if licence is None:
        raise KeyError(number)
    ancestors: list[Licence] = []
    seen = {number}
    above = licence.parent_number
    while above is not None and above not in seen and (found := reads.find_licence(above)) is not None:
        seen.add(above)
        ancestors.insert(0, found)
        above = found.parent_number
    return Genealogy(tuple(ancestors), licence, _descendants(reads, number))


def _descendants(reads: ReplicaReads, number: str) -> tuple[tuple[int, Licence], ...]:
    """Depth first, so that each stands below its parent."""
    found: list[tuple[int, Licence]] = []
    waiting = [(1, child) for child in reversed(_children(reads, number))]
    seen = {number}
    while waiting:
        depth, child = waiting.pop()
        if child.number in seen:
            continue
        seen.add(child.number)
        found.append((depth, child))
        waiting += [(depth + 1, below) for below in reversed(_children(reads, child.number))]
    return tuple(found)


def _children(reads: ReplicaReads, number: str) -> list[Licence]:
    rows = reads.driver.execute("SELECT body FROM licence WHERE parent_number = ? ORDER BY number", (number,))
    return [decode(body, Licence) for (body,) in rows]
