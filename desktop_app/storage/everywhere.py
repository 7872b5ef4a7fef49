"""What every workstation holds and every screen starts from: the reference data, and the staff."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.domain.actor import Actor
from desktop_app.domain.reference import Reference
from desktop_app.wire.codec import decode

if TYPE_CHECKING:
    from desktop_app.storage.opening import Driver

_decoding = threading.Lock()


def reference(driver: Driver) -> Reference:
    """Empty before the first contact with the centre: then nothing can be lodged."""
    found = driver.execute("SELECT body FROM reference").fetchone()
    if found is None:
        return Reference()
    # A start asks on several threads at once.
    with _decoding:
        return _reference(found[0])


@lru_cache(maxsize=2)
def _reference(body: bytes) -> Reference:
    """Decoded once: it is large, rarely changes, and every decision asks for it."""
    return decode(body, Reference)


def all_staff(driver: Driver) -> tuple[Actor, ...]:
    return _staff(tuple(body for (body,) in driver.execute("SELECT body FROM staff ORDER BY id")))


@lru_cache(maxsize=2)
def _staff(bodies: tuple[bytes, ...]) -> tuple[Actor, ...]:
    return tuple(decode(body, Actor) for body in bodies)
