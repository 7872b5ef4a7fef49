"""Whether a submission is what it says: signed by its author on its device, whole, and of a version we speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from desktop_app.application.ports.centre import CentreWork, Submission
from desktop_app.domain.commands import Command
from desktop_app.wire.codec import MalformedError
from desktop_app.wire.envelope import PROTOCOL, Envelope, command_of, open_payload
from desktop_app.wire.facts import FactKind
from desktop_app.wire.versions import OLDEST

OLDEST_PROTOCOL = OLDEST
_IDENTITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")


class Unfit(StrEnum):
    """Why a submission is put aside for a person to look at, as it stands in the inbox."""

    MALFORMED = "malformed"
    MISMATCHED = "mismatched"
    PROTOCOL = "protocol"
    NO_KEY = "no_key"
    FORGED = "forged"
    TAKEN = "taken"
    BUG = "bug"


class UnfitError(Exception):
    """This submission cannot be decided. That is no refusal: its author is not told that a rule stood against it."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Verified:
    """A command whose author is proved."""

    envelope: Envelope
    command: Command


def verify(submission: Submission, work: CentreWork) -> Verified:
    """Raises UnfitError. Nothing of the payload is believed before its signature fits, but who is to have made it."""
    try:
        envelope = open_payload(submission.signed.payload)
    except MalformedError as why:
        raise UnfitError(Unfit.MALFORMED) from why
    keys = work.author_keys(envelope.author, submission.device)
    if not keys:
        raise UnfitError(Unfit.NO_KEY)
    if not any(_fits(key, submission) for key in keys):
        raise UnfitError(Unfit.FORGED)
    told = (envelope.command_id, envelope.device, envelope.sequence)
    if told != (submission.command_id, submission.device, submission.sequence):
        raise UnfitError(Unfit.MISMATCHED)
    if not OLDEST_PROTOCOL <= envelope.protocol <= PROTOCOL:
        raise UnfitError(Unfit.PROTOCOL)
    try:
        command = command_of(envelope)
    except MalformedError as why:
        raise UnfitError(Unfit.MALFORMED) from why
    # History is known by its commands' ids: another's, chosen on purpose, would be written over.
    if any(work.find_body(kind.value, envelope.command_id) for kind in (FactKind.EVENT, FactKind.OUTCOME)):
        raise UnfitError(Unfit.TAKEN)
    names = (envelope.request_id, envelope.command_id)
    if not all(_IDENTITY.fullmatch(name) for name in names) or envelope.made_at.utcoffset() != timedelta():
        raise UnfitError(Unfit.MALFORMED)
    return Verified(envelope, command)


def _fits(key: bytes, submission: Submission) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(submission.signed.signature, submission.signed.payload)
    except (InvalidSignature, ValueError):
        return False
    return True
