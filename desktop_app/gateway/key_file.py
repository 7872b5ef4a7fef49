"""The device's private key as libpq takes it: a file, which is never readable to whoever finds it.

The key is sealed under a password of this one moment that lies in memory alone, and the file goes as soon as the
connection stands.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def key_file(key: bytes) -> Iterator[tuple[str, str]]:
    """Path and password of a file with this key (PEM, open); gone when the block ends. Raises OSError."""
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
        load_pem_private_key,
    )

    password = secrets.token_urlsafe(24)
    opened = load_pem_private_key(key, password=None)
    sealed = opened.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password.encode()))
    with TemporaryDirectory(prefix="tajzia-") as folder:
        place = Path(folder) / "device.key"
        with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(sealed)
        yield str(place), password
