"""Record the visit: answers, measured areas, outcome. Unmet conditions open a rectification period."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.dated_rows import Period
from desktop_app.domain.dated_tables import period_on
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.messages import message
from desktop_app.domain.notices import Notice
from desktop_app.domain.tracks import Finding, MeasuredUnit, VisitState
from desktop_app.domain.visiting import check_visit, conditions_unmet


@dataclass(frozen=True, slots=True)
class RecordInspection:
    """`compliant` is the inspector's word; it may not contradict a blocking item that is unmet."""

    request_id: str
    compliant: bool
    findings: tuple[Finding, ...]
    measured: tuple[MeasuredUnit, ...]
    note: str = ""


def decide(case: Case, command: RecordInspection, context: Context) -> Outcome:
    assert case.request is not None
    visit = case.request.visit
    assert visit is not None
    checked = check_visit(case.request, command.compliant, command.findings, command.measured, context.reference)
    if not checked.clear:
        return Outcome(refusals=checked.refusals, warnings=checked.warnings)
    rectify_by = None
    if not command.compliant:
        days = period_on(context.reference, Period.RECTIFICATION, context.today)
        rectify_by = context.reference.calendar.add_working_days(context.today, days)
    held = replace(
        visit,
        state=VisitState.COMPLIANT if command.compliant else VisitState.NON_COMPLIANT,
        findings=command.findings,
        measured=command.measured,
        note=command.note.strip(),
        rectify_by=rectify_by,
        held_at=context.happened_at,
        version=visit.version + 1,
    )
    request = replace(case.request, visits=(*case.request.visits[:-1], held))
    notices: tuple[Notice, ...] = ()
    if rectify_by is not None:
        notices = (conditions_unmet(request, held, context.now),)
    return conclude(
        case,
        context,
        Action.RECORD_INSPECTION,
        request,
        notices=notices,
        warnings=checked.warnings,
        summary=message("history.visit_outcome", outcome=held.state.value),
    )
