"""What this device can prove of one command's outcome, for the history of a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class ProofState(StrEnum):
    """`PROVED`: a signed head vouches for the outcome as it stands here. `NOT_YET`: no head was signed since, or this
    device did not follow the chain then. `BROKEN`: what stands here is not what the chain says."""

    PROVED = "proved"
    NOT_YET = "not_yet"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Proof:
    """`position` in the chain of `branch`, when the head that vouches for it was signed (UTC), and the entry's hash in
    hexadecimal digits."""

    state: ProofState
    branch: int | None = None
    position: int | None = None
    signed_at: datetime | None = None
    hash: str = ""


class Proofs(Protocol):
    """The part of the store that the history needs."""

    def proof_of(self, command_id: str) -> Proof: ...


class NoProofs:
    """For a workplace that follows no chain: a simulation's."""

    def proof_of(self, command_id: str) -> Proof:
        return Proof(ProofState.NOT_YET)
