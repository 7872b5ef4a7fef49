"""`application.ports.authors.Authors` over the store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.application.ports.authors import Author, SealedKey
from desktop_app.domain.actor import Actor
from desktop_app.storage import tables
from desktop_app.storage.instants import to_text
from desktop_app.storage.store import Store

_author = tables.author


class StoreAuthors:
    """Who has signed in on this device, with their sealed keys."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find_author(self, login: str) -> Author | None:
        with self._store.reading() as reads:
            row = reads.connection.execute(select(_author).where(_author.c.login == login)).one_or_none()
        if row is None:
            return None
        key = SealedKey(row.public, row.sealed, row.nonce, row.salt, row.memory, row.passes, row.lanes)
        return Author(row.login, key, datetime.fromisoformat(row.proved_at))

    def save_author(self, author: Author) -> None:
        key = author.key
        values = {
            "proved_at": to_text(author.proved_at),
            "public": key.public,
            "sealed": key.sealed,
            "nonce": key.nonce,
            "salt": key.salt,
            "memory": key.memory,
            "passes": key.passes,
            "lanes": key.lanes,
        }
        statement = insert(_author).values(login=author.login, **values)
        with self._store.writing() as writes:
            writes.connection.execute(statement.on_conflict_do_update(index_elements=["login"], set_=values))

    def author_logins(self) -> tuple[str, ...]:
        with self._store.reading() as reads:
            found = reads.connection.execute(select(_author.c.login).order_by(_author.c.proved_at.desc()))
            return tuple(found.scalars())

    def find_staff(self, login: str) -> Actor | None:
        with self._store.reading() as reads:
            return reads.find_staff(login)
