"""Instants as text that sorts: UTC, always the same width."""

from __future__ import annotations

from datetime import UTC, datetime

NEVER = "~"
"""Sorts after every instant: not due yet."""


def to_text(at: datetime) -> str:
    """Of an aware datetime."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
