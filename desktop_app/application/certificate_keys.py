"""The keys that sign certificates. They live at the centre only: each sealed under the centre's passphrase, or all of
them in a token that they never leave (PKCS #11).

One **list key** signs the list of keys and the list of revocations; its public half is what a workstation must know
beforehand. **Certificate keys** sign certificates, one at a time: rotating retires the one before, which is still
believed for what it signed; revoking takes that away too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from desktop_app.application.ports.authors import SealedKey
from desktop_app.application.ports.key_token import KeyToken, TokenKey, TokenPlace
from desktop_app.application.sealed_keys import Cost, make_key, unsealed
from desktop_app.domain.certificate_check import CertificateKey, KeyList, KeyStatus, RevocationList, whole_second
from desktop_app.wire.certificate_lists import write_keys, write_revocations
from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.cose import KID_BYTES, sign1
from desktop_app.wire.raw_signature import KeyKind

_LIST, _CERTIFICATE = "tajzia certificate list key", "tajzia certificate key"


OVERLAP = timedelta(minutes=1)
"""For how long a retired key is still believed for what it signs: whoever was signing while it was rotated."""


class NoSuchKeyError(LookupError):
    """The centre has no certificate key of this name."""


class SigningKey(Protocol):
    """A key of the centre's that signs, wherever its private half lies. What signs may raise
    SigningUnavailableError."""

    @property
    def public(self) -> bytes:
        """As `wire.raw_signature` has it: 32 bytes of Ed25519, 33 of P-256."""

    @property
    def kid(self) -> bytes: ...

    def sign(self, payload: bytes) -> bytes:
        """The COSE_Sign1 container of `payload`."""

    def sign_bytes(self, data: bytes) -> bytes:
        """The raw signature of `data` (64 bytes), as a paper's CMS holds it. A COSE_Sign1 cannot be taken for it, nor
        the other way: what is signed begins with 0x84 there, with 0x30 or 0x31 here."""


@dataclass(frozen=True, slots=True)
class OpenKey:
    """`SigningKey` in this process: raw Ed25519 halves, 32 bytes each. It is never written anywhere."""

    public: bytes
    private: bytes

    @property
    def kid(self) -> bytes:
        return kid_of(self.public)

    def sign(self, payload: bytes) -> bytes:
        return sign1(payload, self.kid, self.public, self.sign_bytes)

    def sign_bytes(self, data: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.private).sign(data)

    def __repr__(self) -> str:
        return f"OpenKey({self.kid.hex()})"


@dataclass(frozen=True, slots=True)
class TokenSigningKey:
    """`SigningKey` in a token."""

    token: KeyToken
    key: TokenKey

    @property
    def public(self) -> bytes:
        return self.key.public

    @property
    def kid(self) -> bytes:
        return kid_of(self.public)

    def sign(self, payload: bytes) -> bytes:
        return sign1(payload, self.kid, self.public, self.sign_bytes)

    def sign_bytes(self, data: bytes) -> bytes:
        return self.token.sign(self.key, data)


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A certificate key, `sealed` in the file or `held` by the token; `valid_to` (UTC) is when another took its
    place."""

    sealed: SealedKey | None
    valid_from: datetime
    valid_to: datetime | None
    status: KeyStatus
    held: TokenKey | None = None

    @property
    def public(self) -> bytes:
        return _public_of(self.sealed, self.held)


@dataclass(frozen=True, slots=True)
class KeyBook:
    """All of the centre's certificate keys, as they lie in its key file. At most one key is current. Of those that
    `token` holds, the file has the public halves and their names there only. `authorities` are the certificates (DER)
    of time-stamping authorities that are believed, or of who issued theirs."""

    list_key: SealedKey | None
    keys: tuple[KeptKey, ...]
    token: TokenPlace | None = None
    list_held: TokenKey | None = None
    authorities: tuple[bytes, ...] = ()

    @property
    def list_public(self) -> bytes:
        return _public_of(self.list_key, self.list_held)

    @property
    def needs_passphrase(self) -> bool:
        """Whether what signs now, or the lists, is sealed in the file."""
        return self.list_key is not None or (self.current is not None and self.current.sealed is not None)

    @property
    def needs_token(self) -> bool:
        return self.list_held is not None or (self.current is not None and self.current.held is not None)

    @property
    def current(self) -> KeptKey | None:
        return next((key for key in self.keys if key.status is KeyStatus.CURRENT), None)


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The list key and the current certificate key, opened."""

    lists: SigningKey
    certificates: SigningKey | None


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


def make_book_in(token: KeyToken, now: datetime, kind: KeyKind | None = None) -> KeyBook:
    """The same in a token. Raises SigningUnavailableError."""
    lists = token.make_key(_LIST, kind)
    return KeyBook(None, (_fresh_in(token, now, kind),), token.place, lists)


def rotate(book: KeyBook, passphrase: str, now: datetime) -> KeyBook:
    """A new current key, in the file; the one before is retired, and ends a little later (`OVERLAP`). Raises
    WrongPasswordError."""
    if book.list_key is None:
        raise ValueError("the keys are in a token: rotate there")
    unsealed(book.list_key, passphrase, _LIST)
    cost = Cost(book.list_key.memory, book.list_key.passes, book.list_key.lanes)
    return _rotated(book, _fresh(passphrase, now, cost), now)


def rotate_in(book: KeyBook, token: KeyToken, now: datetime, kind: KeyKind | None = None) -> KeyBook:
    """The same in a token; the keys before may lie in the file. Raises SigningUnavailableError, and ValueError for
    another token than the book's."""
    if book.token not in (None, token.place):
        raise ValueError("the keys are in another token")
    return replace(_rotated(book, _fresh_in(token, now, kind), now), token=token.place)


