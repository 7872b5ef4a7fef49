"""Digests of facts, and sums of them that do not depend on any order: how two sides find out that they hold the same.

A fact's digest is SHA-256 of its kind, id and canonical body with a zero byte between, read as a whole number (big
end first). What a branch holds of a kind is told by how many facts there are and by the sum of their digests modulo
2²⁵⁶. It finds what went wrong by itself; that nobody made it go wrong is the chain's affair (`wire.audit`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

MODULUS = 1 << 256
BUCKETS = 256


@dataclass(frozen=True, slots=True)
class Holding:
    """How many facts there are, and the sum of their digests."""

    held: int = 0
    total: int = 0


NOTHING = Holding()


def fact_digest(kind: str, identity: str, body: bytes) -> int:
    """The digest of one fact."""
    # A zero byte stands in no kind, no id and no JSON: three parts can be joined in one way only.
    return int.from_bytes(hashlib.sha256(b"\0".join((kind.encode(), identity.encode(), body))).digest())


def digest_hex(digest: int) -> str:
    """As it stands in the audit chain."""
    return f"{digest:064x}"


def with_change(holding: Holding, before: int | None, after: int | None) -> Holding:
    """After the fact of digest `before` (None: there was none) has become one of digest `after` (None: it is gone)."""
    return Holding(
        held=holding.held + (after is not None) - (before is not None),
        total=(holding.total + (after or 0) - (before or 0)) % MODULUS,
    )


def bucket_of(identity: str) -> int:
    """Which of the `BUCKETS` an id falls into: the first byte of its SHA-256, because ids themselves begin alike."""
    return hashlib.sha256(identity.encode()).digest()[0]
