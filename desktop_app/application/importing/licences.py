"""Takes a file of licences over into the centre's register."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.application.importing.licence_rows import COLUMNS, read_licence
from desktop_app.application.importing.report import ImportReport, KeptLicence
from desktop_app.application.importing.standing import standing_reference
from desktop_app.application.importing.table import BadRow, Row, read_rows
from desktop_app.application.ports.loading import FactLoading, LoadedFact, NumberCounter, NumberSeries
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import message
from desktop_app.domain.reference import Reference
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import FactKind

Placed = tuple[int, Licence]


def parse_licences(data: bytes, reference: Reference) -> tuple[list[Placed], list[BadRow]]:
    """The good rows with their lines, and the bad ones. Raises InputError for a file that is no table of licences."""
    good: list[Placed] = []
    bad: list[BadRow] = []
    first_seen: dict[str, int] = {}
    for row in read_rows(data, COLUMNS):
        read = read_licence(row, reference) if isinstance(row, Row) else row
        if isinstance(read, BadRow):
            bad.append(read)
        elif read.number in first_seen:
            why = message("import.stands_twice", "number", line=first_seen[read.number])
            bad.append(BadRow(row.line, (why,)))
        else:
            first_seen[read.number] = row.line
            good.append((row.line, read))
    return good, bad


def import_licences(data: bytes, loading: FactLoading) -> ImportReport:
    """Takes the good rows; the same file again changes nothing. Raises InputError for a file that is no table of
    licences, or a centre that has no reference data yet."""
    good, bad = parse_licences(data, standing_reference(loading))
    bodies = loading.find_bodies(FactKind.LICENCE, [licence.number for _, licence in good])
    facts: list[LoadedFact] = []
    kept: list[KeptLicence] = []
    added = unchanged = 0
    for line, licence in good:
        body = bodies.get(licence.number)
        standing = decode(body, Licence) if body is not None else None
        wanted = merged(licence, standing)
        if not _says_the_same(licence, wanted):
            kept.append(KeptLicence(line, licence.number))
        if encode(wanted) == body:
            unchanged += 1
            continue
        added += standing is None
        facts.append(LoadedFact(FactKind.LICENCE, wanted.number, wanted.district, encode(wanted)))
    if facts:
        loading.raise_counters(_last_serials([licence for _, licence in good]))
        loading.put(facts)
    return ImportReport(added, len(facts) - added, unchanged, tuple(kept), tuple(bad))


def merged(told: Licence, standing: Licence | None) -> Licence:
    """What shall stand. A licence that a request has split, made or reserved a part of is no longer the file's to
    say: of its row only a later renewal is taken."""
    if standing is None:
        return told
    if not _is_ours(standing):
        return replace(told, copies=standing.copies)
    newer = told.renewed_for > standing.renewed_for or (
        standing.renewed_on is None and told.renewed_for == standing.renewed_for
    )
    return replace(
        standing,
        renewed_on=told.renewed_on if newer else standing.renewed_on,
        renewed_for=max(standing.renewed_for, told.renewed_for),
        valid_until=max(standing.valid_until, told.valid_until),
    )


def _is_ours(licence: Licence) -> bool:
    return bool(licence.reservations or licence.amended_by_requests or licence.made_by_request or licence.parent_number)


def _says_the_same(told: Licence, wanted: Licence) -> bool:
    """Whether the row agrees with what shall stand, apart from what no file can say."""
    stripped = replace(
        wanted, reservations=(), amended_by_requests=(), made_by_request=None, parent_number=None, copies=0
    )
    return stripped == told


def _last_serials(licences: list[Licence]) -> dict[NumberCounter, int]:
    last: dict[NumberCounter, int] = {}
    for licence in licences:
        _, year, district, serial = licence.number.split("-")
        counter = NumberCounter(NumberSeries.LICENCE, int(year), int(district))
        last[counter] = max(last.get(counter, 0), int(serial))
    return last