def _rotated(book: KeyBook, fresh: KeptKey, now: datetime) -> KeyBook:
    kept = tuple(
        replace(key, status=KeyStatus.RETIRED, valid_to=_second_of(now) + OVERLAP)
        if key.status is KeyStatus.CURRENT
        else key
        for key in book.keys
    )
    return replace(book, keys=(*kept, fresh))


def revoke(book: KeyBook, kid: bytes, now: datetime) -> KeyBook:
    """Nothing that this key signed is believed any more. Raises NoSuchKeyError."""
    if not any(kid_of(key.public) == kid for key in book.keys):
        raise NoSuchKeyError(kid.hex())
    return replace(
        book,
        keys=tuple(
            replace(key, status=KeyStatus.REVOKED, valid_to=key.valid_to or _second_of(now))
            if kid_of(key.public) == kid
            else key
            for key in book.keys
        ),
    )


def believe(book: KeyBook, authority: bytes, *, believed: bool = True) -> KeyBook:
    """With this certificate (DER) among the time-stamping authorities, or without it."""
    others = tuple(one for one in book.authorities if one != authority)
    return replace(book, authorities=(*others, authority) if believed else others)


def open_keys(book: KeyBook, passphrase: str = "", token: KeyToken | None = None) -> SigningKeys:
    """What is sealed in the file is opened with the passphrase; of what lies in the token nothing is asked before
    something is signed. Raises WrongPasswordError."""
    lists = _opened(book.list_key, book.list_held, _LIST, passphrase, token)
    return SigningKeys(lists, open_current(book, passphrase, token))


def open_current(book: KeyBook, passphrase: str = "", token: KeyToken | None = None) -> SigningKey | None:
    """The current certificate key alone, as `open_keys`."""
    current = book.current
    return _opened(current.sealed, current.held, _CERTIFICATE, passphrase, token) if current else None


def key_list(book: KeyBook, now: datetime) -> KeyList:
    """The public halves of all keys, as of `now` (UTC)."""
    return KeyList(
        _second_of(now),
        tuple(
            CertificateKey(kid_of(key.public), key.public, key.valid_from, key.valid_to, key.status)
            for key in book.keys
        ),
        book.authorities,
    )


def signed_keys(keys: KeyList, list_key: SigningKey) -> bytes:
    return list_key.sign(write_keys(keys))


def signed_revocations(ended: RevocationList, list_key: SigningKey) -> bytes:
    return list_key.sign(write_revocations(ended))


def book_to_bytes(book: KeyBook) -> bytes:
    return encode(book)


def book_from_bytes(content: bytes) -> KeyBook:
    """Raises MalformedError for what is no key file, a key that stands under another's name included."""
    book = decode(content, KeyBook)
    homes = [(book.list_key, book.list_held), *((key.sealed, key.held) for key in book.keys)]
    if any((sealed is None) == (held is None) or (held and book.token is None) for sealed, held in homes):
        raise MalformedError("a key in no place, or in two")
    if sum(key.status is KeyStatus.CURRENT for key in book.keys) > 1:
        raise MalformedError("more than one current key")
    return book


def _fresh(passphrase: str, now: datetime, cost: Cost | None) -> KeptKey:
    return KeptKey(make_key(passphrase, _CERTIFICATE, cost)[0], _second_of(now), None, KeyStatus.CURRENT)


def _fresh_in(token: KeyToken, now: datetime, kind: KeyKind | None) -> KeptKey:
    return KeptKey(None, _second_of(now), None, KeyStatus.CURRENT, token.make_key(_CERTIFICATE, kind))


def _opened(
    sealed: SealedKey | None, held: TokenKey | None, what: str, passphrase: str, token: KeyToken | None
) -> SigningKey:
    if sealed is not None:
        return OpenKey(sealed.public, unsealed(sealed, passphrase, what))
    if held is None or token is None:
        raise ValueError("this key is in a token")
    return TokenSigningKey(token, held)


def _public_of(sealed: SealedKey | None, held: TokenKey | None) -> bytes:
    if sealed is not None:
        return sealed.public
    if held is not None:
        return held.public
    raise MalformedError("a key in no place")


def _second_of(now: datetime) -> datetime:
    return whole_second(now.astimezone(UTC))
