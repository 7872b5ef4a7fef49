"""The documents of requests on this workstation: kept, wanted, read; `storage` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desktop_app.application.ports.store_trouble import KeepsNoDocumentsError
from desktop_app.domain.attachments import Attachment


class TransferState(StrEnum):
    """`WAITING` to be sent, `HELD` here and at the centre, `WANTED` from there, `REFUSED` by it."""

    WAITING = "waiting"
    HELD = "held"
    WANTED = "wanted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Transfer:
    """`done` of `size` bytes have gone over. `trouble` says in a word why the centre refused the content."""

    state: TransferState
    done: int
    size: int
    trouble: str = ""


class Attachments(Protocol):
    """Every method may raise StoreFailedError, and then nothing was kept."""

    def keep(self, request_id: str, document: Attachment, data: bytes, at: datetime) -> None:
        """Keeps the bytes until the centre holds them."""

    def discard(self, digest: str) -> None:
        """Forgets bytes that were kept for a command that was then refused."""

    def want(self, request_id: str, document: Attachment, at: datetime) -> None:
        """Has it fetched with the next rounds; harmless for what is here."""

    def transfers(self, digests: Sequence[str]) -> Mapping[str, Transfer]:
        """By digest; what is not known here is not in it."""

    def read(self, digest: str) -> bytes | None:
        """The whole document; None while it is not here, or when what is here is damaged."""


class NoAttachments:
    """A workplace without documents: it has none to show, and refuses to take or to fetch one."""

    def keep(self, request_id: str, document: Attachment, data: bytes, at: datetime) -> None:
        """Raises KeepsNoDocumentsError."""
        raise KeepsNoDocumentsError

    def discard(self, digest: str) -> None:
        """Nothing was kept that there would be to forget."""

    def want(self, request_id: str, document: Attachment, at: datetime) -> None:
        """Raises KeepsNoDocumentsError."""
        raise KeepsNoDocumentsError

    def transfers(self, digests: Sequence[str]) -> Mapping[str, Transfer]:
        return {}

    def read(self, digest: str) -> bytes | None:
        return None
