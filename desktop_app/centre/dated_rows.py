"""The rows of the edited tables at the centre."""

from __future__ import annotations

from typing import Any

import structlog
from psycopg import Connection

from desktop_app.domain.dated_rows import DatedRow, TableKind
from desktop_app.domain.dated_tables import check_row
from desktop_app.domain.reference import Reference

_log = structlog.get_logger(__name__)

_ROWS = "select kind, key, value, valid_from, source from tajzia.dated_row order by place"


def read_rows(connection: Connection[Any], reference: Reference) -> tuple[DatedRow, ...]:
    """Those that count, in the order of writing. An administrator with a connection of their own may write what the
    tables do not know: it is told in the log, and goes no further than here."""
    found = []
    for kind, key, value, valid_from, source in connection.execute(_ROWS):
        row = DatedRow(TableKind(kind), key, value, valid_from, source)
        if check_row(row, reference):
            _log.warning("a row of an edited table fits no table", table=kind, key=key)
            continue
        found.append(row)
    return tuple(found)
