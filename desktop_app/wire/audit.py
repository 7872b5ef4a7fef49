"""The audit chain, byte for byte: what is chained, how it is hashed, and what is signed of it (docs/audit.md).

Each branch has a chain of entries, numbered from 1. An entry is a record (canonical JSON, kept as it was written) and
its hash over the hash before it. Nothing here needs a key: whoever has the entries can check them. Signed heads say
that a chain had come to a certain hash by a certain time, so that a chain that was written anew is found out.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

import msgspec

from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.facts import FactKind

_ENTRY = b"tajzia audit 1\n"
_HEAD = b"tajzia head 1\n"
GENESIS = bytes(32)
"""What stands before the first entry of a chain."""
MOST_MARKS = 100
"""As many facts as one entry tells of; what loads more makes several entries."""


class What(StrEnum):
    """Why something was written down. The words stand in chains: they are never given another meaning."""

    COMMAND = "command"
    LOAD = "load"
    SENT = "sent"
    DRAWN = "drawn"
    TAKEN_OVER = "taken_over"
    EPOCH = "epoch"


class Cause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What brought an entry about. Of a command: who gave it on which device as its which, SHA-256 of the payload that
    they signed, when by the device's clock, when the centre received it and by how many milliseconds the device's
    clock was ahead then, when it was decided and how. In other branches than the outcome's own, only the command's id
    is told. Of a new epoch: its name, and the one before. Times are UTC."""

    what: What
    command_id: str = ""
    request_id: str = ""
    author: str = ""
    device: str = ""
    sequence: int = 0
    payload: str = ""
    made_at: datetime | None = None
    received_at: datetime | None = None
    clock_ahead_ms: int | None = None
    decided_at: datetime | None = None
    accepted: bool | None = None
    epoch: str = ""
    epoch_before: str = ""

    def elsewhere(self) -> Cause:
        """As it is told in a branch that is not the outcome's own."""
        return Cause(what=self.what, command_id=self.command_id, epoch=self.epoch, epoch_before=self.epoch_before)


LOADED = Cause(what=What.LOAD)


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """One fact that an entry tells of: its digest after and before (64 hexadecimal digits), empty where there is none:
    it is new, or is no more in this branch. The id is empty where it would tell of a person."""

    kind: str
    id: str
    after: str
    before: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is hashed of an entry, in this order of fields."""

    branch: int
    position: int
    cause: Cause
    facts: tuple[Mark, ...]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as it is stored and sent. `record` are the exact bytes that were hashed; `command_id` may be empty."""

    branch: int
    position: int
    command_id: str
    previous: bytes
    record: bytes
    hash: bytes


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed: the chain of `branch` had `hash` (64 hexadecimal digits) at `position` in this epoch."""

    branch: int
    position: int
    hash: str
    epoch: str
    signed_at: datetime


class SignedHead(msgspec.Struct, frozen=True, kw_only=True):
    """A head's exact bytes, the centre's Ed25519 signature over them (with a line before), and its public key."""

    statement: bytes
    signature: bytes
    key: bytes


def entry_hash(previous: bytes, record: bytes) -> bytes:
    """SHA-256 over a fixed first line, the hash before (32 bytes) and the record's bytes."""
    return hashlib.sha256(_ENTRY + previous + record).digest()


def make_entry(previous: bytes, record: Record) -> Entry:
    text = encode(record)
    return Entry(
        branch=record.branch,
        position=record.position,
        command_id=record.cause.command_id,
        previous=previous,
        record=text,
        hash=entry_hash(previous, text),
    )


def record_of(entry: Entry) -> Record:
    """Raises MalformedError."""
    return decode(entry.record, Record)


def head_of(signed: SignedHead) -> Head:
    """What was signed, believed or not. Raises MalformedError."""
    return decode(signed.statement, Head)


def bytes_to_sign(statement: bytes) -> bytes:
    """A fixed first line before it, so that this key's signature can mean nothing else."""
    return _HEAD + statement


def told_id(kind: FactKind, identity: str) -> str:
    """The id as a chain may name it. A dues account's is its holder's identity number."""
    return "" if kind is FactKind.DUES else identity


def proved_head(signed: SignedHead, key: bytes) -> Head | None:
    """What the head says, if it was signed with this public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if signed.key != key:
        return None
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed.signature, bytes_to_sign(signed.statement))
        return head_of(signed)
    except (InvalidSignature, ValueError, MalformedError):
        return None
