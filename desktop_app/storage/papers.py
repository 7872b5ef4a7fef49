"""`application.workplace.Papers` over the store: the very bytes that the centre drew."""

from __future__ import annotations

from sqlalchemy import select

from desktop_app.storage import tables
from desktop_app.storage.store import Store


class StorePapers:
    """Safe to call from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, number: str) -> bytes | None:
        """The newest paper of this number, if its bytes have been fetched."""
        paper, data = tables.paper, tables.paper_bytes
        newest = (
            select(data.c.data)
            .join_from(paper, data, data.c.id == paper.c.id, isouter=True)
            .where(paper.c.number == number)
            .order_by(paper.c.at.desc(), paper.c.id)
            .limit(1)
        )
        with self._store.reading() as reads:
            return reads.connection.scalar(newest)
