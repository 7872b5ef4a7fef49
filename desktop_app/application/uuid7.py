"""UUIDv7 (RFC 9562): identities that sort roughly by when they were made. Identity, never order."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

_VERSION, _VARIANT = 0x7, 0b10


def uuid7(at: datetime, randomness: int | None = None) -> str:
    """A fresh identity made `at` (UTC). `randomness` (74 bits) is drawn from the system unless it is given."""
    millis = int(at.timestamp() * 1000) & 0xFFFFFFFFFFFF
    drawn = secrets.randbits(74) if randomness is None else randomness
    high, low = drawn >> 62 & 0xFFF, drawn & (1 << 62) - 1
    return str(UUID(int=millis << 80 | _VERSION << 76 | high << 64 | _VARIANT << 62 | low))
