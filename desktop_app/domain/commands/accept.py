"""Accept the request: it gets its number, its split is reserved at the parent, and the three days begin."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.dated_tables import rules_on
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.documents_asked import warn_of_lacking
from desktop_app.domain.dues import dues_at_acceptance
from desktop_app.domain.lodging import RequestContent, check_content
from desktop_app.domain.notices import NoticeKind, notice
from desktop_app.domain.tracks import (
    Approval,
    CivilDefence,
    CivilDefenceState,
    IntakeState,
    Visit,
)


@dataclass(frozen=True, slots=True)
class Accept:
    request_id: str


def decide(case: Case, command: Accept, context: Context) -> Outcome:
    context = replace(context, reference=rules_on(context.reference, context.today))
    request, parent = case.request, case.parent
    assert request is not None
    assert parent is not None
    content = RequestContent(request.applicant, request.requirements, request.plan)
    findings = check_content(content, case, context)
    if not findings.clear:
        return Outcome(refusals=findings.refusals, warnings=findings.warnings)
    vocations = tuple(code for child in request.plan.children for code in child.all_vocations)
    bodies = context.reference.bodies_for(vocations)
    civil_defence = context.reference.needs_civil_defence(vocations)
    accepted = replace(
        request,
        number=request.number or context.numbers.request_number(context.today.year, request.branch),
        intake=replace(
            request.intake,
            state=IntakeState.ACCEPTED,
            accepted_at=context.now,
            accepted_by=context.actor.id,
            version=request.intake.version + 1,
        ),
        dues=dues_at_acceptance(request.dues),
        approvals=tuple(Approval(body) for body in bodies),
        visits=(Visit(ordinal=1),),
        civil_defence=CivilDefence(CivilDefenceState.NEEDED if civil_defence else CivilDefenceState.NOT_NEEDED),
        clock=request.clock.start(context.now),
    )
    held = replace(
        parent,
        reservations=(
            *parent.without_reservation(request.id).reservations,
            request.plan.reservation(request.id, accepted.shown_number),
        ),
    )
    notices = (
        notice(accepted, NoticeKind.ACCEPTED, "1", context.now, number=accepted.shown_number),
        *(
            notice(
                accepted,
                NoticeKind.APPROVAL_NEEDED,
                body,
                context.now,
                number=accepted.shown_number,
                body=body,
            )
            for body in bodies
        ),
    )
    warnings = findings.warnings + warn_of_lacking(request, context.reference)
    return conclude(case, context, Action.ACCEPT, accepted, licences=(held,), notices=notices, warnings=warnings)
