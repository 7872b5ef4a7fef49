"""The lists that certificates are checked against, signed by the registrar as time goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from desktop_app.application.certificate_keys import KeyBook, SigningKey, key_list, signed_keys, signed_revocations
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.key_token import SigningUnavailableError
from desktop_app.domain.certificate_check import RevocationList

_log = structlog.get_logger(__name__)

EVERY = timedelta(minutes=10)
AGAIN = timedelta(seconds=10)
"""After which it is tried again, where what signs could not be reached."""


@dataclass(frozen=True, slots=True)
class SignedLists:
    """The public half of the list key, and the two lists that it signed."""

    list_key: bytes
    keys: bytes
    revocations: bytes


@dataclass(frozen=True, slots=True)
class CentreSigning:
    """What the registrar signs with: the opened list key and certificate key, and the book they are of."""

    book: KeyBook
    lists: SigningKey
    certify: Certifier

    def signed(self, revocations: RevocationList) -> SignedLists:
        keys = key_list(self.book, revocations.dated)
        return SignedLists(
            self.lists.public, signed_keys(keys, self.lists), signed_revocations(revocations, self.lists)
        )


class ListSigning(Protocol):
    """What signs the lists: `CentreSigning`, or what follows its key file."""

    @property
    def book(self) -> KeyBook: ...

    def signed(self, revocations: RevocationList) -> SignedLists: ...


class ListShelf(Protocol):
    """The centre's tables. May raise CentreTroubleError."""

    def revocations(self, now: datetime) -> RevocationList: ...

    def keep_lists(self, lists: SignedLists, at: datetime) -> None: ...


class ListPublisher:
    """Not safe across threads."""

    def __init__(self, shelf: ListShelf, signing: ListSigning, clock: Clock) -> None:
        self._shelf = shelf
        self._signing = signing
        self._clock = clock
        self._last: datetime | None = None
        self._book: KeyBook | None = None

    def publish_what_is_due(self) -> bool:
        """Signs at the start, whenever the lists are ten minutes old, and as soon as a key was rotated or revoked; says
        whether it did. May be called often."""
        now, book = self._clock.now(), self._signing.book
        if self._last is not None and timedelta() <= now - self._last < EVERY and book == self._book:
            return False
        try:
            lists = self._signing.signed(self._shelf.revocations(now))
        except SigningUnavailableError as why:
            _log.warning("the lists of certificates are not signed", trouble=str(why))
            self._last, self._book = now - EVERY + AGAIN, book
            return False
        self._shelf.keep_lists(lists, now)
        # Not before they are kept: what was revoked is told at the next try, and not in ten minutes.
        self._last, self._book = now, book
        return True
