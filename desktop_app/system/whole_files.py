"""Small files that are written whole or not at all, and files that are taken away with what was in them."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

_CHUNK = 1 << 20


def write_whole(place: Path, content: bytes) -> None:
    """For its owner alone, and on the disk when it returns. Raises OSError; what stood there then still stands."""
    fresh = place.with_name(f"{place.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)
    _sync_folder(place.parent)


def wipe(place: Path) -> None:
    """Writes chance over the file's bytes, has the disk take it, and takes the file away; harmless where there is none.

    A drive that writes elsewhere what is written over (most flash does) may keep the old bytes out of a file
    system's reach. Raises OSError.
    """
    try:
        file = place.open("r+b")
    except FileNotFoundError:
        return
    with file:
        left = file.seek(0, os.SEEK_END)
        file.seek(0)
        while left > 0:
            left -= file.write(secrets.token_bytes(min(left, _CHUNK)))
        file.flush()
        os.fsync(file.fileno())
    place.unlink()
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    """A name that was changed is on the disk once its folder is. Windows has no such call and needs none."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
