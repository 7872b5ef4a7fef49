"""Which table holds which kind of fact, by which column it is known, and how a row of it is written."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Table

from desktop_app.storage import tables
from desktop_app.wire.facts import FactKind

TABLE_OF: dict[FactKind, Table] = {
    FactKind.REFERENCE: tables.reference,
    FactKind.STAFF: tables.staff,
    FactKind.DUES: tables.dues,
    FactKind.LICENCE: tables.licence,
    FactKind.REQUEST: tables.request,
    FactKind.EVENT: tables.event,
    FactKind.NOTICE: tables.notice,
    FactKind.PAPER: tables.paper,
    FactKind.OUTCOME: tables.outcome,
    FactKind.BOOKING: tables.booking,
}

OURS = {"row", "pending", "refused", "held"}
"""Columns that the device keeps itself; the centre's facts leave them as they are."""


def id_column(kind: FactKind) -> str:
    """The column that holds the fact's id."""
    return "number" if kind is FactKind.LICENCE else "id"


@cache
def upsert(kind: FactKind) -> str:
    """Adds a row or brings it up to date; the driver's statement, with the columns' names as its parameters."""
    table, key = TABLE_OF[kind], id_column(kind)
    taken = [column.name for column in table.columns if column.name not in OURS]
    changes = ", ".join(f"{name} = excluded.{name}" for name in taken if name != key)
    values = ", ".join(f":{name}" for name in taken)
    return (
        f"INSERT INTO {table.name} ({', '.join(taken)}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
