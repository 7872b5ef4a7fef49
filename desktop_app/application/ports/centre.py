"""What the registrar needs of the centre's database: one transaction at a time, in which a command is decided."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desktop_app.application.ports.facts import Facts
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.domain.deciding import Numbering, PaperOrder
from desktop_app.wire.audit import LOADED, Cause
from desktop_app.wire.envelope import Signed


class CentreTroubleError(ConnectionError):
    """The centre's database or disk failed while a command was decided; all of it was rolled back. Try again."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A signed command as it lies in the inbox. `device` is what the certificate proved, `home_branch` where that
    device stands; `command_id` and `sequence` are what the inbox read in the payload. `received_at` is the centre's
    clock (UTC) when it came, `clock_ahead` by how much the device's clock was ahead then, where it told."""

    command_id: str
    device: str
    sequence: int
    home_branch: int
    signed: Signed
    received_at: datetime | None = None
    clock_ahead: timedelta | None = None


@dataclass(frozen=True, slots=True)
class LetterOut:
    """A notice that waits to be sent."""

    notice_id: str
    to: str
    text: str


class PaperShelf(Protocol):
    """Where the bytes of papers are kept, inside a transaction."""

    def keep_paper(self, digest: str, content: bytes, at: datetime) -> None:
        """Keeps the bytes of a paper under their SHA-256."""


class CentreWork(PaperShelf, Protocol):
    """One transaction. Left without an error it is committed, left with one all of it is undone.

    Every method may raise CentreTroubleError.
    """

    @property
    def facts(self) -> Facts:
        """What stands; the request and the licences that are read stay locked until the transaction ends."""

    @property
    def numbers(self) -> Numbering:
        """Final numbers, without gaps: those of a transaction that is undone are given again."""

    def next_submission(self, ahead: int = 1) -> Submission | None:
        """The next command to decide: each device's in its own sequence; first the device whose next one waits
        longest. `ahead` is how many the caller means to take in this transaction: so many may be read at once."""

    def author_keys(self, login: str, device: str) -> tuple[bytes, ...]:
        """The Ed25519 public keys that this person has registered on this device."""

    def mark_decided(self, command_id: str, at: datetime) -> None: ...

    def quarantine(self, command_id: str, reason: str, reference: str, at: datetime) -> None:
        """Takes a command out of the row for a person to look at; nothing of it is lost."""

    def queue_letter(self, letter: LetterOut, at: datetime) -> bool:
        """Puts a notice into the outbox; False when a notice of this id was put there before."""

    def papers_wait(self) -> bool:
        """Whether papers that were ordered before wait for their signature."""

    def postpone_paper(self, order: PaperOrder, branch: int, at: datetime) -> None:
        """Has a paper that cannot be signed now drawn later, after those that wait already."""

    def find_body(self, kind: str, identity: str) -> bytes | None:
        """The canonical body of one fact that stands."""

    def unproved(self, digests: frozenset[str], device: str, request_id: str) -> frozenset[str]:
        """Of these documents those that are here, or in another request, already, and whose bytes this device never
        sent."""

    def put(self, facts: Iterable[LoadedFact], cause: Cause = LOADED) -> int:
        """Stores facts and puts them, with their cause, into their branches' feeds and audit chains: what follows in
        this transaction finds them. Must come last of a decision: the feeds may be locked from here."""


class CentreStore(Protocol):
    def work(self) -> AbstractContextManager[CentreWork]:
        """Begins a transaction. Raises CentreTroubleError."""
