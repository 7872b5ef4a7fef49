"""The named conditions of the actions table. Each returns what is missing, or None when it holds."""

from __future__ import annotations

from desktop_app.domain.copying import copies_to_print
from desktop_app.domain.dated_tables import rules_on
from desktop_app.domain.deadlines import find_last_day
from desktop_app.domain.deciding import Case, Context
from desktop_app.domain.documents_asked import documents_required, named, requirements_of
from desktop_app.domain.dues import unpaid_dues
from desktop_app.domain.letters import CIVIL_DEFENCE_BODY, awaited_letters, remind_from
from desktop_app.domain.licence import LicenceStatus
from desktop_app.domain.messages import Message, message
from desktop_app.domain.money import total
from desktop_app.domain.split import REMAINDER, check_conservation
from desktop_app.domain.tracks import (
    ApprovalState,
    CivilDefenceState,
    IssueState,
)


def dues_are_settled(case: Case, context: Context) -> Message | None:
    """The card: an owner who owes the municipality pays electronically before the request is accepted."""
    unpaid = unpaid_dues(case)
    return message("dues.outstanding", amount=total(tuple(due.amount for due in unpaid))) if unpaid else None


def some_dues_are_unpaid(case: Case, context: Context) -> Message | None:
    return None if unpaid_dues(case) else message("dues.none_unpaid")


def parent_is_active(case: Case, context: Context) -> Message | None:
    """The card: «على ان تكون فعاله»."""
    if case.parent is None:
        return message("parent.unknown", "parent_number")
    match case.parent.status:
        case LicenceStatus.SUSPENDED:
            return message("parent.suspended", "parent_number", number=case.parent.number)
        case LicenceStatus.CLOSED:
            return message("parent.closed", "parent_number", number=case.parent.number)
        case LicenceStatus.ACTIVE:
            return None


def parent_is_renewed(case: Case, context: Context) -> Message | None:
    """The card: «و مجدده»: renewed for the year in which it is asked."""
    parent = case.parent
    if parent is not None and (parent.renewed_for < context.today.year or parent.valid_until < context.today):
        return message(
            "parent.not_renewed",
            "parent_number",
            number=parent.number,
            year=parent.renewed_for,
            until=parent.valid_until,
        )
    return None


def split_fits_what_is_left(case: Case, context: Context) -> Message | None:
    """Nothing is given twice: the first law of conservation that the plan breaks, if it breaks one."""
    if case.request is None or case.parent is None:
        return None
    if case.parent.number != case.request.plan.parent_number:
        return message("parent.unknown", "parent_number")
    parent = case.parent.without_reservation(case.request.id)
    findings = check_conservation(parent, case.request.plan)
    return findings.refusals[0] if findings.refusals else None


def time_has_run_out(case: Case, context: Context) -> Message | None:
    """A request expires only after the day by which the applicant had to act."""
    request = case.request
    if request is None:
        return None
    last = find_last_day(request, context.reference)
    if last is None or context.today <= last:
        return message("expiry.not_yet", until=last or context.today)
    return None


def a_letter_is_due(case: Case, context: Context) -> Message | None:
    """Some outside body has not been written to yet."""
    if case.request and any(a.state is ApprovalState.REQUIRED for a in case.request.approvals):
        return None
    return message("approvals.all_letters_out")


def an_answer_is_awaited(case: Case, context: Context) -> Message | None:
    """Some outside body (an officer's own) has been written to and has not answered."""
    if case.request and any(
        a.state is ApprovalState.REQUESTED and context.actor.speaks_for(a.body) for a in case.request.approvals
    ):
        return None
    return message("approvals.none_awaited")


def a_reminder_is_due(case: Case, context: Context) -> Message | None:
    """Some letter has waited for as long as one waits before reminding."""
    letters = awaited_letters(case.request) if case.request else ()
    if not letters:
        return message("approvals.none_awaited")
    first = min(remind_from(one, context.reference) for one in letters)
    return None if context.today >= first else message("reminder.not_yet", day=first)


def visit_is_the_actors(case: Case, context: Context) -> Message | None:
    """Only the inspector who was booked records the visit."""
    visit = case.request.visit if case.request else None
    if visit is not None and visit.inspector != context.actor.id:
        return message("inspection.another_inspectors", inspector=visit.inspector)
    return None


