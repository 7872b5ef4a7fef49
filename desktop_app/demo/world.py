"""The municipality in memory: the facts that sample commands are decided on, and what they leave behind.

Every change goes through the domain's own `decide` with final numbering, as at the registrar, so that numbers,
reservations, licences, history and notices agree with one another.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from desktop_app.application.casework import load_case
from desktop_app.application.ports.loading import NumberCounter, NumberSeries
from desktop_app.domain.actions import row_of
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.booking import booking_of
from desktop_app.domain.commands import Command, kind_of
from desktop_app.domain.decide import decide
from desktop_app.domain.deciding import Booking, Context, Outcome, PaperOrder
from desktop_app.domain.history import Event
from desktop_app.domain.identifiers import EPAYMENT_SERIES, licence_number, receipt_number, request_number
from desktop_app.domain.licence import Licence
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import DuesAccount
from desktop_app.texts.notices import notice_text

_NO_LONGER_RIVALS = ENDED | {Status.ISSUED, Status.PRINTED}
_TYPING = timedelta(seconds=3)


class SampleRefused(RuntimeError):
    """A sample command was refused: the script and the rules disagree, which is a bug of the script."""


@dataclass
class FinalNumbers:
    """Numbering as the centre does it: gap-free per series, year and district."""

    counters: dict[NumberCounter, int]
    final: bool = True
    receipts: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)

    def request_number(self, year: int, district: int) -> str:
        return request_number(year, district, self._next(NumberSeries.REQUEST, year, district))

    def licence_number(self, year: int, district: int) -> str:
        return licence_number(year, district, self._next(NumberSeries.LICENCE, year, district))

    def receipt_number(self, year: int, district: int) -> str:
        serial = self._next(NumberSeries.RECEIPT, year, district)
        return receipt_number(year, district, EPAYMENT_SERIES, serial)

    def take_receipt(self, number: str, request_id: str) -> bool:
        return self.receipts.setdefault(number, request_id) == request_id

    def take_sheet(self, serial: str, request_id: str) -> bool:
        return self.sheets.setdefault(serial, request_id) == request_id

    def _next(self, series: NumberSeries, year: int, district: int) -> int:
        counter = NumberCounter(series, year, district)
        self.counters[counter] = self.counters.get(counter, 0) + 1
        return self.counters[counter]


@dataclass
class World:
    """All facts at the moment that the simulation has reached; answers the port `Facts`."""

    data: Reference
    staff: tuple[Actor, ...]
    numbers: FinalNumbers
    random: Random
    licences: dict[str, Licence] = field(default_factory=dict)
    dues: dict[str, DuesAccount] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    papers: list[PaperOrder] = field(default_factory=list)
    _by_parent: dict[str, list[str]] = field(default_factory=dict)
    _made_by: dict[str, list[str]] = field(default_factory=dict)

    def give(self, command: Command, actor: Actor, device: str, at: datetime) -> Outcome:
        """Decides a command at an instant and keeps what it changes. Raises SampleRefused."""
        kind = kind_of(command)
        case = load_case(self, command)
        base = case.request.version_of(row_of(kind.action).track, kind.part(command)) if case.request else 0
        context = Context(
            command_id=uuid7(at, self.random),
            actor=actor,
            device=device,
            now=at,
            made_at=at - _TYPING,
            base=base,
            reference=self.data,
            numbers=self.numbers,
        )
        outcome = decide(case, command, context)
        if not outcome.accepted or outcome.request is None or outcome.event is None:
            raise SampleRefused(f"{kind.action} by {actor.id}: {outcome.refusals}")
        self._keep(outcome, at)
        return outcome

    def _keep(self, outcome: Outcome, at: datetime) -> None:
        request = outcome.request
        assert request is not None
        assert outcome.event is not None
        if request.id not in self.requests:
            self._by_parent.setdefault(request.plan.parent_number, []).append(request.id)
        self.requests[request.id] = request
        for licence in outcome.licences:
            if licence.number not in self.licences and licence.made_by_request:
                self._made_by.setdefault(licence.made_by_request, []).append(licence.number)
            self.licences[licence.number] = licence
        self.events.append(outcome.event)
        for told in outcome.notices:
            sent = at + timedelta(seconds=self.random.randrange(4, 40))
            self.notices.append(replace(told, text_ar=notice_text(told, self.data), sent_at=sent))
        self.papers += outcome.papers

    def clear_dues(self, identity_key: str) -> None:
        """The register of dues hears of an electronic payment."""
        self.dues[identity_key] = DuesAccount(identity_key)

    def find_request(self, request_id: str) -> Request | None:
        return self.requests.get(request_id)

    def find_licence(self, number: str) -> Licence | None:
        return self.licences.get(number)

    def find_dues(self, identity_key: str) -> DuesAccount | None:
        return self.dues.get(identity_key)

    def open_requests_on(self, parent_number: str) -> tuple[Request, ...]:
        held = (self.requests[one] for one in self._by_parent.get(parent_number, ()))
        return tuple(one for one in held if status_of(one) not in _NO_LONGER_RIVALS)

    def licences_made_by(self, request_id: str) -> tuple[Licence, ...]:
        return tuple(self.licences[number] for number in self._made_by.get(request_id, ()))

    def bookings_on(self, day: date) -> tuple[Booking, ...]:
        return tuple(
            booking
            for request in self.requests.values()
            if (booking := booking_of(request)) is not None and booking.day == day
        )

    def find_staff(self, login: str) -> Actor | None:
        return next((one for one in self.staff if one.id == login), None)

    def missing_documents(self, digests: tuple[str, ...]) -> tuple[str, ...]:
        return ()

    def inspectors(self) -> tuple[Actor, ...]:
        return tuple(one for one in self.staff if one.role is Role.INSPECTOR and one.active)

    def reference(self) -> Reference:
        return self.data


def uuid7(at: datetime, random: Random) -> str:
    """A UUID of version 7 for that instant, drawn from `random`."""
    value = int(at.timestamp() * 1000) << 80 | 7 << 76 | random.getrandbits(12) << 64 | 2 << 62 | random.getrandbits(62)
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
