"""Keys that never leave a token (PKCS #11: a hardware security module): what the centre asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.wire.raw_signature import KeyKind


class SigningUnavailableError(OSError):
    """What signs cannot be reached, or is locked: nothing was signed, and nothing else is wrong. The text says why."""


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a token is: the PKCS #11 library of its maker, the token's label and its serial number."""

    module: str
    label: str
    serial: str


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key in a token: its public half (`wire.raw_signature`), and the name that it has there (CKA_ID)."""

    public: bytes
    name: bytes


class KeyToken(Protocol):
    """An opened token. Both raise SigningUnavailableError."""

    @property
    def place(self) -> TokenPlace: ...

    def make_key(self, label: str, kind: KeyKind | None = None) -> TokenKey:
        """A fresh key, made inside; its private half is never seen. Without `kind` it is of Ed25519 where the token can
        make one, else of P-256. `label` is for people who look into the token."""

    def sign(self, key: TokenKey, data: bytes) -> bytes:
        """The raw signature of `data`, in its one form, checked."""
