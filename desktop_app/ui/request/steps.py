"""The card's steps of one request as a task list: done, now, later, and blocked by what."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.request import ENDED, Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import ApprovalState, CivilDefenceState, DuesState, IntakeState, VisitState
from desktop_app.domain.waiting import Desk, desk_of
from desktop_app.texts import name_of, tr
from desktop_app.texts.clock_words import day_of_month
from desktop_app.texts.quantities import code, money
from desktop_app.ui.request.naming import Naming, listed
from desktop_app.ui.widgets.steps import Step, StepState

ORDER = ("lodge", "dues", "accept", "approvals", "visit", "civil_defence", "fees", "payment", "issue", "deliver")
"""The steps in the order of the card."""

_NOW = {
    Status.DRAFT: "lodge",
    Status.RETURNED: "lodge",
    Status.LODGED: "accept",
    Status.DUES_OUTSTANDING: "dues",
    Status.AWAITING_APPROVALS: "approvals",
    Status.REFUSED_BY_BODY: "approvals",
    Status.TO_SCHEDULE: "visit",
    Status.INSPECTION_SCHEDULED: "visit",
    Status.RECTIFICATION: "visit",
    Status.AWAITING_CIVIL_DEFENCE: "civil_defence",
    Status.REFUSED_BY_CIVIL_DEFENCE: "civil_defence",
    Status.FEES_TO_ASSESS: "fees",
    Status.FEES_TO_APPROVE: "fees",
    Status.AWAITING_PAYMENT: "payment",
    Status.TO_ISSUE: "issue",
    Status.ISSUED: "deliver",
    Status.PRINTED: "deliver",
}


def title_of(step: str) -> str:
    return {
        "lodge": tr("Lodging"),
        "dues": tr("Dues"),
        "accept": tr("Acceptance"),
        "approvals": tr("Outside approvals"),
        "visit": tr("Visit"),
        "civil_defence": tr("Civil Defence"),
        "fees": tr("Fees and approval"),
        "payment": tr("Payment"),
        "issue": tr("Issue of the licences"),
        "deliver": tr("Print and delivery"),
    }[step]


def step_now(request: Request) -> str:
    """The step that is due, or the one at which the request ended; "" once all is done."""
    status = status_of(request)
    if status in (Status.REFUSED, Status.WITHDRAWN, Status.EXPIRED):
        return _ended_at(request)
    return _NOW.get(status, "")


def steps_of(request: Request, naming: Naming) -> tuple[Step, ...]:
    """All steps with their states. What comes right after the step that is due says what it waits for;
    after an end nothing comes any more."""
    now = step_now(request)
    over = status_of(request) in ENDED
    at = ORDER.index(now) if now else len(ORDER)
    following = _next_needed(request, at)
    made = []
    for place, name in enumerate(ORDER):
        detail = _detail(name, request, naming)
        if name in _not_needed(request):
            made.append(Step(name, title_of(name), StepState.NOT_NEEDED))
        elif place < at:
            made.append(Step(name, title_of(name), StepState.DONE, detail))
        elif place == at:
            state = StepState.BLOCKED if over else StepState.NOW
            made.append(Step(name, title_of(name), state, _ending(request) if over else detail))
        elif name == following and not over:
            made.append(Step(name, title_of(name), StepState.BLOCKED, _blocked_by(request, now)))
        else:
            made.append(Step(name, title_of(name), StepState.DROPPED if over else StepState.LATER))
    return tuple(made)


def _next_needed(request: Request, at: int) -> str:
    skipped = _not_needed(request)
    return next((name for name in ORDER[at + 1 :] if name not in skipped), "")


def _not_needed(request: Request) -> frozenset[str]:
    """What this request does without, as far as is known yet."""
    skipped = set()
    if request.dues.state is DuesState.NOT_APPLICABLE and request.intake.lodged_at is not None:
        skipped.add("dues")
    if request.intake.accepted_at is not None:
        if not request.approvals:
            skipped.add("approvals")
        if request.civil_defence.state is CivilDefenceState.NOT_NEEDED:
            skipped.add("civil_defence")
    return frozenset(skipped)


def _ended_at(request: Request) -> str:
    """Where a request stood when it was refused, withdrawn or expired."""
    if request.intake.accepted_at is None:
        return "accept" if request.intake.lodged_at is not None else "lodge"
    if any(one.state is not ApprovalState.APPROVED for one in request.approvals):
        return "approvals"
    if request.visit is None or request.visit.state is not VisitState.COMPLIANT:
        return "visit"
    if request.civil_defence.state in (CivilDefenceState.NEEDED, CivilDefenceState.REQUESTED):
        return "civil_defence"
    return "payment" if request.fees.approved_at is not None else "fees"


def _ending(request: Request) -> str:
    status = name_of(status_of(request))
    reason = request.intake.reason
    if request.civil_defence.state is CivilDefenceState.REFUSED:
        reason = request.civil_defence.reason
    elif refused := next((one for one in request.approvals if one.state is ApprovalState.REFUSED), None):
        reason = refused.reason
    return tr("{status}: {reason}", status=status, reason=reason) if reason else status


def _blocked_by(request: Request, now: str) -> str:
    desk = desk_of(request)
    if desk in (Desk.APPLICANT, Desk.OUTSIDE_BODY, Desk.CIVIL_DEFENCE):
        return tr("after “{step}”, which waits for {desk}", step=title_of(now), desk=name_of(desk))
    return tr("after “{step}”", step=title_of(now))


def _detail(name: str, request: Request, naming: Naming) -> str:
    match name:
        case "lodge":
            return _lodged(request, naming)
        case "dues":
            return _dues(request)
        case "accept":
            return _on(request.intake.accepted_at, naming.person(request.intake.accepted_by))
        case "approvals":
            return listed(tuple(f"{naming.body(one.body)}: {name_of(one.state)}" for one in request.approvals))
        case "visit":
            return _visited(request, naming)
        case "civil_defence":
            known = request.civil_defence.state is not CivilDefenceState.NOT_NEEDED
            return name_of(request.civil_defence.state) if known else ""
        case "fees":
            return _fees(request, naming)
        case "payment":
            receipt = request.payment.receipt
            return tr("Receipt {number}", number=code(receipt.number)) if receipt else ""
        case "issue":
            return listed(tuple(code(one.number) for one in request.issue.licences))
        case _:
            return _on(request.issue.delivered_at, request.issue.delivered_to)


def _lodged(request: Request, naming: Naming) -> str:
    if request.intake.state is IntakeState.RETURNED and request.intake.answer_by is not None:
        return tr("to be completed by {day}: {reason}", day=request.intake.answer_by, reason=request.intake.reason)
    return _on(request.intake.lodged_at, naming.person(request.intake.lodged_by))


def _dues(request: Request) -> str:
    if request.dues.state is DuesState.OUTSTANDING:
        total = sum(due.amount for due in request.dues.outstanding)
        return tr("{amount} unpaid", amount=money(type(request.dues.outstanding[0].amount)(total)))
    if request.dues.state is DuesState.SETTLED:
        return tr("paid, reference {reference}", reference=code(request.dues.payment_reference))
    return tr("nothing is owed") if request.dues.state is DuesState.CLEAR else ""


def _visited(request: Request, naming: Naming) -> str:
    visit = request.visit
    if visit is None or visit.state is VisitState.TO_SCHEDULE:
        return tr("to be booked again") if len(request.visits) > 1 else ""
    if visit.state is VisitState.NON_COMPLIANT and visit.rectify_by is not None:
        return tr("to be put right by {day}", day=visit.rectify_by)
    if visit.state is VisitState.SCHEDULED and visit.day is not None:
        return listed((_day(visit.day), naming.window(visit.window), naming.person(visit.inspector)))
    return _on(visit.held_at, naming.person(visit.inspector))


def _fees(request: Request, naming: Naming) -> str:
    fees = request.fees
    if fees.calculation is None:
        return ""
    if fees.approved_at is not None and fees.approved_by:
        return listed((money(fees.calculation.total), naming.person(fees.approved_by)))
    return listed((money(fees.calculation.total), fees.reason))


def _on(moment: datetime | None, who: str) -> str:
    if moment is None:
        return ""
    return listed((_day(moment.astimezone(AMMAN).date()), who))


def _day(day: date) -> str:
    return day_of_month(day)
