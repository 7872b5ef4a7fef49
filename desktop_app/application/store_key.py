"""The key of this workstation's store: random, made with the store, kept where machine secrets lie."""

from __future__ import annotations

import errno

from desktop_app.application.ports.secrets import Secrets

KEY_BYTES = 32


class StoreKeyMissingError(OSError):
    """There is a store, and its key is not where this machine's secrets lie: the store came from another machine or
    profile, or the keyring was emptied. Nothing can be read, and nothing is touched."""

    def __init__(self, device: str) -> None:
        super().__init__(errno.ENOENT, f"the key of {device}'s store is not among this machine's secrets")


def name_of(device: str) -> str:
    """Under which name a device's store key lies."""
    return f"{device}/store-key"


def get_store_key(secrets: Secrets, device: str, *, stands: bool) -> bytes:
    """The key; a new one, kept before it is used, where no store `stands` yet.

    Raises StoreKeyMissingError, or NoKeyringError where the secrets cannot be asked for.
    """
    held = secrets.find(name_of(device))
    if held is not None:
        return held
    if stands:
        raise StoreKeyMissingError(device)
    import secrets as chance

    made = chance.token_bytes(KEY_BYTES)
    secrets.put(name_of(device), made)
    return made
