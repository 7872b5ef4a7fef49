"""The bytes of papers, each once, under their SHA-256 (which the table checks)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import Connection


def keep_paper(connection: Connection[Any], digest: str, content: bytes, at: datetime) -> None:
    connection.execute(
        "insert into tajzia.paper (digest, content, drawn_at) values (%s, %s, %s) on conflict do nothing",
        (digest, content, at),
    )
