"""The keys that sign certificates. They live at the centre only, each sealed under the centre's passphrase.

One **list key** signs the list of keys and the list of revocations; its public half is what a workstation must know
beforehand. **Certificate keys** sign certificates, one at a time: rotating retires the one before, which is still
believed for what it signed; revoking takes that away too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from desktop_app.application.ports.authors import SealedKey
from desktop_app.application.sealed_keys import Cost, make_key, unsealed
from desktop_app.domain.certificate_check import CertificateKey, KeyList, KeyStatus, RevocationList, whole_second
from desktop_app.wire.certificate_lists import write_keys, write_revocations
from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.cose import KID_BYTES, sign1

_LIST, _CERTIFICATE = "tajzia certificate list key", "tajzia certificate key"


OVERLAP = timedelta(minutes=1)
"""For how long a retired key is still believed for what it signs: whoever was signing while it was rotated."""


class NoSuchKeyError(LookupError):
    """The centre has no certificate key of this name."""


@dataclass(frozen=True, slots=True)
class OpenKey:
    """A key that is ready to sign: raw Ed25519 halves, 32 bytes each. It is never written anywhere."""

    public: bytes
    private: bytes

    @property
    def kid(self) -> bytes:
        return kid_of(self.public)

    def sign(self, payload: bytes) -> bytes:
        """The COSE_Sign1 container of `payload`."""
        return sign1(payload, self.kid, self.public, self.private)

    def sign_bytes(self, data: bytes) -> bytes:
        """The raw Ed25519 signature of `data`, as a paper's CMS holds it. A COSE_Sign1 cannot be taken for it, nor
        the other way: what is signed begins with 0x84 there, with 0x30 or 0x31 here."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.private).sign(data)

    def __repr__(self) -> str:
        return f"OpenKey({self.kid.hex()})"


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A sealed certificate key; `valid_to` (UTC) is when another took its place."""

    sealed: SealedKey
    valid_from: datetime
    valid_to: datetime | None
    status: KeyStatus


@dataclass(frozen=True, slots=True)
class KeyBook:
    """All of the centre's certificate keys, as they lie in its key file. At most one key is current."""

    list_key: SealedKey
    keys: tuple[KeptKey, ...]

    @property
    def current(self) -> KeptKey | None:
        return next((key for key in self.keys if key.status is KeyStatus.CURRENT), None)


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The list key and the current certificate key, opened."""

    lists: OpenKey
    certificates: OpenKey | None


def kid_of(public: bytes) -> bytes:
    """A key's name: the first 8 bytes of the SHA-256 of its public half."""
    return hashlib.sha256(public).digest()[:KID_BYTES]


def throw_away_key() -> OpenKey:
    """A key that lives in this process only."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    return OpenKey(key.public_key().public_bytes_raw(), key.private_bytes_raw())


def make_book(passphrase: str, now: datetime, cost: Cost | None = None) -> KeyBook:
    """A fresh list key and a first certificate key."""
    return KeyBook(make_key(passphrase, _LIST, cost)[0], (_fresh(passphrase, now, cost),))


def rotate(book: KeyBook, passphrase: str, now: datetime) -> KeyBook:
    """A new current key; the one before is retired, and ends a little later (`OVERLAP`). Raises WrongPasswordError."""
    unsealed(book.list_key, passphrase, _LIST)
    kept = tuple(
        replace(key, status=KeyStatus.RETIRED, valid_to=_second_of(now) + OVERLAP)
        if key.status is KeyStatus.CURRENT
        else key
        for key in book.keys
    )
    cost = Cost(book.list_key.memory, book.list_key.passes, book.list_key.lanes)
    return replace(book, keys=(*kept, _fresh(passphrase, now, cost)))


def revoke(book: KeyBook, kid: bytes, now: datetime) -> KeyBook:
    """Nothing that this key signed is believed any more. Raises NoSuchKeyError."""
    if not any(kid_of(key.sealed.public) == kid for key in book.keys):
        raise NoSuchKeyError(kid.hex())
    return replace(
        book,
        keys=tuple(
            replace(key, status=KeyStatus.REVOKED, valid_to=key.valid_to or _second_of(now))
            if kid_of(key.sealed.public) == kid
            else key
            for key in book.keys
        ),
    )


def open_keys(book: KeyBook, passphrase: str) -> SigningKeys:
    """Raises WrongPasswordError."""
    current = book.current
    return SigningKeys(
        OpenKey(book.list_key.public, unsealed(book.list_key, passphrase, _LIST)),
        OpenKey(current.sealed.public, unsealed(current.sealed, passphrase, _CERTIFICATE)) if current else None,
    )


def key_list(book: KeyBook, now: datetime) -> KeyList:
    """The public halves of all keys, as of `now` (UTC)."""
    return KeyList(
        _second_of(now),
        tuple(
            CertificateKey(kid_of(key.sealed.public), key.sealed.public, key.valid_from, key.valid_to, key.status)
            for key in book.keys
        ),
    )


def signed_keys(keys: KeyList, list_key: OpenKey) -> bytes:
    return list_key.sign(write_keys(keys))


def signed_revocations(ended: RevocationList, list_key: OpenKey) -> bytes:
    return list_key.sign(write_revocations(ended))


def book_to_bytes(book: KeyBook) -> bytes:
    return encode(book)


def book_from_bytes(content: bytes) -> KeyBook:
    """Raises MalformedError for what is no key file, a key that stands under another's name included."""
    book = decode(content, KeyBook)
    if sum(key.status is KeyStatus.CURRENT for key in book.keys) > 1:
        raise MalformedError("more than one current key")
    return book


def _fresh(passphrase: str, now: datetime, cost: Cost | None) -> KeptKey:
    return KeptKey(make_key(passphrase, _CERTIFICATE, cost)[0], _second_of(now), None, KeyStatus.CURRENT)


def _second_of(now: datetime) -> datetime:
    return whole_second(now.astimezone(UTC))
