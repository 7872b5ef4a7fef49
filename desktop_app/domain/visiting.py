"""What a recorded visit must hold: an answer to every item, a measure of every unit, an outcome that follows."""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.messages import Findings, message
from desktop_app.domain.notices import Notice, NoticeKind, notice
from desktop_app.domain.reference import ChecklistItem, Reference
from desktop_app.domain.request import Request
from desktop_app.domain.split import REMAINDER
from desktop_app.domain.tracks import Finding, MeasuredUnit, Visit

MEASURE_TOLERANCE_PERCENT = 2  # a choice of this project: tape measures of walls differ by that much


def checklist_for(request: Request, reference: Reference) -> tuple[ChecklistItem, ...]:
    """The items of the visit: those of each vocation's checklist over all children, each once, in table order."""
    wanted = {"general"} | {
        vocation.checklist
        for child in request.plan.children
        for code in child.all_vocations
        if (vocation := reference.find_vocation(code))
    }
    items = [item for checklist in reference.checklists if checklist.code in wanted for item in checklist.items]
    return tuple({item.code: item for item in items}.values())


def check_visit(
    request: Request,
    compliant: bool,
    findings: tuple[Finding, ...],
    measured: tuple[MeasuredUnit, ...],
    reference: Reference,
) -> Findings:
    """Every reason why this record of a visit is not complete, or contradicts itself."""
    items = {item.code: item for item in checklist_for(request, reference)}
    answered = {finding.item: finding for finding in findings}
    refusals = [
        message("visit.item_unanswered", f"findings.{code}", item=code) for code in items if code not in answered
    ]
    refusals += [message("visit.item_unknown", f"findings.{code}", item=code) for code in answered if code not in items]
    refusals += [
        message("visit.rectify_missing", f"findings.{finding.item}", item=finding.item)
        for finding in findings
        if not finding.met and not finding.rectify.strip()
    ]
    refusals += [
        message("visit.item_twice", f"findings.{code}", item=code)
        for code in answered
        if sum(finding.item == code for finding in findings) > 1
    ]
    blocked = any(not answered[code].met for code, item in items.items() if item.blocking and code in answered)
    if compliant and blocked:
        refusals.append(message("visit.compliant_with_unmet_item", "compliant"))
    if not compliant and all(finding.met for finding in findings):
        refusals.append(message("visit.non_compliant_without_finding", "compliant"))
    return Findings(tuple(refusals)) + _check_measures(request, measured)


def conditions_unmet(request: Request, visit: Visit, at: datetime) -> Notice:
    """The card's fifth notice: what to put right and by when. It is told anew where that day was put off."""
    occasion = f"{visit.ordinal}.{len(visit.extensions)}" if visit.extensions else str(visit.ordinal)
    return notice(
        request,
        NoticeKind.CONDITIONS_UNMET,
        occasion,
        at,
        number=request.shown_number,
        rectify="، ".join(finding.rectify for finding in visit.findings if not finding.met),
        until=visit.rectify_by or at.astimezone(AMMAN).date(),
    )


def _check_measures(request: Request, measured: tuple[MeasuredUnit, ...]) -> Findings:
    planned = {child.key: child.area for child in request.plan.children}
    taken = {one.unit: one.area for one in measured}
    refusals = [message("visit.unit_unmeasured", f"measured.{key}", unit=key) for key in planned if key not in taken]
    refusals += [
        message("visit.unit_unknown", f"measured.{key}", unit=key)
        for key in taken
        if key not in planned and key != REMAINDER
    ]
    refusals += [message("visit.measure_not_positive", f"measured.{key}") for key, area in taken.items() if area <= 0]
    refusals += [
        message("visit.unit_twice", f"measured.{key}", unit=key)
        for key in taken
        if sum(one.unit == key for one in measured) > 1
    ]
    warnings = [
        message("visit.measure_differs", f"measured.{key}", planned=area, measured=taken[key])
        for key, area in planned.items()
        if key in taken and abs(taken[key] - area) * 100 > area * MEASURE_TOLERANCE_PERCENT
    ]
    return Findings(tuple(refusals), tuple(warnings))
