"""Signed heads: when they are signed, and whether one is what the centre signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desktop_app.application.ports.clock import Clock
from desktop_app.application.ports.signer import Signer
from desktop_app.wire.audit import Head, SignedHead, bytes_to_sign, head_of
from desktop_app.wire.codec import MalformedError, encode

EVERY_ENTRIES = 200
EVERY = timedelta(minutes=5)
"""A head is signed when its chain has grown by so many entries, or at all and so long ago."""


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

    def sign_what_is_due(self) -> int:
        """Signs the heads that have grown enough or waited enough; returns how many."""
        now = self._clock.now()
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


def proved_head(signed: SignedHead, key: bytes) -> Head | None:
    """What the head says, if it was signed with this public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if signed.key != key:
        return None
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed.signature, bytes_to_sign(signed.statement))
        return head_of(signed)
    except (InvalidSignature, ValueError, MalformedError):
        return None
