"""Takes a file of dues over into the centre's accounts."""

from __future__ import annotations

from desktop_app.application.importing.dues_rows import COLUMNS, OwedRow, read_due
from desktop_app.application.importing.report import ImportReport
from desktop_app.application.importing.table import BadRow, Row, read_rows
from desktop_app.application.ports.loading import FactLoading, LoadedFact
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import Due, DuesAccount
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import EVERYWHERE, FactKind


def parse_dues(data: bytes) -> tuple[list[OwedRow], list[BadRow]]:
    """The good rows and the bad ones. Raises InputError for a file that is no table of dues."""
    good: list[OwedRow] = []
    bad: list[BadRow] = []
    first_seen: dict[str, int] = {}
    for row in read_rows(data, COLUMNS):
        read = read_due(row) if isinstance(row, Row) else row
        if isinstance(read, BadRow):
            bad.append(read)
        elif read.due.reference in first_seen:
            why = message("import.stands_twice", "reference", line=first_seen[read.due.reference])
            bad.append(BadRow(row.line, (why,)))
        else:
            first_seen[read.due.reference] = row.line
            good.append(read)
    return good, bad


def import_dues(data: bytes, loading: FactLoading) -> ImportReport:
    """Takes the good rows; the same file again changes nothing. A due that the file does not name stays as it is, so
    that a bad row forgives nobody. Raises InputError for a file that is no table of dues."""
    good, bad = parse_dues(data)
    rows: dict[str, list[Due]] = {}
    for read in good:
        rows.setdefault(read.account, []).append(read.due)
    bodies = loading.find_bodies(FactKind.DUES, list(rows))
    facts: list[LoadedFact] = []
    added = changed = unchanged = 0
    for account, told in rows.items():
        body = bodies.get(account)
        before = decode(body, DuesAccount) if body is not None else DuesAccount(account)
        standing = {due.reference: due for due in before.dues}
        for due in told:
            known = standing.get(due.reference)
            if due.amount == 0:
                changed, unchanged = (changed, unchanged + 1) if known is None else (changed + 1, unchanged)
                standing.pop(due.reference, None)
                continue
            added += known is None
            changed += known is not None and known != due
            unchanged += known == due
            standing[due.reference] = due
        after = DuesAccount(account, tuple(sorted(standing.values(), key=lambda due: due.reference)))
        if set(after.dues) != set(before.dues):
            facts.append(LoadedFact(FactKind.DUES, account, EVERYWHERE, encode(after)))
    if facts:
        loading.put(facts)
    return ImportReport(added, changed, unchanged, (), tuple(bad))
