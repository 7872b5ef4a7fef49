"""Signing as a port: the key of the person who is signed in, opened for as long as the session lasts."""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    def sign(self, payload: bytes) -> bytes:
        """The Ed25519 signature over exactly these bytes (64 bytes)."""

    @property
    def public(self) -> bytes:
        """The public key, 32 raw bytes."""
