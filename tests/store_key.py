"""The key of the tests' stores. A program's own key lies in the keyring."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.storage.opening import PageSeal, StoreKey

STORE_KEY = StoreKey(bytes(range(32)))


def sealed_with(seal: PageSeal) -> StoreKey:
    """The same key, of a store that is sealed so."""
    return replace(STORE_KEY, seal=seal)
