"""What a request must say before it is lodged: the card's requirements, checked field by field."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain import conditions
from desktop_app.domain.actor import Role
from desktop_app.domain.certificate_room import check_room
from desktop_app.domain.dated_tables import rules_on
from desktop_app.domain.deciding import Case, Context
from desktop_app.domain.identifiers import PORTAL_SERIES, check_identity, is_mobile, is_reference_of
from desktop_app.domain.messages import Findings, Message, message
from desktop_app.domain.people import IDENTITIES_OF, Applicant, needs_authority, needs_signatory
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request, Requirements
from desktop_app.domain.split import REMAINDER, SplitPlan, check_conservation
from desktop_app.domain.writing import LONGEST_NAME, LONGEST_NUMBER, why_not_written


@dataclass(frozen=True, slots=True)
class RequestContent:
    """What the applicant gives: who, the references, and the split that is asked for."""

    applicant: Applicant
    requirements: Requirements
    plan: SplitPlan


def with_content(
    request_id: str, reference: str, branch: int, content: RequestContent, before: Request | None = None
) -> Request:
    """The request with this content: the one that stood before, or one that is opened."""
    opened = before or Request(request_id, reference, branch, content.applicant, content.requirements, content.plan)
    return replace(
        opened, branch=branch, applicant=content.applicant, requirements=content.requirements, plan=content.plan
    )


def check_content(content: RequestContent, case: Case, context: Context) -> Findings:
    """Every reason why this content cannot be lodged yet, and every warning, each beside its field."""
    return (
        check_applicant(content.applicant)
        + check_requirements(content, rules_on(context.reference, context.today))
        + _check_parent(content, case, context)
        + _check_plan(content, case, context)
        + warn_of_rivals(case)
    )


def check_lodging(content: RequestContent, case: Case, context: Context) -> Findings:
    """As `check_content`, but what another request holds of the parent is warned of, not refused.

    A second split of the same parent may be lodged; it is accepted only within what is left then (domain.md).
    """
    strict = check_content(content, case, context)
    if case.parent is None or not case.parent.reservations:
        return strict
    whole = check_content(content, replace(case, parent=replace(case.parent, reservations=())), context)
    held = tuple(why for why in strict.refusals if why not in whole.refusals)
    return Findings(whole.refusals, whole.warnings + held)


def check_reference(reference: str, context: Context) -> Findings:
    """The portal's references are given by the centre alone: by them one tells what came from the portal."""
    if is_reference_of(reference, PORTAL_SERIES) and context.actor.role is not Role.REGISTRAR:
        return Findings((message("reference.is_the_portals"),))
    return Findings()


def check_applicant(applicant: Applicant) -> Findings:
    """Name, identity, mobile, and the signatory or authority that the kind and capacity need."""
    found = check_identity(applicant.person.identity, "applicant.identity")
    refusals = []
    if not applicant.person.name_ar.strip():
        refusals.append(message("applicant.name_missing", "applicant.name_ar"))
    if applicant.person.identity.kind not in IDENTITIES_OF[applicant.kind]:
        refusals.append(message("applicant.identity_kind", "applicant.identity"))
    if not is_mobile(applicant.mobile):
        refusals.append(message("applicant.mobile_form", "applicant.mobile"))
    if needs_signatory(applicant.kind) and not applicant.signatory_ar.strip():
        refusals.append(message("applicant.signatory_missing", "applicant.signatory_ar"))
    if needs_authority(applicant.kind, applicant.capacity) and not applicant.authority_reference.strip():
        refusals.append(message("applicant.authority_missing", "applicant.authority_reference"))
    refusals += why_not_written(applicant.person.name_ar, LONGEST_NAME, "applicant.name_ar")
    refusals += why_not_written(applicant.person.name_en, LONGEST_NAME, "applicant.name_ar")
    refusals += why_not_written(applicant.signatory_ar, LONGEST_NAME, "applicant.signatory_ar")
    refusals += why_not_written(applicant.authority_reference, LONGEST_NUMBER, "applicant.authority_reference")
    return found + Findings(tuple(refusals))


def check_requirements(content: RequestContent, reference: Reference) -> Findings:
    """The card: the title deed always, the construction certificate where a vocation needs it."""
    deed, certificate = content.requirements.title_deed, content.requirements.construction_certificate
    refusals = [
        *why_not_written(deed, LONGEST_NUMBER, "requirements.title_deed"),
        *why_not_written(certificate, LONGEST_NUMBER, "requirements.construction_certificate"),
    ]
    if not deed.strip():
        refusals.append(message("requirements.title_deed_missing", "requirements.title_deed"))
    vocations = tuple(code for child in content.plan.children for code in child.all_vocations)
    if reference.needs_construction_certificate(vocations) and not certificate.strip():
        refusals.append(
            message("requirements.construction_certificate_missing", "requirements.construction_certificate")
        )
    return Findings(tuple(refusals))


def _check_parent(content: RequestContent, case: Case, context: Context) -> Findings:
    if case.parent is not None and case.parent.number != content.plan.parent_number:
        return Findings((message("parent.unknown", "parent_number"),))
    found = (conditions.parent_is_active(case, context), conditions.parent_is_renewed(case, context))
    return Findings(tuple(why for why in found if why is not None))


def _check_plan(content: RequestContent, case: Case, context: Context) -> Findings:
    refusals: list[Message] = []
    identities = Findings()
    for child in content.plan.children:
        about = f"children.{child.key}"
        if not child.holder.name_ar.strip():
            refusals.append(message("child.holder_missing", f"{about}.holder"))
        if not child.trade_name.strip():
            refusals.append(message("child.trade_name_missing", f"{about}.trade_name"))
        refusals += why_not_written(child.holder.name_ar, LONGEST_NAME, f"{about}.holder")
        refusals += why_not_written(child.holder.name_en, LONGEST_NAME, f"{about}.holder")
        refusals += why_not_written(child.trade_name, LONGEST_NAME, f"{about}.trade_name")
        identities += check_identity(child.holder.identity, f"{about}.identity")
        if child.key in ("", REMAINDER):
            refusals.append(message("child.key_reserved", about))
        refusals += [
            message("vocation.unknown", f"{about}.vocations", vocation=code)
            for code in child.all_vocations
            if context.reference.find_vocation(code) is None
        ]
    keys = [child.key for child in content.plan.children]
    if len(set(keys)) != len(keys):
        refusals.append(message("child.key_twice", "children"))
    found = Findings(tuple(refusals)) + identities
    if case.parent is not None:
        found += check_conservation(case.parent, content.plan) + Findings(check_room(case.parent, content.plan))
    return found


def warn_of_rivals(case: Case) -> Findings:
    """A second request on the same parent may be lodged, with a warning that names the first."""
    return Findings(
        warnings=tuple(
            message("parent.second_request", "parent_number", request=rival.shown_number) for rival in case.rivals
        )
    )
