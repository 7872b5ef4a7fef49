"""Lists on the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta


def print_table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns as wide as what stands in them."""
    texts = [tuple(titles), *(tuple(map(str, row)) for row in rows)]
    widths = [max(len(row[at]) for row in texts) for at in range(len(titles))]
    for row in texts:
        print("  ".join(f"{word:<{width}}" for word, width in zip(row, widths, strict=True)).rstrip())


def plain(row: Mapping[str, object]) -> dict[str, object]:
    """A row as JSON can say it: instants in ISO 8601."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value
