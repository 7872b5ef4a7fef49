"""The key of the tests' stores. A program's own key lies in the keyring."""

from __future__ import annotations

from desktop_app.storage.opening import StoreKey

STORE_KEY = StoreKey(bytes(range(32)))
