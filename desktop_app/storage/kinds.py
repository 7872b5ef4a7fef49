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

MANY_INDEXES = frozenset({FactKind.REQUEST, FactKind.LICENCE})

OURS = {"row", "pending", "refused", "held"}
"""Columns that the device keeps itself; the centre's facts leave them as they are."""


def id_column(kind: FactKind) -> str:
    """The column that holds the fact's id."""
    return "number" if kind is FactKind.LICENCE else "id"


@cache
def taken(kind: FactKind) -> tuple[str, ...]:
    """The columns that the centre's facts fill."""
    return tuple(column.name for column in TABLE_OF[kind].columns if column.name not in OURS)


@cache
def standing(kind: FactKind) -> str:
    """Reads the columns of `taken` of one row."""
    return f"SELECT {', '.join(taken(kind))} FROM {TABLE_OF[kind].name} WHERE {id_column(kind)} = ?"


@cache
def change(kind: FactKind, columns: tuple[str, ...]) -> str:
    """Writes these columns of one row, and its id last."""
    changes = ", ".join(f"{name} = ?" for name in columns)
    return f"UPDATE {TABLE_OF[kind].name} SET {changes} WHERE {id_column(kind)} = ?"


@cache
def upsert(kind: FactKind) -> str:
    """Adds a row or brings it up to date; the driver's statement, with the columns' names as its parameters."""
    table, key = TABLE_OF[kind], id_column(kind)
    names = taken(kind)
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name != key)
    values = ", ".join(f":{name}" for name in names)
    return (
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
