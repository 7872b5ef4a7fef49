"""A person's signing key on this device, sealed under their password. Opening it is how someone signs in offline.

Argon2id makes a guess expensive (RFC 9106, the second recommended choice); AES-GCM says whether the guess was right.
The password itself is kept nowhere.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.application.ports.authors import SealedKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_KEY_BYTES, _SALT_BYTES, _NONCE_BYTES = 32, 16, 12


class WrongPasswordError(PermissionError):
    """The password does not open the key."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the password costs: memory in KiB, passes over it, lanes."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


class Ed25519Signer:
    """`application.ports.signer.Signer` over an opened key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def sign(self, payload: bytes) -> bytes:
        return self._key.sign(payload)

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()


def make_key(password: str, belongs_to: str, cost: Cost | None = None) -> tuple[SealedKey, Ed25519Signer]:
    """A fresh key, sealed and open. `belongs_to` (person and device) is bound to the seal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cost = cost or Cost()
    key = Ed25519PrivateKey.generate()
    signer = Ed25519Signer(key)
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    sealing = AESGCM(_derive(password, salt, cost))
    sealed = sealing.encrypt(nonce, key.private_bytes_raw(), belongs_to.encode())
    return SealedKey(signer.public, sealed, nonce, salt, cost.memory, cost.passes, cost.lanes), signer


def open_key(key: SealedKey, password: str, belongs_to: str) -> Ed25519Signer:
    """Raises WrongPasswordError; also for a key that was moved here from another person or device."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519Signer(Ed25519PrivateKey.from_private_bytes(unsealed(key, password, belongs_to)))


def unsealed(key: SealedKey, password: str, belongs_to: str) -> bytes:
    """The private half, 32 bytes, for a library that signs by itself. Raises as `open_key`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    opening = AESGCM(_derive(password, key.salt, Cost(key.memory, key.passes, key.lanes)))
    try:
        return opening.decrypt(key.nonce, key.sealed, belongs_to.encode())
    except InvalidTag as error:
        raise WrongPasswordError("the password does not open the key") from error


def _derive(password: str, salt: bytes, cost: Cost) -> bytes:
    import unicodedata

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derivation = Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    # The same password typed on another keyboard may arrive composed in another way.
    return derivation.derive(unicodedata.normalize("NFC", password).encode())
