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
from desktop_app.domain.fees.calculation import Calculation
from desktop_app.domain.fees.neutrality import Neutrality, neutrality
from desktop_app.domain.fees.unit_lines import ScheduleGapError
from desktop_app.domain.messages import Message
from desktop_app.domain.request import Request
from desktop_app.domain.tracks import FeesState, IssueState, Track
from desktop_app.texts import tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.fees.typed import Typed, typed_from
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel

FORM = "fees"


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

    def show_missing(self) -> None:
        """There is no such request on this computer."""

    def show_bill(self, bill: Calculation) -> None:
        """The bill as it would be with what is typed now."""

    def show_refusals(self, refusals: tuple[Message, ...]) -> None:
        """Beside what they are about: "adjustments.<row>.<field>", "reason"."""

    def show_typed(self, typed: Typed) -> None:
        """Replaces what is typed."""


class FeesPresenter:
    def __init__(self, view: FeesView, workplace: Workplace, background: Background, messages: MessageChannel) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._kept = KeptForm(FORM, workplace, background)
        self._wanted = ""
        self._page: FeesPage | None = None
        self._typed = Typed()
        self._reading: Task | None = None
        self._proposing: Task | None = None

    def open(self, request_id: str, *, anew: bool = False) -> None:
        """Shows a request's fees. Coming back to the same one finds what was typed as it stands.

        `anew`: what lies in the drafts counts."""
        if anew or request_id != self._wanted:
            self._wanted, self._page = request_id, None
            self._put_back(request_id, {})
            self._kept.restore(request_id, lambda fields: self._found(request_id, fields))
        self.reload()

    def reload(self) -> None:
        """Reads again; what is typed stays."""
        if not self._wanted:
            return
        if self._reading is not None:
            self._reading.cancel()
        wanted = self._wanted
        self._reading = self._background.read(lambda: self._read(wanted), self._show)

    def typing(self, typed: Typed) -> None:
        """Something was struck: it is not kept yet, but no action may overlook it."""
        self._typed = typed

    def pause(self, typed: Typed) -> None:
        """Typing rests: keeps it, and shows what the bill would be with the lines that are complete."""
        self._typed = typed
        if self._wanted:
            self._kept.keep(self._wanted, typed.fields())
            self._view.show_refusals(())
            self._propose(aloud=True)

    def assess(self, typed: Typed) -> None:
        self._typed = typed
        adjustments, refusals = typed.read()
        if refusals:
            self._view.show_refusals(refusals)
        else:
            command = AssessFees(self._wanted, adjustments, typed.contracts)
            self._give(command, tr("The fees were assessed and go to a supervisor."))

    def approve(self) -> None:
        page = self._page
        if page is not None and page.bill is not None:
            self._give(ApproveFees(self._wanted, page.bill.total), tr("The request and its fees were approved."))

    def send_back(self, reason: str) -> None:
        self._give(ReturnFees(self._wanted, reason), tr("The assessment was sent back."))

    def _read(self, request_id: str) -> FeesPage | None:
        try:
            view = self._workplace.queries.get_request(request_id)
        except KeyError:
            return None
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

    def _show(self, page: FeesPage | None) -> None:
        if page is None:
            self._page = None
            self._view.show_missing()
        elif page != self._page:
            self._page = page
            self._view.show_page(page)
            self._propose()

    def _found(self, request_id: str, fields: dict[str, str]) -> None:
        if fields and not self._typed.fields():  # whoever typed before the draft was read has the last word
            self._put_back(request_id, fields)

    def _put_back(self, request_id: str, fields: dict[str, str]) -> None:
        if request_id == self._wanted:
            self._typed = typed_from(fields)
            self._view.show_typed(self._typed)
            self._propose()

    def _propose(self, *, aloud: bool = False) -> None:
        """`aloud` after typing: what is wrong is said, what is still missing is said when it is given. After a reading
        the sentences on screen stand: they may say why a command was refused."""
        if self._proposing is not None:
            self._proposing.cancel()
        page, typed = self._page, self._typed.complete()
        if page is None or Action.ASSESS_FEES not in page.available:
            return
        adjustments, refusals = typed.read()
        if refusals:
            if aloud:
                self._view.show_refusals(refusals)
        elif not typed.adjusts:
            if page.bill is not None:
                self._view.show_bill(page.bill)
        else:
            command = AssessFees(self._wanted, adjustments, typed.contracts)
            self._proposing = self._background.read(
                lambda: self._workplace.commands.rehearse(command),
                lambda outcome: self._proposed(outcome, typed, aloud),
            )

    def _proposed(self, outcome: Outcome, typed: Typed, aloud: bool) -> None:
        if aloud:
            self._view.show_refusals(typed.at_rows(outcome.refusals))
        if outcome.request is not None and outcome.request.fees.calculation is not None:
            self._view.show_bill(outcome.request.fees.calculation)

    def _give(self, command: Command, said: str) -> None:
        page, typed = self._page, self._typed
        if page is None:
            return
        request = page.view.request
        base = request.version_of(Track.FEES)

        def give() -> Outcome:
            outcome = self._workplace.commands.give(command, base)
            if outcome.accepted:
                self._kept.discard(request.id)
            return outcome

        def decided(outcome: Outcome) -> None:
            if request.id == self._wanted:
                self._view.show_refusals(typed.at_rows(outcome.refusals))
            if outcome.accepted:
                self._messages.done(said)
                self._put_back(request.id, {})
            self.reload()

        self._background.write(give, decided, busy=tr("Saving…"))


def _filed_on(request: Request) -> date | None:
    return request.intake.lodged_at.astimezone(AMMAN).date() if request.intake.lodged_at else None
