"""Assess the fees from the schedule in force on the filing date, with any adjustment and its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.actions import Action
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.concluding import conclude
from desktop_app.domain.conditions import split_fits_what_is_left
from desktop_app.domain.deciding import Case, Context, Outcome, refused
from desktop_app.domain.fees.adjustment import Adjustment, adjusted, check_adjustments
from desktop_app.domain.fees.assessment import calculate
from desktop_app.domain.fees.inputs import inputs_of_split
from desktop_app.domain.fees.unit_lines import ScheduleGapError
from desktop_app.domain.messages import message
from desktop_app.domain.tracks import FeesState


@dataclass(frozen=True, slots=True)
class AssessFees:
    """`waste_contracts` are keys of units that hold a contract with a licensed hauler."""

    request_id: str
    adjustments: tuple[Adjustment, ...] = ()
    waste_contracts: tuple[str, ...] = ()


def decide(case: Case, command: AssessFees, context: Context) -> Outcome:
    request, parent = case.request, case.parent
    assert request is not None
    assert request.intake.lodged_at is not None
    if parent is None:
        return refused(message("parent.unknown"))
    filed_on = request.intake.lodged_at.astimezone(AMMAN).date()
    schedule = context.reference.find_schedule(filed_on)
    if schedule is None:
        return refused(message("fees.no_schedule", on=filed_on))
    if strangers := set(command.waste_contracts) - {child.key for child in request.plan.children}:
        return refused(message("fees.unit_unknown", "waste_contracts", unit=min(strangers)))
    if (broken := split_fits_what_is_left(case, context)) is not None:
        return refused(broken)
    try:
        inputs = inputs_of_split(parent, request.plan, schedule, context.reference, filed_on, command.waste_contracts)
        bill = calculate(inputs, schedule)
    except ScheduleGapError as gap:
        return refused(gap.why)
    findings = check_adjustments(command.adjustments, bill)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    bill = adjusted(bill, command.adjustments, context.actor.name_ar)
    fees = replace(
        request.fees,
        state=FeesState.ASSESSED,
        calculation=bill,
        assessed_by=context.actor.id,
        touched_by=tuple(dict.fromkeys((*request.fees.touched_by, context.actor.id))),
        reason="",
        version=request.fees.version + 1,
    )
    return conclude(
        case,
        context,
        Action.ASSESS_FEES,
        replace(request, fees=fees),
        summary=message("history.fees", total=bill.total),
    )
