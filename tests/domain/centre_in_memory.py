"""A centre without a database: holds what stands, lets `decide` decide, and writes down what it said."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.domain.actions import row_of
from desktop_app.domain.actor import Actor
from desktop_app.domain.booking import booking_of
from desktop_app.domain.commands import Command, kind_of
from desktop_app.domain.decide import decide
from desktop_app.domain.deciding import Booking, Case, Context, NoNumbers, Numbering, Outcome, PaperOrder
from desktop_app.domain.history import Event
from desktop_app.domain.identifiers import licence_number, receipt_number, request_number
from desktop_app.domain.licence import Licence
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.notices import Notice
from desktop_app.domain.people import Applicant
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import DuesAccount
from tests.domain.builders import NOW, inspector, make_licence, make_reference

_CLOSED_TO_RIVALS = ENDED | {Status.ISSUED, Status.PRINTED, Status.DRAFT}


class Numbers:
    """Final numbers without gaps."""

    final = True

    def __init__(self) -> None:
        self.requests = 0
        self.licences = 0
        self.receipts: dict[str, str] = {}
        self.sheets: dict[str, str] = {}

    def request_number(self, year: int, district: int) -> str:
        self.requests += 1
        return request_number(year, district, self.requests)

    def licence_number(self, year: int, district: int) -> str:
        self.licences += 1
        return licence_number(year, district, self.licences)

    def receipt_number(self, year: int, district: int) -> str:
        return receipt_number(year, district, "EPAY", len(self.receipts) + 1)

    def take_receipt(self, number: str, request_id: str) -> bool:
        return self.receipts.setdefault(number, request_id) == request_id

    def take_sheet(self, serial: str, request_id: str) -> bool:
        return self.sheets.setdefault(serial, request_id) == request_id


class Centre:
    """Give it commands with `give`; look at `requests`, `licences`, `events`, `notices` and `papers`."""

    def __init__(self, *licences: Licence, reference: Reference | None = None) -> None:
        self.reference = reference or make_reference()
        self.licences = {one.number: one for one in licences or (make_licence(),)}
        self.requests: dict[str, Request] = {}
        self.dues: dict[str, DuesAccount] = {}
        self.staff: tuple[Actor, ...] = (inspector(), inspector("inspector-2"))
        self.events: list[Event] = []
        self.notices: list[Notice] = []
        self.orders: list[PaperOrder] = []
        self.numbers = Numbers()
        self.now: datetime = NOW

    @property
    def papers(self) -> list[tuple[str, str]]:
        """Kind and number of every paper that was ordered."""
        return [(order.kind, order.number) for order in self.orders]

    def case(self, request_id: str, *, content: RequestContent | None = None, day: date | None = None) -> Case:
        request = self.requests.get(request_id)
        source = content or request
        if source is None:
            return Case(inspectors=self.staff)
        applicant: Applicant = source.applicant
        return Case(
            request=request,
            parent=self.licences.get(source.plan.parent_number),
            dues=self.dues.get(applicant.person.identity.key),
            rivals=tuple(
                one
                for one in self.requests.values()
                if one.id != request_id
                and one.plan.parent_number == source.plan.parent_number
                and status_of(one) not in _CLOSED_TO_RIVALS
            ),
            children=tuple(one for one in self.licences.values() if one.made_by_request == request_id),
            bookings=self._bookings(day),
            inspectors=self.staff,
        )

    def _bookings(self, day: date | None) -> tuple[Booking, ...]:
        return tuple(
            booking
            for request in self.requests.values()
            if (booking := booking_of(request)) is not None and booking.day == day
        )

    def context(self, actor: Actor, base: int = 0, *, final: bool = True) -> Context:
        numbers: Numbering = self.numbers if final else NoNumbers()
        return Context(
            command_id=f"command-{len(self.events)}",
            actor=actor,
            device="K1",
            now=self.now,
            made_at=self.now,
            base=base,
            reference=self.reference,
            numbers=numbers,
        )

    def base_of(self, command: Command) -> int:
        """The version that someone who looks now bases the command on."""
        request = self.requests.get(command.request_id)
        kind = kind_of(command)
        return request.version_of(row_of(kind.action).track, kind.part(command)) if request else 0

    def give(self, actor: Actor, command: Command, *, base: int | None = None, final: bool = True) -> Outcome:
        """Decide the command on what stands (with `final` False as a workstation would) and keep what it changes."""
        content = getattr(command, "content", None)
        case = self.case(command.request_id, content=content, day=getattr(command, "day", None))
        seen = self.base_of(command) if base is None else base
        outcome = decide(case, command, self.context(actor, seen, final=final))
        if outcome.accepted:
            self._keep(outcome)
        return outcome

    def _keep(self, outcome: Outcome) -> None:
        assert outcome.request is not None
        assert outcome.event is not None
        self.requests[outcome.request.id] = outcome.request
        self.licences |= {one.number: one for one in outcome.licences}
        self.events.append(outcome.event)
        self.notices += outcome.notices
        self.orders += outcome.papers
