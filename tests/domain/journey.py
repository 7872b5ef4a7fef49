"""Walks a request, command by command, to any status: `journey(Status.PRINTED)`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from desktop_app.domain.actor import Actor
from desktop_app.domain.commands import Command
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.approve_fees import ApproveFees
from desktop_app.domain.commands.assess_fees import AssessFees
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.expire import Expire
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.commands.record_payment import RecordPayment
from desktop_app.domain.commands.refund import Refund
from desktop_app.domain.commands.refuse import Refuse
from desktop_app.domain.commands.request_approval import RequestApproval
from desktop_app.domain.commands.request_civil_defence import RequestCivilDefence
from desktop_app.domain.commands.return_for_completion import ReturnForCompletion
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.commands.schedule_inspection import ScheduleInspection
from desktop_app.domain.commands.withdraw import Withdraw
from desktop_app.domain.deciding import Case, Outcome
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import ApprovalState, CivilDefenceState, Finding, MeasuredUnit, PaymentMethod
from desktop_app.domain.visiting import checklist_for
from tests.domain.builders import (
    cashier,
    clerk,
    inspector,
    make_content,
    make_dues,
    registrar,
    supervisor,
)
from tests.domain.centre_in_memory import Centre


class Journey:
    """One request at a centre, and the next step of each desk as a method that must succeed."""

    def __init__(
        self, centre: Centre | None = None, content: RequestContent | None = None, request_id: str = "r1"
    ) -> None:
        self.centre = centre or Centre()
        self.content = content or make_content()
        self.id = request_id

    @property
    def request(self) -> Request:
        return self.centre.requests[self.id]

    @property
    def status(self) -> Status:
        return status_of(self.request)

    @property
    def case(self) -> Case:
        return self.centre.case(self.id)

    def do(self, actor: Actor, command: Command, *, final: bool = True) -> Outcome:
        """Give the command; a refusal is a failure of the test that walks here."""
        outcome = self.centre.give(actor, command, final=final)
        assert outcome.accepted, outcome.refusals
        return outcome

    def draft(self) -> Outcome:
        return self.do(clerk(), SaveDraft(self.id, f"K1-{self.id}", self.content))

    def lodge(self) -> Outcome:
        return self.do(clerk(), Lodge(self.id, f"K1-{self.id}", self.content))

    def accept(self) -> Outcome:
        return self.do(clerk(), Accept(self.id))

    def write_letters(self) -> None:
        for approval in self.request.approvals:
            if approval.state is ApprovalState.REQUIRED:
                self.do(clerk(), RequestApproval(self.id, approval.body, "OUT-1", self.today))

    def answer_letters(self, *, approved: bool = True) -> None:
        for approval in self.request.approvals:
            if approval.state is ApprovalState.REQUESTED:
                reason = "" if approved else "لا تتحقق الشروط"
                answer = RecordApproval(self.id, approval.body, approved, "IN-1", self.today, reason)
                self.do(clerk(), answer)

    def book(self, day: date | None = None, window: str = "morning") -> Outcome:
        day = day or self.centre.reference.calendar.next_working_day(self.today)
        return self.do(clerk(), ScheduleInspection(self.id, "inspector", day, window))

    def visit(self, *, compliant: bool = True) -> Outcome:
        return self.do(inspector(), self.visit_record(compliant=compliant))

    def visit_record(self, *, compliant: bool = True) -> RecordInspection:
        """A complete record in which the first item is unmet when the visit is not compliant."""
        items = checklist_for(self.request, self.centre.reference)
        findings = tuple(
            Finding(item.code, met=compliant or at > 0, rectify="" if compliant or at > 0 else "فتح المخارج")
            for at, item in enumerate(items)
        )
        measured = tuple(MeasuredUnit(child.key, child.area) for child in self.request.plan.children)
        return RecordInspection(self.id, compliant, findings, measured)

    def write_civil_defence(self) -> Outcome:
        return self.do(clerk(), RequestCivilDefence(self.id, "CD-1", self.today))

    def answer_civil_defence(self, *, approved: bool = True) -> Outcome:
        reason = "" if approved else "لا يوجد مخرج طوارئ"
        return self.do(clerk(), RecordCivilDefence(self.id, approved, "CD-IN-1", self.today, reason))

    def assess(self) -> Outcome:
        return self.do(clerk("assessor"), AssessFees(self.id))

    def approve(self) -> Outcome:
        bill = self.request.fees.calculation
        assert bill is not None
        return self.do(supervisor(), ApproveFees(self.id, bill.total))

    def pay(self, *, final: bool = True) -> Outcome:
        bill = self.request.fees.calculation
        assert bill is not None
        written = sum(len(one.payment.receipts) for one in self.centre.requests.values())
        number = f"C-2026-08-K1-{written + 1:05d}"
        return self.do(cashier(), RecordPayment(self.id, number, bill.total, PaymentMethod.CASH), final=final)

    def print(self) -> None:
        for issued in self.request.issue.licences:
            self.do(clerk(), ConfirmPrint(self.id, issued.number, f"SN-{issued.number}", fine=True))

    def deliver(self) -> Outcome:
        return self.do(clerk(), Deliver(self.id, "أحمد خليل الحسن", "9871012345"))

    def to_payment(self) -> None:
        """From acceptance to the bill, through whatever this plan needs."""
        for step in (Journey.write_letters, Journey.answer_letters, Journey.book, Journey.visit):
            step(self)
        if self.request.civil_defence.state is CivilDefenceState.NEEDED:
            self.write_civil_defence()
            self.answer_civil_defence()
        self.assess()
        self.approve()

    @property
    def today(self) -> date:
        return self.centre.context(clerk()).today

    def pass_days(self, days: int) -> None:
        self.centre.now += timedelta(days=days)


Step = Callable[[Journey], object]

_STEPS: dict[Status, tuple[Step, ...]] = {
    Status.LODGED: (Journey.lodge,),
    Status.AWAITING_APPROVALS: (Journey.accept,),
    Status.TO_SCHEDULE: (Journey.write_letters, Journey.answer_letters),
    Status.INSPECTION_SCHEDULED: (Journey.book,),
    Status.AWAITING_CIVIL_DEFENCE: (Journey.visit,),
    Status.FEES_TO_ASSESS: (Journey.write_civil_defence, Journey.answer_civil_defence),
    Status.FEES_TO_APPROVE: (Journey.assess,),
    Status.AWAITING_PAYMENT: (Journey.approve,),
    Status.ISSUED: (Journey.pay,),
    Status.PRINTED: (Journey.print,),
    Status.DELIVERED: (Journey.deliver,),
}


def _owner_with_dues(j: Journey) -> None:
    j.content = make_content(j.content.plan, Capacity.OWNER)
    j.centre.dues[j.content.applicant.person.identity.key] = make_dues(120_500, 80_000)
    j.lodge()


_ASIDE: dict[Status, tuple[Status | None, tuple[Step, ...]]] = {
    Status.DRAFT: (None, (Journey.draft,)),
    Status.DUES_OUTSTANDING: (None, (_owner_with_dues,)),
    Status.RETURNED: (Status.LODGED, (lambda j: j.do(clerk(), ReturnForCompletion(j.id, "سند غير واضح")),)),
    Status.REFUSED: (Status.TO_SCHEDULE, (lambda j: j.do(supervisor(), Refuse(j.id, "مخالفة التنظيم")),)),
    Status.WITHDRAWN: (Status.TO_SCHEDULE, (lambda j: j.do(clerk(), Withdraw(j.id, "بطلب صاحب العلاقة")),)),
    Status.EXPIRED: (
        Status.AWAITING_PAYMENT,
        (lambda j: j.pass_days(90), lambda j: j.do(registrar(), Expire(j.id, "انتهت المدة"))),
    ),
    Status.REFUSED_BY_BODY: (
        Status.AWAITING_APPROVALS,
        (Journey.write_letters, lambda j: j.answer_letters(approved=False)),
    ),
    Status.RECTIFICATION: (Status.INSPECTION_SCHEDULED, (lambda j: j.visit(compliant=False),)),
    Status.REFUSED_BY_CIVIL_DEFENCE: (
        Status.AWAITING_CIVIL_DEFENCE,
        (Journey.write_civil_defence, lambda j: j.answer_civil_defence(approved=False)),
    ),
    Status.TO_ISSUE: (Status.AWAITING_PAYMENT, (lambda j: j.pay(final=False),)),
    Status.REFUNDED: (Status.ISSUED, (lambda j: j.do(supervisor(), Refund(j.id, "عدول")),)),
}


def journey(
    to: Status, centre: Centre | None = None, content: RequestContent | None = None, request_id: str = "r1"
) -> Journey:
    """A request that has come to `to` by the ordinary way. The plan must need a body's word and the Civil Defence's
    (as the usual one does), or those two statuses cannot be reached."""
    walked = Journey(centre, content, request_id)
    via, last = _ASIDE.get(to, (to, ()))
    if via is not None:
        for status, steps in _STEPS.items():
            for step in steps:
                step(walked)
            if status is via:
                break
    for step in last:
        step(walked)
    assert walked.status is to, walked.status
    return walked
