"""The bytes of documents on their way: asked for, sent and fetched in chunks; what breaks off goes on from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

CHUNK = 256 * 1024
"""Bytes in a chunk: half a second on a bad line."""
WHOLE = -1
"""What the centre says of a document that it has whole from this device."""


class AttachmentRefusedError(ValueError):
    """The centre does not take this content: its hash, its size or its type is not what was said. Never retried."""


class AttachmentsFullError(Exception):
    """The centre takes no further document of this device until requests name those that it has."""


@runtime_checkable
class AttachmentLink(Protocol):
    """What a connection to the centre can do with documents. Every method may raise CentreUnreachableError."""

    def held_attachments(self, digests: Sequence[str]) -> Mapping[str, int]:
        """How many bytes of each the centre has of this device: `WHOLE` for all of them. What it has of others it does
        not tell: a document is sent by each device that names it."""

    def put_attachment(self, digest: str, size: int, offset: int, data: bytes) -> int:
        """Sends a chunk; returns as `held_attachments`. The same again is harmless. Raises AttachmentRefusedError and
        AttachmentsFullError."""

    def fetch_attachment(self, digest: str, offset: int, limit: int) -> bytes | None:
        """A piece of a document that somebody here may see; None when there is none such."""


@dataclass(frozen=True, slots=True)
class Moving:
    """A document under way; `done` of `size` bytes have gone over."""

    digest: str
    size: int
    done: int


class AttachmentStore(Protocol):
    """The workstation's side; each call is a transaction of its own."""

    def outgoing(self) -> Sequence[Moving]: ...
    def incoming(self) -> Sequence[Moving]: ...
    def chunk(self, digest: str, offset: int) -> bytes:
        """What is here from `offset` to the end of its chunk."""

    def note_done(self, digest: str, done: int) -> None: ...
    def note_held(self, digest: str) -> None: ...
    def note_refused(self, digest: str, why: str) -> None: ...
    def take(self, digest: str, offset: int, data: bytes) -> None: ...
    def finish(self, digest: str) -> bool:
        """All bytes are here: False, and they are thrown away, when they are not what their name says."""


class Transfers:
    """Sends what waits and fetches what is wanted."""

    def __init__(self, store: AttachmentStore) -> None:
        self._store = store

    def send(self, link: AttachmentLink) -> int:
        """Returns how many documents the centre holds now that it did not before. The rest waits for the next round
        where the centre takes no more before it has the commands that name them."""
        waiting = self._store.outgoing()
        if not waiting:
            return 0
        held = link.held_attachments([one.digest for one in waiting])
        sent = 0
        for one in waiting:
            try:
                self._send(link, one, held.get(one.digest, 0))
            except AttachmentRefusedError as why:
                self._store.note_refused(one.digest, str(why))
            except AttachmentsFullError:
                break
            else:
                sent += 1
        return sent

    def _send(self, link: AttachmentLink, one: Moving, reached: int) -> None:
        while reached != WHOLE:
            self._store.note_done(one.digest, reached)
            data = self._store.chunk(one.digest, reached)
            if not data:
                raise AttachmentRefusedError("incomplete")
            reached = link.put_attachment(one.digest, one.size, reached, data)
        self._store.note_held(one.digest)

    def fetch(self, link: AttachmentLink) -> tuple[int, tuple[str, ...]]:
        """Returns how many came, and the digests of what was damaged: it is asked for again in the next round."""
        came, damaged = 0, []
        for one in self._store.incoming():
            reached = one.done
            while reached < one.size:
                data = link.fetch_attachment(one.digest, reached, CHUNK - reached % CHUNK)
                if not data:
                    break
                self._store.take(one.digest, reached, data)
                reached += len(data)
            if reached < one.size:
                continue
            if self._store.finish(one.digest):
                came += 1
            else:
                damaged.append(one.digest)
        return came, tuple(damaged)
