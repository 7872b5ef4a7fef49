"""Finding rows by text. Few hits are sorted; where there are many, the list is walked in its order and hits are
picked out, because sorting a hundred thousand hits for one page takes far longer."""

from __future__ import annotations

from desktop_app.storage.opening import Driver
from desktop_app.storage.words import phrases, question

FEW = 2000
"""Up to so many hits are sorted. With more, every page is found within a few times 1/density rows of the list."""


def matching_rows(driver: Driver, table: str, typed: str, branch: int | None) -> tuple[int, ...]:
    """The rows of `table` that match, at most one more than `FEW`; none when no word was typed."""
    asked = question(typed, branch)
    if not asked:
        return ()
    found = driver.execute(f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? LIMIT {FEW + 1}", (asked,))
    return tuple(row for (row,) in found)


def newest_rows(driver: Driver, table: str, typed: str, limit: int) -> tuple[int, ...]:
    """The last written rows that match."""
    asked = question(typed)
    if not asked:
        return ()
    found = driver.execute(
        f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid DESC LIMIT ?",
        (asked, limit),
    )
    return tuple(row for (row,) in found)


def rows_condition(rows: tuple[int, ...]) -> str:
    """That a row is one of `rows`. Of an empty list SQLite would make a walk through the whole table."""
    return f"row IN ({','.join(map(str, rows)) or '-1'})"


def scan_condition(typed: str) -> tuple[str, list[str]]:
    """The same question as a condition on one row's `words`, and its parameters."""
    asked = phrases(typed)
    condition = " AND ".join("instr(' ' || words, ?) > 0" for _ in asked)
    return condition, [f" {phrase}" for phrase in asked]
