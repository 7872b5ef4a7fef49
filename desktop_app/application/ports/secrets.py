"""The operating system's keyring as a port: where this machine's own secrets lie, and nowhere else."""

from __future__ import annotations

from typing import Protocol


class NoKeyringError(OSError):
    """This machine has no keyring that can be used, or it is locked. There is no other place for a secret."""


class Secrets(Protocol):
    """Machine secrets by name. Every method raises NoKeyringError rather than keep a secret in any other way."""

    def find(self, name: str) -> bytes | None: ...

    def put(self, name: str, secret: bytes) -> None: ...

    def forget(self, name: str) -> None:
        """Harmless where there is none."""
