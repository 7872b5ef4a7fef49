"""What administrators wrote, put into the reference data that every decision reads and every workstation holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from psycopg import Connection

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.dated_rows import read_rows
from desktop_app.centre.facts import CURRENT
from desktop_app.centre.feed import put_facts
from desktop_app.centre.templates import read_templates
from desktop_app.domain.dated_tables import calendar_with
from desktop_app.domain.reference import Reference
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import EVERYWHERE, FactKind

_STANDS = """
    select coalesce((select max(version) from tajzia.notice_template), 0),
        coalesce((select max(place) from tajzia.dated_row), 0),
        (select count(*) from tajzia.dated_row where source <> ''),
        coalesce((select sequence from tajzia.fact where kind = 'reference' and id = %s), 0)
"""
_REFERENCE = "select body from tajzia.fact where kind = 'reference' and id = %s"


class ReferencePublisher:
    """Compares what counts with what the reference data says, and mends the latter: whoever published the reference
    data anew has not taken an administrator's words, or rows, away."""

    def __init__(self) -> None:
        self._known: tuple[int, ...] = ()

    def publish(self, connection: Connection[Any]) -> bool:
        """In the running transaction; whether anything changed. Must come last of it, as `put_facts`."""
        row = connection.execute(_STANDS, (CURRENT,)).fetchone()
        if row is None or row == self._known:
            return False
        body = connection.execute(_REFERENCE, (CURRENT,)).fetchone()
        self._known = row
        if body is None or body[0] is None:
            return False
        reference = decode(body[0], Reference)
        rows = read_rows(connection, reference)
        wanted = replace(
            reference,
            templates=read_templates(connection),
            changes=rows,
            calendar=calendar_with(reference.calendar, rows),
        )
        if wanted == reference:
            return False
        put_facts(connection, [LoadedFact(FactKind.REFERENCE, CURRENT, EVERYWHERE, encode(wanted))])
        return True
