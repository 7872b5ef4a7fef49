"""What the registrar needs for the other systems that have a channel to the centre."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desktop_app.application.ports.centre import CentreWork
from desktop_app.domain.notices import Notice


class MessageKind(StrEnum):
    """What a channel can hand in."""

    LODGE = "lodge"
    PAYMENT = "payment"
    DUES_PAYMENT = "dues_payment"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    """A message as it was taken in. `arrival` counts them; `received_at` is the centre's clock (UTC). `concerns` is the
    account in which an earlier due of this reference stands, or ""."""

    id: str
    kind: MessageKind
    reference: str
    payload: bytes
    arrival: int
    received_at: datetime
    concerns: str = ""


class ChannelBook(Protocol):
    """What lies beside the facts for the channels, inside a transaction."""

    def next_message(self) -> ChannelMessage | None:
        """The message that waits longest, locked until the transaction ends."""

    def answer(self, message_id: str, answer: bytes, concerns: str, at: datetime) -> None:
        """Decided: this is what `find` tells from now on."""

    def put_aside(self, message_id: str, reason: str, trouble: str, at: datetime) -> None:
        """Takes a message out of the row for a person to look at."""

    def find_lodged(self, reference: str) -> str | None:
        """The id of the request that the portal lodged under this reference of its own."""

    def find_called(self, name: str) -> str | None:
        """The id of the request that is called so: by its number, else by the one reference that is no other's."""

    def lock_account(self, account: str) -> None:
        """Nobody else changes this account of dues until the transaction ends."""

    def take_stale(self, limit: int) -> Sequence[str]:
        """Ids of requests whose view is not what stands; with the commit it is."""

    def notices_of(self, request_id: str) -> Sequence[Notice]:
        """In the order in which they were made."""

    def keep_view(self, request_id: str, applicant: str, view: bytes, *, awaits_dues: bool) -> None: ...


class ChannelWork(CentreWork, Protocol):
    @property
    def channels(self) -> ChannelBook: ...


class ChannelStore(Protocol):
    def work(self) -> AbstractContextManager[ChannelWork]:
        """Begins a transaction. Raises CentreTroubleError."""
