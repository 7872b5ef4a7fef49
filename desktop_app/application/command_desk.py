"""The command desk of one signed-in person: decides, signs, stores and applies, without needing the centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from desktop_app.application.casework import load_case_of
from desktop_app.application.provisional import decide_here
from desktop_app.application.uuid7 import uuid7
from desktop_app.domain.actions import available_actions, row_of
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands import kind_of
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.deciding import Context, NoNumbers
from desktop_app.domain.identifiers import receipt_number
from desktop_app.domain.turning import without_turning
from desktop_app.wire.codec import encode
from desktop_app.wire.envelope import PROTOCOL, Envelope, Signed, seal

if TYPE_CHECKING:
    from desktop_app.application.ports.clock import Clock
    from desktop_app.application.ports.facts import Facts
    from desktop_app.application.ports.replica import CommandReplica, ReplicaWriting
    from desktop_app.application.ports.signer import Signer
    from desktop_app.application.workplace import Session
    from desktop_app.domain.actions import Availability
    from desktop_app.domain.commands import Command
    from desktop_app.domain.deciding import Case, Outcome
    from desktop_app.domain.lodging import RequestContent

COMMANDS, REFERENCES = "commands", "references"
"""The device's series of numbers; receipts have one for each year."""


def _nothing() -> None:
    """For a desk that nobody listens to."""


class ReplicaDesk:
    """`application.workplace.CommandDesk` over the replica. `given` is called after every stored command;
    `identity` makes the ids of commands and requests; `check_lease` raises LeaseLapsedError."""

    def __init__(
        self,
        replica: CommandReplica,
        session: Session,
        signer: Signer,
        clock: Clock,
        given: Callable[[], None] = _nothing,
        identity: Callable[[datetime], str] = uuid7,
        check_lease: Callable[[], None] = _nothing,
    ) -> None:
        self._replica = replica
        self._session = session
        self._signer = signer
        self._clock = clock
        self._given = given
        self._identity = identity
        self._check_lease = check_lease

    def give(self, command: Command, base: int | None = None) -> Outcome:
        """As `CommandDesk.give`. Raises StoreFailedError or LeaseLapsedError, and then nothing was stored."""
        self._check_lease()
        command = without_turning(command)
        now = self._clock.now()
        with self._replica.writing() as replica:
            stands = base if base is not None else _base_of(replica, command)
            context = self._context(replica, now, stands, self._identity(now))
            outcome = decide_here(replica, command, context)
            if not outcome.accepted:
                return outcome
            if isinstance(command, RecordPayment):
                command = self._numbered(replica, command, now)
                outcome = decide_here(replica, command, context)
            envelope = Envelope(
                command_id=context.command_id,
                device=self._session.device,
                sequence=replica.take_from_series(COMMANDS),
                author=self._session.actor.id,
                kind=kind_of(command).action.value,
                protocol=PROTOCOL,
                request_id=command.request_id,
                base=stands,
                made_at=now,
                body=msgspec.Raw(encode(command)),
            )
            payload = seal(envelope)
            replica.append(envelope, Signed(payload=payload, signature=self._signer.sign(payload)))
            replica.apply(outcome)
        self._given()
        return outcome

    def rehearse(self, command: Command) -> Outcome:
        """As `CommandDesk.rehearse`."""
        command = without_turning(command)
        now = self._clock.now()
        with self._replica.reading() as replica:
            return decide_here(
                replica, command, self._context(replica, now, _base_of(replica, command), self._identity(now))
            )

    def available(self, request_id: str) -> tuple[Availability, ...]:
        """As `CommandDesk.available`."""
        with self._replica.reading() as replica:
            return available_actions(
                load_case_of(replica, request_id), self._context(replica, self._clock.now(), 0, "")
            )

    def case_of(self, request_id: str, *, content: RequestContent | None = None, day: date | None = None) -> Case:
        """As `CommandDesk.case_of`."""
        with self._replica.reading() as replica:
            return load_case_of(replica, request_id, content=content, day=day)

    def context(self, base: int = 0) -> Context:
        """As `CommandDesk.context`."""
        now = self._clock.now()
        with self._replica.reading() as replica:
            return self._context(replica, now, base, self._identity(now))

    def new_request_id(self) -> str:
        """As `CommandDesk.new_request_id`."""
        return self._identity(self._clock.now())

    def next_reference(self) -> str:
        """As `CommandDesk.next_reference`: used up by being asked for, so no two forms ever show the same."""
        with self._replica.writing() as replica:
            return f"{self._session.device}-{replica.take_from_series(REFERENCES):06d}"

    def next_receipt_number(self, branch: int) -> str:
        """As `CommandDesk.next_receipt_number`."""
        now = self._clock.now()
        with self._replica.reading() as replica:
            return self._receipt(branch, now, replica.peek_series(_receipts(now)))

    def dismiss(self, command_id: str, reason: str) -> None:
        """As `CommandDesk.dismiss`. Raises KeyError for a command that does not lie in the inbox."""
        with self._replica.writing() as replica:
            replica.dismiss(command_id, reason.strip(), self._session.actor.id, self._clock.now())

    def _context(self, facts: Facts, now: datetime, base: int, command_id: str) -> Context:
        return Context(
            command_id=command_id,
            # What the centre last said of this person counts, not what it said when the session began.
            actor=facts.find_staff(self._session.actor.id) or self._session.actor,
            device=self._session.device,
            now=now,
            made_at=now,
            base=base,
            reference=facts.reference(),
            numbers=NoNumbers(),
        )

    def _receipt(self, branch: int, now: datetime, serial: int) -> str:
        return receipt_number(now.astimezone(AMMAN).year, branch, self._session.device, serial)

    def _numbered(self, replica: ReplicaWriting, payment: RecordPayment, now: datetime) -> RecordPayment:
        """`payment` with a receipt number that no other has: another form may have used up the one it was shown."""
        prefix, _, serial = payment.receipt_number.rpartition("-")
        if not prefix.endswith(f"-{self._session.device.upper()}") or not serial.isdecimal():
            return payment
        taken = replica.take_from_series(_receipts(now), int(serial))
        return payment if taken == int(serial) else replace(payment, receipt_number=f"{prefix}-{taken:05d}")


def _receipts(now: datetime) -> str:
    return f"receipts-{now.astimezone(AMMAN).year}"


def _base_of(facts: Facts, command: Command) -> int:
    """The version, as it stands now, of the track that `command` touches."""
    request = facts.find_request(command.request_id)
    kind = kind_of(command)
    return request.version_of(row_of(kind.action).track, kind.part(command)) if request else 0
