"""The private key of this device's certificate: made here, kept where machine secrets lie, and never written out."""

from __future__ import annotations

import errno

from desktop_app.application.ports.secrets import Secrets
from desktop_app.application.settings import WorkstationSettings


class DeviceKeyMissingError(OSError):
    """The settings name a key that is not where this machine's secrets lie: they came from another machine."""

    def __init__(self, device: str) -> None:
        super().__init__(errno.ENOENT, f"the key of {device}'s certificate is not among this machine's secrets")


def name_for(device: str, certificate: bytes) -> str:
    """Under which name the key of this certificate lies: each renewal has its own, so that one that breaks off in the
    middle leaves the pair that was there."""
    # A window that can tell of a missing key must not load it.
    import hashlib

    return f"{device}/device-key/{hashlib.sha256(certificate).hexdigest()[:16]}"


def get_device_key(secrets: Secrets, settings: WorkstationSettings) -> bytes:
    """The key (PEM). Raises DeviceKeyMissingError, or as `Secrets` does."""
    key = secrets.find(settings.centre.key)
    if key is None:
        raise DeviceKeyMissingError(settings.device)
    return key
