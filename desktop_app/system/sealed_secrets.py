"""Machine secrets in a small file under a passphrase, where there is no keyring.

Argon2id of the passphrase (128 MiB, 4 passes, 4 lanes: twice the memory and a pass more than RFC 9106 recommends where
2 GiB are too much) gives the key of AES-256-GCM, which seals everything at once: parameters and salt lie beside it and
are bound to the seal. Neither passphrase nor secret is ever written. The file is replaced whole.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.application.passphrase import normal
from desktop_app.application.ports.secrets import PassphraseNeededError, SealDamagedError, WrongPassphraseError
from desktop_app.wire.codec import MalformedError, decode, encode

FILE = "secrets.sealed"
_KEY_BYTES, _SALT_BYTES, _NONCE_BYTES = 32, 16, 12
_MOST_MEMORY, _MOST_PASSES, _MOST_LANES = 2 * 1024 * 1024, 64, 64


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes."""

    memory: int = 128 * 1024
    passes: int = 4
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class _Seal:
    version: int
    cost: Cost
    salt: bytes
    nonce: bytes = b""
    sealed: bytes = b""

    @property
    def bound(self) -> bytes:
        """What cannot be changed beside the seal without breaking it."""
        return encode(replace(self, nonce=b"", sealed=b""))

    def well(self) -> bool:
        cost = self.cost
        return (
            self.version == 1
            and 8 * cost.lanes <= cost.memory <= _MOST_MEMORY
            and 1 <= cost.passes <= _MOST_PASSES
            and 1 <= cost.lanes <= _MOST_LANES
            and (len(self.salt), len(self.nonce)) == (_SALT_BYTES, _NONCE_BYTES)
        )


class SealedSecrets:
    """`application.ports.secrets.Vault` in `folder`. Safe to use from any thread."""

    def __init__(self, folder: Path, cost: Cost | None = None) -> None:
        self._file = folder / FILE
        self._cost = cost or Cost()
        self._one_at_a_time = threading.Lock()
        self._opened: tuple[_Seal, bytes, dict[str, bytes]] | None = None

    def stands(self) -> bool:
        return self._file.exists()

    def is_open(self) -> bool:
        return self._opened is not None

    def open(self, passphrase: str) -> None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        seal = self._read()
        key = _derive(passphrase, seal)
        try:
            plain = AESGCM(key).decrypt(seal.nonce, seal.sealed, seal.bound)
        except InvalidTag as error:
            raise WrongPassphraseError from error
        with self._one_at_a_time:
            self._opened = seal, key, decode(plain, dict[str, bytes])

    def choose(self, passphrase: str) -> None:
        seal = _Seal(version=1, cost=self._cost, salt=os.urandom(_SALT_BYTES))
        key = _derive(passphrase, seal)
        with self._one_at_a_time:
            if self._file.exists():
                raise FileExistsError(str(self._file))
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(seal, key, {})

    def change(self, passphrase: str) -> None:
        """What is open lies under this passphrase from now on, with a salt of its own. The file is replaced whole;
        until then the passphrase before opens it."""
        seal = _Seal(version=1, cost=self._cost, salt=os.urandom(_SALT_BYTES))
        key = _derive(passphrase, seal)
        with self._one_at_a_time:
            self._write(seal, key, self._held()[2])

    def find(self, name: str) -> bytes | None:
        return self._held()[2].get(name)

    def put(self, name: str, secret: bytes) -> None:
        with self._one_at_a_time:
            seal, key, held = self._held()
            self._write(seal, key, {**held, name: secret})

    def forget(self, name: str) -> None:
        with self._one_at_a_time:
            seal, key, held = self._held()
            if name in held:
                self._write(seal, key, {known: secret for known, secret in held.items() if known != name})

    def _held(self) -> tuple[_Seal, bytes, dict[str, bytes]]:
        if self._opened is None:
            raise PassphraseNeededError(new=not self.stands())
        return self._opened

    def _read(self) -> _Seal:
        try:
            seal = decode(self._file.read_bytes(), _Seal)
        except MalformedError as error:
            raise SealDamagedError(str(self._file)) from error
        if not seal.well():
            raise SealDamagedError(str(self._file))
        return seal

    def _write(self, seal: _Seal, key: bytes, held: dict[str, bytes]) -> None:
        """Whole or not at all, and on the disk before it counts as held."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        from desktop_app.system.whole_files import write_whole

        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, encode(held), seal.bound)
        write_whole(self._file, encode(replace(seal, nonce=nonce, sealed=sealed)))
        self._opened = seal, key, held


def _derive(passphrase: str, seal: _Seal) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    cost = seal.cost
    derivation = Argon2id(
        salt=seal.salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    return derivation.derive(normal(passphrase).encode())
