"""Which documents were attached here and are not at the centre yet: what the rules ask, inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.storage.opening import Driver


def unsent_attachments(driver: Driver, digests: Sequence[str]) -> tuple[str, ...]:
    """Those that were attached here and have not been acknowledged by the centre."""
    asked = ", ".join("?" * len(digests))
    found = driver.execute(
        f"SELECT digest FROM attachment WHERE state IN ('waiting', 'refused') AND digest IN ({asked})", tuple(digests)
    )
    unsent = {digest for (digest,) in found}
    return tuple(digest for digest in digests if digest in unsent)