def civil_defence_letter_is_due(case: Case, context: Context) -> Message | None:
    if case.request and case.request.civil_defence.state is CivilDefenceState.NEEDED:
        return None
    return message("civil_defence.already_requested")


def civil_defence_answer_is_awaited(case: Case, context: Context) -> Message | None:
    if not context.actor.speaks_for(CIVIL_DEFENCE_BODY):
        return message("civil_defence.another_body")
    if case.request and case.request.civil_defence.state is CivilDefenceState.REQUESTED:
        return None
    return message("civil_defence.not_requested")


def actor_did_not_touch_fees(case: Case, context: Context) -> Message | None:
    """Separation of duties: whoever assessed or adjusted cannot approve."""
    if case.request and context.actor.id in case.request.fees.touched_by:
        return message("fees.own_assessment")
    return None


def actor_did_not_inspect(case: Case, context: Context) -> Message | None:
    """Separation of duties: the inspector of a visit does not approve that request."""
    if case.request and any(visit.inspector == context.actor.id for visit in case.request.visits):
        return message("fees.own_inspection")
    return None


def receipt_is_anothers(case: Case, context: Context) -> Message | None:
    """Separation of duties: a cashier does not void (or refund) their own receipt."""
    receipt = case.request.payment.receipt if case.request else None
    if receipt is None:
        return message("payment.no_receipt")
    if receipt.cashier == context.actor.id:
        return message("payment.own_receipt")
    return None


def licences_are_untouched(case: Case, context: Context) -> Message | None:
    """A split is taken back only while its children are as they were issued and the parent was not split since."""
    present = {child.number for child in case.children}
    for issued in case.request.issue.licences if case.request else ():
        if issued.unit != REMAINDER and issued.number not in present:
            return message("payment.licence_in_use", number=issued.number)
    for child in case.children:
        if child.status is not LicenceStatus.ACTIVE or child.reservations or child.amended_by_requests:
            return message("payment.licence_in_use", number=child.number)
    if _last_vocation_is_promised(case):
        return message("payment.licence_in_use", number=case.parent.number if case.parent else "")
    parent, own = case.parent, case.request.id if case.request else ""
    if parent is not None and own in parent.amended_by_requests and parent.amended_by_requests[-1] != own:
        return message("payment.licence_in_use", number=parent.number)
    return None


def _last_vocation_is_promised(case: Case) -> bool:
    """Area alone cannot go back to a parent whose last vocation another accepted request takes: what is given back
    would be premises without a vocation once that request is issued."""
    parent, request = case.parent, case.request
    if parent is None or request is None or request.issue.state is IssueState.TO_ISSUE or request.plan.vocations:
        return False
    promised = {code for held in parent.reservations for code in held.vocations}
    return bool(parent.reservations) and set(parent.vocations) <= promised


def documents_are_at_the_centre(case: Case, context: Context) -> Message | None:
    """Nobody decides on a document that only one workstation has."""
    if not case.missing_documents or case.request is None:
        return None
    meant = requirements_of(case.request.documents, case.missing_documents)
    return message("document.on_its_way", requirements=named(meant), count=len(case.missing_documents))


def some_document_is_attached(case: Case, context: Context) -> Message | None:
    return None if case.request is not None and case.request.documents else message("document.none_attached")


def required_documents_are_attached(case: Case, context: Context) -> Message | None:
    """Where the municipality asks for more than the card's reference numbers: the scans themselves."""
    lacking = documents_required(case.request, rules_on(context.reference, context.today)) if case.request else ()
    return message("document.required", requirements=named(lacking)) if lacking else None


def a_sheet_may_be_printed(case: Case, context: Context) -> Message | None:
    """Once the certificates are handed over, a copy of one is all that is printed."""
    request = case.request
    if request is None or request.issue.state is not IssueState.DELIVERED or copies_to_print(request):
        return None
    return message("print.nothing_waits")


def some_certificate_is_printed(case: Case, context: Context) -> Message | None:
    """Which of them may be copied is for the decision on that one (`copying.why_no_copy`)."""
    sheets = case.request.issue.sheets if case.request else ()
    return None if any(sheet.fine for sheet in sheets) else message("copy.none_printed_yet")
