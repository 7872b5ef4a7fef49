"""`application.ports.drafts.Drafts` over the store: what was typed is durable as soon as `save` returns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.storage import tables
from desktop_app.storage.instants import to_text
from desktop_app.storage.store import Store
from desktop_app.wire.codec import decode, encode

_draft = tables.draft
_KEY = ("form", "key")


class StoreDrafts:
    """Safe to call from any thread. Raises StoreFailedError when the disk fails; the draft before is then kept."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, draft: FormDraft) -> None:
        statement = insert(_draft).values(
            form=draft.form, key=draft.key, saved_at=to_text(draft.saved_at), fields=encode(draft).decode()
        )
        with self._store.writing() as writes:
            writes.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=_KEY,
                    set_={"saved_at": statement.excluded.saved_at, "fields": statement.excluded.fields},
                )
            )

    def find(self, form: str, key: str) -> FormDraft | None:
        with self._store.reading() as reads:
            found = reads.connection.execute(select(_draft.c.fields).where(_draft.c.form == form, _draft.c.key == key))
            row = found.one_or_none()
            return _draft_of(row) if row else None

    def all_of(self, form: str) -> tuple[FormDraft, ...]:
        """The last saved first."""
        wanted = select(_draft.c.fields).where(_draft.c.form == form).order_by(_draft.c.saved_at.desc(), _draft.c.key)
        with self._store.reading() as reads:
            return tuple(_draft_of(row) for row in reads.connection.execute(wanted))

    def discard(self, form: str, key: str) -> None:
        with self._store.writing() as writes:
            writes.connection.execute(delete(_draft).where(_draft.c.form == form, _draft.c.key == key))


def _draft_of(row: Row[Any]) -> FormDraft:
    return decode(row[0], FormDraft)
