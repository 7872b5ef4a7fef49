"""What every workstation holds and every screen starts from: the reference data, and the staff."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.domain.actor import Actor
from desktop_app.wire.codec import decode

if TYPE_CHECKING:
    from desktop_app.domain.reference import Reference
    from desktop_app.storage.opening import Driver


def reference(driver: Driver) -> Reference:
    """Empty before the first contact with the centre: then nothing can be lodged."""
    found = driver.execute("SELECT body FROM reference").fetchone()
    return _reference(found[0] if found is not None else b"{}")


@lru_cache(maxsize=2)
def _reference(body: bytes) -> Reference:
    """Decoded once: it is large, rarely changes, and every decision asks for it."""
    # Lists do with `queue.ground`, and without the rules of fees.
    from desktop_app.domain.reference import Reference

    return decode(body, Reference)


def all_staff(driver: Driver) -> tuple[Actor, ...]:
    return _staff(tuple(body for (body,) in driver.execute("SELECT body FROM staff ORDER BY id")))


@lru_cache(maxsize=2)
def _staff(bodies: tuple[bytes, ...]) -> tuple[Actor, ...]:
    return tuple(decode(body, Actor) for body in bodies)
