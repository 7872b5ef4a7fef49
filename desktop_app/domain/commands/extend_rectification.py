"""Give the applicant longer to put right what a visit found. A supervisor does it, with a reason.

The card tells an applicant what to put right and by when: a new day is told by the same, fifth notice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import Action
from desktop_app.domain.concluding import conclude
from desktop_app.domain.dated_rows import Period
from desktop_app.domain.dated_tables import period_on
from desktop_app.domain.deciding import Case, Context, Outcome
from desktop_app.domain.letters import check_reason
from desktop_app.domain.messages import Findings, Message, message
from desktop_app.domain.tracks import Extension
from desktop_app.domain.visiting import conditions_unmet


@dataclass(frozen=True, slots=True)
class ExtendRectification:
    """`until` is the new last day (Amman)."""

    request_id: str
    until: date
    reason: str


def decide(case: Case, command: ExtendRectification, context: Context) -> Outcome:
    request = case.request
    assert request is not None
    visit = request.visit
    assert visit is not None
    assert visit.rectify_by is not None
    findings = check_reason(command.reason) + _check_day(command.until, visit.rectify_by, context)
    if not findings.clear:
        return Outcome(refusals=findings.refusals)
    extension = Extension(visit.rectify_by, command.until, command.reason.strip(), context.actor.id, context.now)
    extended = replace(
        visit,
        rectify_by=command.until,
        extensions=(*visit.extensions, extension),
        version=visit.version + 1,
    )
    after = replace(request, visits=(*request.visits[:-1], extended))
    return conclude(
        case,
        context,
        Action.EXTEND_RECTIFICATION,
        after,
        notices=(conditions_unmet(after, extended, context.now),),
        summary=message("history.extension", before=visit.rectify_by, until=command.until, reason=extension.reason),
    )


def _check_day(until: date, stands: date, context: Context) -> Findings:
    calendar = context.reference.calendar
    most = period_on(context.reference, Period.EXTENSION, context.today)
    why: Message | None = None
    if until <= stands:
        why = message("extension.not_later", "until", stands=stands)
    elif until < context.today:
        why = message("extension.day_past", "until")
    elif not calendar.is_working_day(until):
        why = message("extension.not_a_working_day", "until", day=until)
    elif until > (last := calendar.add_working_days(max(stands, context.today), most)):
        why = message("extension.too_long", "until", last=last, most=most)
    return Findings((why,) if why else ())
