"""The centre's signed heads, and the key that they are signed with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop_app.application.auditing.heads import Tip
from desktop_app.application.sealed_keys import Ed25519Signer
from desktop_app.centre.certificates import write_private
from desktop_app.centre.store import PostgresStore
from desktop_app.wire.audit import SignedHead, head_of

_TIPS = """
    select c.branch, c.position, c.head, e.name, coalesce(h.position, 0), h.signed_at
    from tajzia.feed_counter c
    cross join tajzia.epoch e
    left join lateral (
        select h.position, h.signed_at from tajzia.audit_head h
        where h.branch = c.branch order by h.position desc, h.signed_at desc limit 1
    ) h on true
    where c.position > coalesce(h.position, 0)
    order by c.branch
"""


class PostgresHeadBook:
    """`application.auditing.heads.HeadBook` over the registrar's connection."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def unsigned_tips(self) -> Sequence[Tip]:
        with self._store.statements() as connection:
            rows = connection.execute(_TIPS).fetchall()
        return [
            Tip(branch, position, bytes(head), epoch, signed_position, signed_at)
            for branch, position, head, epoch, signed_position, signed_at in rows
        ]

    def keep_heads(self, heads: Iterable[SignedHead]) -> None:
        with self._store.statements() as connection:
            for signed in heads:
                head = head_of(signed)
                connection.execute(
                    "insert into tajzia.audit_head (branch, position, signed_at, statement, signature, key)"
                    " values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
                    (
                        head.branch,
                        head.position,
                        head.signed_at,
                        signed.statement.decode("utf-8"),
                        signed.signature,
                        signed.key,
                    ),
                )


class KeyFileError(ValueError):
    """The file holds no Ed25519 key of the expected kind."""


def make_audit_key(path: Path) -> bytes:
    """Makes the centre's audit key in `path`, unless one is there, readable by its owner alone, and its public key
    beside it (`.pub`). Returns the public key. Raises KeyFileError, OSError."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_private(path, private)
    signer = open_audit_key(path)
    public = Ed25519PublicKey.from_public_bytes(signer.public)
    path.with_name(path.name + ".pub").write_bytes(
        public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return signer.public


def open_audit_key(path: Path) -> Ed25519Signer:
    """Raises KeyFileError for anything else, and for a file that others may read; OSError."""
    if path.stat().st_mode & 0o077:
        raise KeyFileError(f"{path} may be read by others than its owner: set its mode to 600")
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as why:
        raise KeyFileError(f"{path} holds no private key") from why
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path} holds a key that is not Ed25519")
    return Ed25519Signer(key)


def read_public_key(path: Path) -> bytes:
    """The raw public key in a PEM file. Raises KeyFileError, OSError."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except ValueError as why:
        raise KeyFileError(f"{path} holds no public key") from why
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileError(f"{path} holds a key that is not Ed25519")
    return key.public_bytes_raw()
