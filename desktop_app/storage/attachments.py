"""The bytes of attached documents on this workstation: in chunks inside the store, never as files beside it.

What was attached here waits until the centre holds it; what was attached elsewhere is fetched when somebody wants it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from desktop_app.application.ports.attachments import Transfer, TransferState
from desktop_app.domain.attachments import Attachment
from desktop_app.storage.instants import to_text
from desktop_app.storage.opening import Driver
from desktop_app.storage.store import Store
from desktop_app.sync.attachments import CHUNK, Moving

_ADD = """
INSERT INTO attachment (digest, request_id, size, state, done, trouble, added_at) VALUES (?, ?, ?, ?, 0, '', ?)
ON CONFLICT (digest) DO UPDATE SET state = excluded.state, done = 0, trouble = ''
    WHERE attachment.state IN ('refused', 'wanted')
"""
_MOVING = "SELECT digest, size, done FROM attachment WHERE state = ? ORDER BY added_at, digest"


class StoreAttachments:
    """`application.ports.attachments.Attachments` and `sync.attachments.AttachmentStore` over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, request_id: str, document: Attachment, data: bytes, at: datetime) -> None:
        with self._store.writing() as writes:
            writes.driver.execute(_ADD, (document.digest, request_id, len(data), TransferState.WAITING, to_text(at)))
            _keep_all(writes.driver, document.digest, data)

    def discard(self, digest: str) -> None:
        with self._store.writing() as writes:
            for table in ("attachment_chunk", "attachment"):
                writes.driver.execute(f"DELETE FROM {table} WHERE digest = ?", (digest,))

    def want(self, request_id: str, document: Attachment, at: datetime) -> None:
        with self._store.writing() as writes:
            writes.driver.execute(
                "INSERT INTO attachment (digest, request_id, size, state, done, trouble, added_at)"
                " VALUES (?, ?, ?, 'wanted', 0, '', ?) ON CONFLICT DO NOTHING",
                (document.digest, request_id, document.size, to_text(at)),
            )

    def transfers(self, digests: Sequence[str]) -> Mapping[str, Transfer]:
        asked = ", ".join("?" * len(digests))
        with self._store.glancing() as driver:
            rows = driver.execute(
                f"SELECT digest, state, done, size, trouble FROM attachment WHERE digest IN ({asked})", tuple(digests)
            ).fetchall()
        return {row[0]: Transfer(TransferState(row[1]), row[2], row[3], row[4]) for row in rows}

    def read(self, digest: str) -> bytes | None:
        with self._store.glancing() as driver:
            whole = driver.execute(
                "SELECT size FROM attachment WHERE digest = ? AND state <> 'wanted'", (digest,)
            ).fetchone()
            if whole is None:
                return None
            data = b"".join(_chunks(driver, digest))
        return data if hashlib.sha256(data).hexdigest() == digest else None

    # sync.attachments.AttachmentStore

    def outgoing(self) -> Sequence[Moving]:
        return self._moving(TransferState.WAITING)

    def incoming(self) -> Sequence[Moving]:
        return self._moving(TransferState.WANTED)

    def chunk(self, digest: str, offset: int) -> bytes:
        with self._store.glancing() as driver:
            found = driver.execute(
                "SELECT data FROM attachment_chunk WHERE digest = ? AND part = ?", (digest, offset // CHUNK)
            ).fetchone()
        return bytes(found[0])[offset % CHUNK :] if found is not None else b""

    def note_done(self, digest: str, done: int) -> None:
        self._set(digest, "done = ?", done)

    def note_held(self, digest: str) -> None:
        self._set(digest, "state = 'held', done = size, trouble = ?", "")

    def note_refused(self, digest: str, why: str) -> None:
        self._set(digest, "state = 'refused', trouble = ?", why)

    def take(self, digest: str, offset: int, data: bytes) -> None:
        with self._store.writing() as writes:
            writes.driver.execute(
                "INSERT INTO attachment_chunk (digest, part, data) VALUES (?, ?, ?)"
                " ON CONFLICT (digest, part) DO UPDATE SET data = excluded.data",
                (digest, offset // CHUNK, data),
            )
            writes.driver.execute("UPDATE attachment SET done = ? WHERE digest = ?", (offset + len(data), digest))

    def finish(self, digest: str) -> bool:
        with self._store.writing() as writes:
            sound = hashlib.sha256(b"".join(_chunks(writes.driver, digest))).hexdigest() == digest
            if sound:
                writes.driver.execute("UPDATE attachment SET state = 'held' WHERE digest = ?", (digest,))
            else:
                writes.driver.execute("DELETE FROM attachment_chunk WHERE digest = ?", (digest,))
                writes.driver.execute("UPDATE attachment SET done = 0 WHERE digest = ?", (digest,))
        return sound

    def _moving(self, state: TransferState) -> Sequence[Moving]:
        with self._store.glancing() as driver:
            return tuple(Moving(*row) for row in driver.execute(_MOVING, (state.value,)))

    def _set(self, digest: str, change: str, value: object) -> None:
        with self._store.writing() as writes:
            writes.driver.execute(f"UPDATE attachment SET {change} WHERE digest = ?", (value, digest))


def _keep_all(driver: Driver, digest: str, data: bytes) -> None:
    driver.executemany(
        "INSERT INTO attachment_chunk (digest, part, data) VALUES (?, ?, ?)"
        " ON CONFLICT (digest, part) DO UPDATE SET data = excluded.data",
        [(digest, at // CHUNK, data[at : at + CHUNK]) for at in range(0, len(data), CHUNK)],
    )


def _chunks(driver: Driver, digest: str) -> list[bytes]:
    rows = driver.execute("SELECT data FROM attachment_chunk WHERE digest = ? ORDER BY part", (digest,))
    return [bytes(data) for (data,) in rows]
