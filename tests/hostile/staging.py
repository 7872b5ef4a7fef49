"""A case for each action, at the step where the right person may take it; all of them in branch 8."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.domain.actions import Action
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.money import Fils
from desktop_app.domain.request import Status
from desktop_app.domain.tracks import PaymentMethod
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind
from tests.domain.any_command import any_command
from tests.domain.builders import NOW, clerk, make_content, make_licence, make_plan, supervisor
from tests.domain.centre_in_memory import Centre
from tests.domain.journey import Journey, journey

TILL_SUPERVISOR = replace(supervisor("supervisor_till"), cashier=True)
"""A supervisor who may take money: tempted to void their own receipt."""

S = Status
STAGES: dict[Action, tuple[Status, str]] = {
    Action.SAVE_DRAFT: (S.DRAFT, "clerk"),
    Action.LODGE: (S.DRAFT, "clerk"),
    Action.ATTACH_DOCUMENT: (S.LODGED, "clerk"),
    Action.REMOVE_DOCUMENT: (S.LODGED, "clerk"),
    Action.SETTLE_DUES: (S.DUES_OUTSTANDING, "clerk"),
    Action.ACCEPT: (S.LODGED, "clerk"),
    Action.RETURN: (S.LODGED, "clerk"),
    Action.REFUSE: (S.TO_SCHEDULE, "supervisor"),
    Action.WITHDRAW: (S.TO_SCHEDULE, "clerk"),
    Action.EXPIRE: (S.RETURNED, "supervisor"),
    Action.REQUEST_APPROVAL: (S.AWAITING_APPROVALS, "clerk"),
    Action.RECORD_APPROVAL: (S.AWAITING_APPROVALS, "clerk"),
    Action.REMIND_BODY: (S.AWAITING_APPROVALS, "clerk"),
    Action.SCHEDULE_INSPECTION: (S.TO_SCHEDULE, "clerk"),
    Action.RECORD_INSPECTION: (S.INSPECTION_SCHEDULED, "inspector"),
    Action.CONFIRM_RECTIFICATION: (S.RECTIFICATION, "clerk"),
    Action.EXTEND_RECTIFICATION: (S.RECTIFICATION, "supervisor"),
    Action.REQUEST_CIVIL_DEFENCE: (S.AWAITING_CIVIL_DEFENCE, "clerk"),
    Action.RECORD_CIVIL_DEFENCE: (S.AWAITING_CIVIL_DEFENCE, "clerk"),
    Action.REMIND_CIVIL_DEFENCE: (S.AWAITING_CIVIL_DEFENCE, "clerk"),
    Action.ASSESS_FEES: (S.FEES_TO_ASSESS, "clerk"),
    Action.APPROVE_FEES: (S.FEES_TO_APPROVE, "supervisor"),
    Action.RETURN_FEES: (S.FEES_TO_APPROVE, "supervisor"),
    Action.RECORD_PAYMENT: (S.AWAITING_PAYMENT, "cashier"),
    Action.VOID_RECEIPT: (S.ISSUED, "supervisor"),
    Action.REFUND: (S.ISSUED, "supervisor"),
    Action.CONFIRM_PRINT: (S.ISSUED, "clerk"),
    Action.ORDER_COPY: (S.PRINTED, "clerk"),
    Action.DELIVER: (S.PRINTED, "clerk"),
}
"""The status in which each action is due, and who of the sample staff may do it."""


@dataclass(frozen=True)
class Staged:
    """A case with the command that is due, the version it is based on, and its rightful author."""

    walked: Journey
    command: Command
    base: int
    entitled: str

    @property
    def facts(self) -> list[LoadedFact]:
        request = self.walked.request
        licences = self.walked.centre.licences.values()
        return [
            LoadedFact(FactKind.REQUEST, request.id, request.branch, encode(request)),
            *(LoadedFact(FactKind.LICENCE, one.number, one.district, encode(one)) for one in licences),
        ]


class Stage:
    """Each case has a parent licence and numbers of its own, so that none stands in another's way."""

    def __init__(self) -> None:
        self._made = 0

    def walk(self, name: str, to: Status, *, long_ago: bool = False) -> Journey:
        self._made += 1
        parent = make_licence(f"L-2024-08-{500 + self._made:06d}")
        centre = Centre(parent)
        centre.numbers.requests = centre.numbers.licences = 500_000 + 10 * self._made
        if to is Status.RETURNED or long_ago:
            centre.now = NOW - timedelta(days=50)
        walked = Journey(centre, make_content(make_plan(parent=parent.number)), name)
        if to is not Status.RETURNED:
            return journey(to, centre, walked.content, name)
        walked.lodge()
        walked.do(clerk(), ReturnForCompletion(name, "سند غير واضح"))
        return walked

    def due(self, action: Action, suffix: str = "") -> Staged:
        """The case in which `action` is due."""
        status, entitled = STAGES[action]
        reminds = action in (Action.REMIND_BODY, Action.REMIND_CIVIL_DEFENCE)
        walked = self.walk(f"case-{action.value.replace('_', '-')}{suffix}", status, long_ago=reminds)
        if action in (Action.RECORD_APPROVAL, Action.REMIND_BODY):
            walked.write_letters()
        if action in (Action.RECORD_CIVIL_DEFENCE, Action.REMIND_CIVIL_DEFENCE):
            walked.write_civil_defence()
        if action is Action.REMOVE_DOCUMENT:
            walked.do(clerk(), any_command(Action.ATTACH_DOCUMENT, walked))
        command = any_command(action, walked)
        if isinstance(command, ConfirmPrint):
            command = replace(command, serial=f"SN-{70_000 + self._made:05d}")
        if isinstance(command, RecordPayment):
            command = replace(command, receipt_number=f"C-2026-08-K2-{70_000 + self._made:05d}")
        return self.staged(walked, command, entitled)

    def staged(self, walked: Journey, command: Command, entitled: str) -> Staged:
        return Staged(walked, command, walked.centre.base_of(command), entitled)

    def own_fees(self) -> Staged:
        """The supervisor assessed: somebody else must approve."""
        walked = self.walk("case-own-fees", Status.FEES_TO_ASSESS)
        walked.do(supervisor(), AssessFees(walked.id))
        return self.staged(walked, any_command(Action.APPROVE_FEES, walked), "supervisor_till")

    def own_visit(self) -> Staged:
        """The supervisor visited, as an inspector then: somebody else must approve."""
        walked = self.walk("case-own-visit", Status.FEES_TO_APPROVE)
        request = walked.request
        visits = tuple(replace(visit, inspector="supervisor") for visit in request.visits)
        walked.centre.requests[walked.id] = replace(request, visits=visits)
        return self.staged(walked, any_command(Action.APPROVE_FEES, walked), "supervisor_till")

    def own_receipt(self, action: Action) -> Staged:
        """The supervisor at the till took the money: somebody else must void or refund."""
        walked = self.walk(f"case-own-{action.value.replace('_', '-')}", Status.AWAITING_PAYMENT)
        bill = walked.request.fees.calculation
        assert bill is not None
        number = f"C-2026-08-K1-{90_000 + self._made:05d}"
        walked.do(TILL_SUPERVISOR, RecordPayment(walked.id, number, bill.total, PaymentMethod.CASH))
        return self.staged(walked, any_command(action, walked), "supervisor")

    def awaiting_health(self) -> Staged:
        """The Ministry of Health is asked: its officer answers, and no other body's."""
        walked = self.walk("case-health", Status.AWAITING_APPROVALS)
        walked.write_letters()
        return self.staged(walked, any_command(Action.RECORD_APPROVAL, walked), "officer_health")

    def payment(self, name: str, **other: object) -> Staged:
        walked = self.walk(name, Status.AWAITING_PAYMENT)
        bill = walked.request.fees.calculation
        assert bill is not None
        number = f"C-2026-08-K2-{80_000 + self._made:05d}"
        command = RecordPayment(walked.id, number, Fils(int(bill.total)), PaymentMethod.CASH)
        return self.staged(walked, replace(command, **other), "cashier")  # type: ignore[arg-type]
