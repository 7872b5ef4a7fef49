"""Who has signed in on this device, and the sealed keys they sign with here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.domain.actor import Actor


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A person's Ed25519 key on this device, sealed (AES-GCM) under Argon2id of the password.

    `memory` is in KiB. Everything but the password that opening it needs stands here.
    """

    public: bytes
    sealed: bytes
    nonce: bytes
    salt: bytes
    memory: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who has signed in here with the centre's word at least once; `proved_at` is the last time (UTC)."""

    login: str
    key: SealedKey
    proved_at: datetime


class Authors(Protocol):
    """The part of the store that sign-in needs."""

    def find_author(self, login: str) -> Author | None: ...

    def save_author(self, author: Author) -> None:
        """Adds or replaces."""

    def author_logins(self) -> tuple[str, ...]:
        """Who has signed in here, the last one first."""

    def find_staff(self, login: str) -> Actor | None: ...
