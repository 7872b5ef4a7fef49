"""Where this machine's own secrets lie, as a port: the operating system's keyring, or a file under a passphrase."""

from __future__ import annotations

import errno
from typing import Protocol


class NoKeyringError(OSError):
    """This machine has no keyring that keeps a secret. Nothing is ever kept in plain text instead."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.ENOENT, why)


class KeyringLockedError(OSError):
    """There is a keyring, and it is locked or gives nothing away. What lies in it is as it was."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.EACCES, why)


class PassphraseNeededError(OSError):
    """Machine secrets lie under a passphrase here that nobody has typed yet; with `new` one is to be chosen."""

    def __init__(self, *, new: bool) -> None:
        super().__init__(errno.EACCES, "a passphrase is needed, under which the keys of this computer lie")
        self.new = new


class WrongPassphraseError(OSError):
    """The passphrase does not open the file, or the file is not as it was written. It is as it was."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "the passphrase does not open the machine's secrets")


class SealDamagedError(OSError):
    """The file that holds the sealed secrets cannot be read as one."""

    def __init__(self, place: str) -> None:
        super().__init__(errno.EIO, "the sealed secrets cannot be read", place)


class Secrets(Protocol):
    """Machine secrets by name. Every method raises one of the errors above rather than keep a secret in the clear."""

    def find(self, name: str) -> bytes | None: ...

    def put(self, name: str, secret: bytes) -> None:
        """Durable when it returns."""

    def forget(self, name: str) -> None:
        """Harmless where there is none."""


class Vault(Secrets, Protocol):
    """Secrets under a passphrase. Its methods as `Secrets` raise PassphraseNeededError until it is open."""

    def stands(self) -> bool:
        """Whether somebody has chosen a passphrase here. A look at the folder, nothing more."""

    def is_open(self) -> bool: ...

    def open(self, passphrase: str) -> None:
        """Raises WrongPassphraseError, SealDamagedError or another OSError. Takes about a second."""

    def choose(self, passphrase: str) -> None:
        """Makes an empty vault and opens it. Raises FileExistsError where one stands, or another OSError."""
