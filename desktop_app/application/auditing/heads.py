"""Signed heads: when the centre signs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.signer import Signer
from desktop_app.wire.audit import Head, SignedHead, bytes_to_sign
from desktop_app.wire.codec import encode

EVERY_ENTRIES = 200
EVERY = timedelta(minutes=5)
"""A head is signed when its chain has grown by so many entries, or at all and so long ago."""
_LOOK_EVERY = timedelta(seconds=5)
"""Decisions wait for nobody who looks whether something is to be signed."""


@dataclass(frozen=True, slots=True)
class Tip:
    """Where one chain stands, and how far it was signed, when (None: never)."""

    branch: int
    position: int
    hash: bytes
    epoch: str
    signed_position: int
    signed_at: datetime | None


class HeadBook(Protocol):
    """The centre's table of signed heads. May raise CentreTroubleError."""

    def unsigned_tips(self) -> Sequence[Tip]:
        """The chains that have grown since their last head."""

    def keep_heads(self, heads: Iterable[SignedHead]) -> None: ...


class HeadSigner:
    """Signs with the centre's audit key. Not safe across threads."""

    def __init__(self, book: HeadBook, key: Signer, clock: Clock) -> None:
        self._book = book
        self._key = key
        self._clock = clock
        self._looked_at: datetime | None = None

    def sign_what_is_due(self) -> int:
        """Signs the heads that have grown enough or waited enough; returns how many. Harmless to call often."""
        now = self._clock.now()
        if self._looked_at is not None and timedelta() <= now - self._looked_at < _LOOK_EVERY:
            return 0
        self._looked_at = now
        return self._sign([tip for tip in self._book.unsigned_tips() if _is_due(tip, now)])

    def sign_all(self) -> int:
        """Signs every head that has grown at all: when the registrar stops."""
        return self._sign(self._book.unsigned_tips())

    def _sign(self, tips: Sequence[Tip]) -> int:
        now = self._clock.now()
        heads = []
        for tip in tips:
            head = Head(branch=tip.branch, position=tip.position, hash=tip.hash.hex(), epoch=tip.epoch, signed_at=now)
            statement = encode(head)
            signature = self._key.sign(bytes_to_sign(statement))
            heads.append(SignedHead(statement=statement, signature=signature, key=self._key.public))
        if heads:
            self._book.keep_heads(heads)
        return len(heads)


def _is_due(tip: Tip, now: datetime) -> bool:
    if tip.signed_at is None or tip.position - tip.signed_position >= EVERY_ENTRIES:
        return True
    return not timedelta() <= now - tip.signed_at < EVERY
