"""One process at a time has a store open. The lock is the operating system's: it ends with the process, however."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import IO

from desktop_app.application.ports.store_trouble import StoreInUseError


class StoreLock:
    """Held inside a `with` block. Entering raises StoreInUseError while another process (or block) holds it."""

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file: IO[bytes] | None = None

    def __enter__(self) -> StoreLock:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def take(self) -> None:
        """As entering the block."""
        file = self._path.open("ab")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise StoreInUseError(str(self._path.parent)) from error
        self._file = file

    def release(self) -> None:
        """As leaving the block. The file stays: taking it away would let two processes lock two files."""
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
