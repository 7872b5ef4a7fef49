"""Lodge the request: the content is complete, the dues are looked up, acceptance comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.dues import dues_at_lodging, dues_notice, unpaid_dues
from desktop_app.domain.lodging import RequestContent, check_lodging, check_reference, with_content
from desktop_app.domain.tracks import Intake, IntakeState


@dataclass(frozen=True, slots=True)
class Lodge:
    """A new request, a draft, or one that came back for completion, with its whole content.

    The filing date, which chooses the fee schedule, is the decider's: a device's clock is evidence, never a rule.
    """

    request_id: str
    reference: str
    content: RequestContent


def decide(case: Case, command: Lodge, context: Context) -> Outcome:
    findings = check_lodging(command.content, case, context)
    if case.request is None:
        findings += check_reference(command.reference, context)
    if not findings.clear or case.parent is None:
        return Outcome(refusals=findings.refusals, warnings=findings.warnings)
    branch = case.parent.district
    said = with_content(command.request_id, command.reference, branch, command.content, case.request)
    request = replace(
        said,
        intake=Intake(
            state=IntakeState.LODGED,
            lodged_at=context.now,
            lodged_by=context.actor.id,
            version=said.intake.version + 1,
        ),
        dues=dues_at_lodging(command.content.applicant, case.dues, said.dues),
    )
    told = dues_notice(unpaid_dues(replace(case, request=request)))
    return conclude(case, context, Action.LODGE, request, warnings=findings.warnings + told)
