"""For each line of the service card one planted mutation or more: each turns the line's own test red and no other's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineMutation:
    """`old` stands exactly once in `file` (of the domain); with `new` in its place the line's test fails alone."""

    line: str
    file: str
    old: str
    new: str


_LODGE = "Action.LODGE: Right(COUNTER | {Role.REGISTRAR})"

LINE_MUTATIONS = (
    LineMutation(
        "for_citizens",
        "identifiers.py",
        'if not re.fullmatch(r"[0-9]{10}", number):',
        'if not re.fullmatch(r"[0-9]+", number):',
    ),
    LineMutation(
        "for_residents",
        "people.py",
        "(IdentityKind.RESIDENCY_NUMBER, IdentityKind.PASSPORT)",
        "(IdentityKind.RESIDENCY_NUMBER,)",
    ),
    LineMutation("for_residents", "identifiers.py", '"[0-9]{6,12}"', '"[0-9]{10}"'),
    LineMutation("for_business", "people.py", "return kind is ApplicantKind.BUSINESS", "return False"),
    LineMutation(
        "for_government",
        "people.py",
        "return capacity is Capacity.AGENT or kind is ApplicantKind.GOVERNMENT",
        "return capacity is Capacity.AGENT",
    ),
    LineMutation(
        "licence_is_active", "conditions.py", "case LicenceStatus.CLOSED:", "case LicenceStatus.CLOSED if False:"
    ),
    LineMutation("licence_is_renewed", "conditions.py", "parent.renewed_for < context.today.year or ", ""),
    LineMutation(
        "title_deed",
        "lodging.py",
        "if not deed.strip():",
        "if not deed:",
    ),
    LineMutation(
        "construction_certificate",
        "reference.py",
        "return any(v.needs_construction_certificate for",
        "return all(v.needs_construction_certificate for",
    ),
    LineMutation(
        "on_the_website",
        "lodging.py",
        "and context.actor.role is not Role.REGISTRAR:",
        "and context.actor.role is Role.AUDITOR:",
    ),
    LineMutation(
        "as_an_electronic_service",
        "request.py",
        "return is_reference_of(self.reference, PORTAL_SERIES)",
        "return is_reference_of(self.shown_number, PORTAL_SERIES)",
    ),
    LineMutation(
        "in_the_licences_system",
        "commands/lodge.py",
        "branch = case.parent.district",
        "branch = min(case.parent.district, 8)",
    ),
    LineMutation(
        "signed_in", "rights.py", _LODGE, _LODGE.replace("{Role.REGISTRAR}", "{Role.REGISTRAR, Role.AUDITOR}")
    ),
    LineMutation(
        "filled_in",
        "lodging.py",
        'message("child.trade_name_missing", f"{about}.trade_name")',
        'message("child.trade_name_missing", about)',
    ),
    LineMutation("filled_in", "lodging.py", "if not child.holder.name_ar.strip():", "if False:"),
    LineMutation("dues_of_an_owner", "dues.py", "            for due in dues\n", "            for due in dues[:1]\n"),
    LineMutation("dues_of_an_owner", "actions.py", "            when.dues_are_settled,\n", ""),
    LineMutation(
        "dues_of_an_owner",
        "commands/settle_dues.py",
        "if not command.payment_reference.strip():",
        "if command.payment_reference is None:",
    ),
    LineMutation(
        "told_of_acceptance",
        "commands/accept.py",
        'notice(accepted, NoticeKind.ACCEPTED, "1", context.now, number=accepted.shown_number)',
        'notice(accepted, NoticeKind.ACCEPTED, "1", context.now, number=accepted.reference)',
    ),
    LineMutation(
        "told_of_outside_approval",
        "reference.py",
        "return tuple(body.code for body in self.bodies if body.code in wanted)",
        "return tuple(body.code for body in self.bodies if body.code in wanted)[:1]",
    ),
    LineMutation(
        "told_of_an_outside_refusal",
        "commands/record_approval.py",
        "NoticeKind.BODY_REFUSED",
        "NoticeKind.CIVIL_DEFENCE_REFUSED",
    ),
    LineMutation(
        "told_of_an_outside_refusal",
        "commands/record_approval.py",
        "    if not command.approved:\n        notices = (",
        "    if command.approved:\n        notices = (",
    ),
    LineMutation(
        "told_of_the_visit",
        "commands/schedule_inspection.py",
        "notices=(told,) if moved else (),",
        "notices=(),",
    ),
    LineMutation(
        "told_of_the_visit", "commands/schedule_inspection.py", "begins=window.begins if", "begins=window.ends if"
    ),
    LineMutation(
        "told_to_rectify",
        "visiting.py",
        "for finding in visit.findings if not finding.met)",
        "for finding in visit.findings if finding.met)",
    ),
    LineMutation(
        "told_of_the_civil_defences_refusal",
        "commands/record_civil_defence.py",
        "NoticeKind.CIVIL_DEFENCE_REFUSED",
        "NoticeKind.BODY_REFUSED",
    ),
    LineMutation("told_of_the_fees", "commands/approve_fees.py", "notices=(told,),", "notices=(),"),
    LineMutation(
        "told_of_the_licence",
        "commands/record_payment.py",
        "        licences=numbers,\n",
        "        licences=issued.shown_number,\n",
    ),
    LineMutation(
        "through_the_website",
        "rights.py",
        "Right(frozenset({Role.REGISTRAR}), cashier=True)",
        "Right(frozenset(), cashier=True)",
    ),
    LineMutation(
        "fees_of_the_service",
        "fees/assessment.py",
        "amount=schedule.split_service,",
        "amount=0 * schedule.split_service,",
    ),
    LineMutation("three_working_days", "calendar.py", "PROMISED_WORKING_DAYS = 3", "PROMISED_WORKING_DAYS = 4"),
)
