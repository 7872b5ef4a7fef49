"""A channel's message as a command: what it says, in whose name, on which version of the request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from desktop_app.application.ports.channels import ChannelBook, ChannelMessage, MessageKind
from desktop_app.application.uuid7 import uuid7
from desktop_app.domain.actor import EPAYMENT, PORTAL, Actor
from desktop_app.domain.area import Area
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.settle_dues import SettleDues
from desktop_app.domain.identifiers import EPAYMENT_SERIES, PORTAL_SERIES, clean
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.messages import InputError, message
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Applicant, Identity, Person
from desktop_app.domain.request import Requirements
from desktop_app.domain.split import ChildUnit, SplitPlan
from desktop_app.domain.tracks import PaymentMethod
from desktop_app.domain.turning import TURNING
from desktop_app.wire.channels import IdentityIn, Lodging, PaymentIn, PersonIn

T = TypeVar("T")
_WHERE = re.compile(r"at `([^`]*)`")
_TURNING = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{TURNING}]")
"""Control characters, and those that turn the order of what follows: a certificate would show another name."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A command with the one in whose name it is decided, and the device whose series it is of. `made_at` is what the
    other system says of the time (UTC)."""

    command: Command
    actor: Actor
    device: str
    made_at: datetime


def read_message(given: ChannelMessage, book: ChannelBook) -> Handed:
    """Raises InputError for what has not the form that the schema asks for, or names a request that is not there."""
    match given.kind:
        case MessageKind.LODGE:
            command = _lodge(read_payload(given.payload, Lodging), given, book)
            return Handed(command, PORTAL, PORTAL_SERIES, given.received_at)
        case MessageKind.PAYMENT | MessageKind.DUES_PAYMENT:
            paid = read_payload(given.payload, PaymentIn)
            request_id = book.find_called(clean(paid.request))
            if request_id is None:
                raise InputError(message("channel.no_such_request", "request"))
            return Handed(
                _payment(paid, request_id, given), EPAYMENT, EPAYMENT_SERIES, paid.paid_at.replace(tzinfo=UTC)
            )
        case MessageKind.DUE:
            raise ValueError("a due is no command")


def read_payload(payload: bytes, wanted: type[T]) -> T:
    """Raises InputError that says where it does not fit."""
    try:
        said = msgspec.json.decode(payload, type=wanted)
    except (msgspec.MsgspecError, RecursionError, OverflowError) as why:
        found = _WHERE.search(str(why))
        raise InputError(message("channel.malformed", where=found[1] if found else "$")) from why
    where = _find_turning(msgspec.to_builtins(said), "$")
    if where:
        raise InputError(message("channel.malformed", where=where))
    return said


def _find_turning(plain: object, where: str) -> str:
    """Where the first such text stands, as a path; "" where there is none."""
    match plain:
        case str():
            return where if _TURNING.search(plain) else ""
        case dict():
            inner = [(one, f"{where}.{name}") for name, one in plain.items()]
        case list() | tuple():
            inner = [(one, f"{where}[...]") for one in plain]
        case _:
            return ""
    return next((found for one, path in inner if (found := _find_turning(one, path))), "")


def identity_of(given: IdentityIn) -> Identity:
    return Identity(given.kind, clean(given.number))


def _lodge(lodging: Lodging, given: ChannelMessage, book: ChannelBook) -> Lodge:
    request_id: str | None = uuid7(given.received_at)
    if lodging.completes:
        request_id = book.find_lodged(lodging.completes)
    if request_id is None:
        raise InputError(message("channel.no_such_request", "completes"))
    applicant = lodging.applicant
    return Lodge(
        request_id=request_id,
        reference=f"{PORTAL_SERIES}-{given.arrival:06d}",
        content=RequestContent(
            applicant=Applicant(
                kind=applicant.kind,
                capacity=applicant.capacity,
                person=_person(applicant.person),
                mobile=clean(applicant.mobile),
                signatory_ar=applicant.signatory_ar,
                authority_reference=applicant.authority_reference,
                language=applicant.language,
            ),
            requirements=Requirements(
                title_deed=lodging.requirements.title_deed,
                construction_certificate=lodging.requirements.construction_certificate,
            ),
            plan=SplitPlan(
                parent_number=clean(lodging.parent_number),
                children=tuple(
                    ChildUnit(
                        key=child.key,
                        holder=_person(child.holder),
                        trade_name=child.trade_name,
                        area=Area(child.area),
                        vocations=child.vocations,
                        added_vocations=child.added_vocations,
                        signs=child.signs,
                    )
                    for child in lodging.children
                ),
            ),
        ),
    )


def _payment(paid: PaymentIn, request_id: str, given: ChannelMessage) -> Command:
    amount = Fils(paid.amount_fils)
    if given.kind is MessageKind.DUES_PAYMENT:
        return SettleDues(request_id, given.reference, amount)
    return RecordPayment(request_id, "", amount, PaymentMethod.ELECTRONIC, given.reference)


def _person(given: PersonIn) -> Person:
    return Person(given.name_ar, identity_of(given.identity), given.name_en)
