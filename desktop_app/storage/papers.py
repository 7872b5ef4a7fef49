"""`application.workplace.Papers` over the store: the very bytes that the centre drew."""

from __future__ import annotations

from desktop_app.storage.store import Store

_NEWEST = """
SELECT paper_bytes.data FROM paper LEFT JOIN paper_bytes ON paper_bytes.id = paper.id
WHERE paper.number = ? ORDER BY paper.at DESC, paper.id LIMIT 1
"""


_THIS = "SELECT data FROM paper_bytes WHERE id = ?"


class StorePapers:
    """Safe to call from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, number: str) -> bytes | None:
        """The newest paper of this number, if its bytes have been fetched."""
        with self._store.glancing() as driver:
            found = driver.execute(_NEWEST, (number,)).fetchone()
        return found[0] if found is not None else None

    def find_drawn(self, digest: str) -> bytes | None:
        """These very bytes, if they have been fetched."""
        with self._store.glancing() as driver:
            found = driver.execute(_THIS, (digest,)).fetchone()
        return found[0] if found is not None else None
