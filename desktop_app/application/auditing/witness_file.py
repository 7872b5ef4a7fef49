"""Signed heads as a file that an outside witness keeps: one JSON object a line (docs/audit.md)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_app.wire.audit import SignedHead
from desktop_app.wire.codec import decode, encode


def write_heads(path: Path, heads: Iterable[SignedHead]) -> int:
    """Adds the heads that the file does not hold yet; returns how many. What a witness has is never taken away.

    Raises OSError, or MalformedError where the file holds something else.
    """
    held = set(read_heads_file(path)) if path.exists() else set()
    fresh = [head for head in heads if head not in held]
    with path.open("ab") as file:
        for head in fresh:
            file.write(encode(head) + b"\n")
    return len(fresh)


def read_heads_file(path: Path) -> tuple[SignedHead, ...]:
    """Raises OSError, MalformedError."""
    return tuple(decode(line, SignedHead) for line in path.read_bytes().splitlines() if line.strip())
