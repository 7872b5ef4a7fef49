"""A command on its way: what it says, who made it on which device, and its signature.

The author signs the exact bytes of `Envelope`; those bytes travel and are stored unchanged, so nobody has to encode
anything again to check a signature.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import msgspec

from desktop_app.domain.actions import Action
from desktop_app.domain.commands import Command, get_kind
from desktop_app.wire.codec import MalformedError, decode, encode
from desktop_app.wire.versions import NEWEST, UnknownVersionError, upgraded

PROTOCOL = NEWEST
"""The version of this format; the centre accepts the last three."""


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed. `sequence` counts the device's own commands from 1; `base` is the version of the touched track
    that the author saw; `made_at` is the device's clock (UTC), evidence only; `body` is the command's JSON."""

    command_id: str
    device: str
    sequence: int
    author: str
    kind: str
    protocol: int
    request_id: str
    base: int
    made_at: datetime
    body: msgspec.Raw


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """An envelope's bytes and its author's Ed25519 signature over them."""

    payload: bytes
    signature: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the payload: the same command id with another fingerprint is tampering."""
        return hashlib.sha256(self.payload).hexdigest()


def seal(envelope: Envelope) -> bytes:
    """The bytes that are signed, stored and sent."""
    return encode(envelope)


def open_payload(payload: bytes) -> Envelope:
    """The envelope in these bytes. Raises MalformedError."""
    return decode(payload, Envelope)


def command_of(envelope: Envelope) -> Command:
    """The command inside. Raises MalformedError for an unknown kind or a body that does not fit its type."""
    try:
        action = Action(envelope.kind)
    except ValueError as why:
        raise MalformedError(f"no command {envelope.kind!r}") from why
    try:
        body = upgraded(envelope.protocol, envelope.kind, bytes(envelope.body))
    except (UnknownVersionError, msgspec.MsgspecError) as why:
        raise MalformedError(f"no {envelope.kind} of version {envelope.protocol}") from why
    command: Command = decode(body, get_kind(action).type)
    if command.request_id != envelope.request_id:
        raise MalformedError("the body speaks of another request than its envelope")
    return command
