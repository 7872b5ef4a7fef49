"""What the fees screen knows and does, without any widget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desktop_app.application.ports.queries import RequestView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action, Availability
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.approve_fees import ApproveFees
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.return_fees import ReturnFees
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.fees.adjustment import Adjustment
from desktop_app.domain.fees.calculation import Calculation
from desktop_app.domain.fees.neutrality import Neutrality, neutrality
from desktop_app.domain.fees.unit_lines import ScheduleGapError
from desktop_app.domain.messages import Message
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import FeesState, IssueState, Track
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.messages import MessageChannel


@dataclass(frozen=True, slots=True)
class FeesPage:
    """What the view shows: the bill as it stands or as it would be assessed now, and what may be done."""

    view: RequestView
    bill: Calculation | None
    proposed: bool
    compared: Neutrality | None
    available: dict[Action, Availability]


class FeesView(Protocol):
    def show_page(self, page: FeesPage) -> None: ...

    def show_bill(self, bill: Calculation) -> None:
        """The bill as it would be with what is typed now."""

    def show_refusals(self, refusals: tuple[Message, ...]) -> None: ...

    def forget_typed(self) -> None: ...


class FeesPresenter:
    def __init__(self, view: FeesView, workplace: Workplace, background: Background, messages: MessageChannel) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._page: FeesPage | None = None

    def open(self, request_id: str) -> None:
        self._background.read(lambda: self._read(request_id), self._show)

    def propose(self, adjustments: tuple[Adjustment, ...], contracts: tuple[str, ...]) -> None:
        """Shows what the bill would be with these adjustments, or what is wrong with them."""
        command = AssessFees(self._id, adjustments, contracts)
        self._background.read(lambda: self._workplace.commands.rehearse(command), self._proposed)

    def assess(self, adjustments: tuple[Adjustment, ...], contracts: tuple[str, ...]) -> None:
        self._give(AssessFees(self._id, adjustments, contracts), tr("The fees were assessed and go to a supervisor."))

    def approve(self) -> None:
        page = self._page
        if page is not None and page.bill is not None:
            self._give(ApproveFees(self._id, page.bill.total), tr("The request and its fees were approved."))

    def send_back(self, reason: str) -> None:
        self._give(ReturnFees(self._id, reason), tr("The assessment was sent back."))

    @property
    def _id(self) -> str:
        return self._page.view.request.id if self._page else ""

    def _read(self, request_id: str) -> FeesPage:
        view = self._workplace.queries.get_request(request_id)
        request = view.request
        available = {one.action: one for one in self._workplace.commands.available(request_id)}
        bill, proposed = request.fees.calculation, False
        to_assess = request.fees.state in (FeesState.TO_ASSESS, FeesState.RETURNED)
        if to_assess and Action.ASSESS_FEES in available:
            rehearsed = self._workplace.commands.rehearse(AssessFees(request_id))
            if rehearsed.request is not None:
                bill, proposed = rehearsed.request.fees.calculation, True
        return FeesPage(view, bill, proposed, self._compare(view), available)

    def _compare(self, view: RequestView) -> Neutrality | None:
        """Before against after, as long as the parent still is what it was before the split."""
        request, reference = view.request, self._workplace.queries.reference()
        if view.parent is None or request.issue.state is not IssueState.TO_ISSUE:
            return None
        filed_on = _filed_on(request)
        schedule = reference.find_schedule(filed_on) if filed_on else None
        if filed_on is None or schedule is None:
            return None
        try:
            return neutrality(view.parent, request.plan, schedule, reference, filed_on)
        except ScheduleGapError:  # assessing will say what the schedule lacks
            return None

    def _show(self, page: FeesPage) -> None:
        self._page = page
        self._view.show_page(page)

    def _proposed(self, outcome: Outcome) -> None:
        self._view.show_refusals(outcome.refusals)
        if outcome.request is not None and outcome.request.fees.calculation is not None:
            self._view.show_bill(outcome.request.fees.calculation)

    def _give(self, command: Command, said: str) -> None:
        page = self._page
        if page is None:
            return
        base = page.view.request.version_of(Track.FEES)

        def decided(outcome: Outcome) -> None:
            self._view.show_refusals(outcome.refusals)
            if outcome.accepted:
                self._messages.done(said)
                self._view.forget_typed()
                self.open(page.view.request.id)

        self._background.write(lambda: self._workplace.commands.give(command, base), decided, busy=tr("Saving…"))


def _filed_on(request: Request) -> date | None:
    return request.intake.lodged_at.astimezone(AMMAN).date() if request.intake.lodged_at else None
