"""`application.ports.authors.Authors` over the store."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.application.ports.authors import Author, SealedKey
from desktop_app.storage.instants import to_text

if TYPE_CHECKING:
    from desktop_app.domain.actor import Actor
    from desktop_app.storage.store import Store

_FIND = "SELECT proved_at, public, sealed, nonce, salt, memory, passes, lanes FROM author WHERE login = ?"
_SAVE = """
INSERT INTO author (login, proved_at, public, sealed, nonce, salt, memory, passes, lanes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (login) DO UPDATE SET proved_at = excluded.proved_at, public = excluded.public, sealed = excluded.sealed,
    nonce = excluded.nonce, salt = excluded.salt, memory = excluded.memory, passes = excluded.passes,
    lanes = excluded.lanes
"""


class StoreAuthors:
    """Who has signed in on this device, with their sealed keys."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find_author(self, login: str) -> Author | None:
        with self._store.glancing() as driver:
            row = driver.execute(_FIND, (login,)).fetchone()
        if row is None:
            return None
        proved_at, *key = row
        return Author(login, SealedKey(*key), datetime.fromisoformat(proved_at))

    def save_author(self, author: Author) -> None:
        key = author.key
        sealed = (key.public, key.sealed, key.nonce, key.salt, key.memory, key.passes, key.lanes)
        with self._store.writing() as writes:
            writes.driver.execute(_SAVE, (author.login, to_text(author.proved_at), *sealed))

    def author_logins(self) -> tuple[str, ...]:
        with self._store.glancing() as driver:
            return tuple(login for (login,) in driver.execute("SELECT login FROM author ORDER BY proved_at DESC"))

    def find_staff(self, login: str) -> Actor | None:
        with self._store.reading() as reads:
            return reads.find_staff(login)
