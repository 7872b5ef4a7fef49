"""`application.ports.drafts.Drafts` over the store: what was typed is durable as soon as `save` returns."""

from __future__ import annotations

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.storage.instants import to_text
from desktop_app.storage.store import Store
from desktop_app.wire.codec import decode, encode

_SAVE = """
INSERT INTO draft (form, key, saved_at, fields) VALUES (?, ?, ?, ?)
ON CONFLICT (form, key) DO UPDATE SET saved_at = excluded.saved_at, fields = excluded.fields
"""
_FIND = "SELECT fields FROM draft WHERE form = ? AND key = ?"
_ALL = "SELECT fields FROM draft WHERE form = ? ORDER BY saved_at DESC, key"
_DISCARD = "DELETE FROM draft WHERE form = ? AND key = ?"


class StoreDrafts:
    """Safe to call from any thread. Raises StoreFailedError when the disk fails; the draft before is then kept."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, draft: FormDraft) -> None:
        fields = encode(draft).decode()
        with self._store.writing() as writes:
            writes.driver.execute(_SAVE, (draft.form, draft.key, to_text(draft.saved_at), fields))

    def find(self, form: str, key: str) -> FormDraft | None:
        with self._store.glancing() as driver:
            found = driver.execute(_FIND, (form, key)).fetchone()
        return decode(found[0], FormDraft) if found else None

    def all_of(self, form: str) -> tuple[FormDraft, ...]:
        """The last saved first."""
        with self._store.glancing() as driver:
            return tuple(decode(fields, FormDraft) for (fields,) in driver.execute(_ALL, (form,)))

    def discard(self, form: str, key: str) -> None:
        with self._store.writing() as writes:
            writes.driver.execute(_DISCARD, (form, key))
