"""What sample inspectors find: an answer to every item, a measure of every unit."""

from __future__ import annotations

from random import Random

from desktop_app.domain.area import Area
from desktop_app.domain.commands.record_inspection import RecordInspection
from desktop_app.domain.licence import Licence
from desktop_app.domain.reference import ChecklistItem, Reference
from desktop_app.domain.request import Request
from desktop_app.domain.split import REMAINDER, remainder_of
from desktop_app.domain.tracks import Finding, MeasuredUnit
from desktop_app.domain.visiting import checklist_for


def visit_record(
    request: Request, parent: Licence, reference: Reference, compliant: bool, random: Random
) -> RecordInspection:
    """The record of a visit with the given outcome."""
    items = checklist_for(request, reference)
    blocking = [item for item in items if item.blocking]
    if compliant:
        lenient = [item for item in items if not item.blocking]
        unmet = {random.choice(lenient).code} if lenient and random.random() < 0.2 else set()
    else:
        unmet = {item.code for item in random.sample(blocking, random.randrange(1, 4))}
    return RecordInspection(
        request_id=request.id,
        compliant=compliant,
        findings=tuple(_finding(item, item.code not in unmet) for item in items),
        measured=_measures(request, parent, random),
        note="" if compliant else "أبلغ صاحب العلاقة في الموقع بما يلزم تصويبه",
    )


def _finding(item: ChecklistItem, met: bool) -> Finding:
    return Finding(item.code, met) if met else Finding(item.code, met, rectify=f"استيفاء الشرط: {item.text_ar}")


def _measures(request: Request, parent: Licence, random: Random) -> tuple[MeasuredUnit, ...]:
    planned = [(child.key, child.area) for child in request.plan.children]
    rest = remainder_of(parent, request.plan)
    if rest.area > 0:
        planned.append((REMAINDER, rest.area))
    return tuple(MeasuredUnit(key, Area(max(1, round(area * random.uniform(0.993, 1.007))))) for key, area in planned)
