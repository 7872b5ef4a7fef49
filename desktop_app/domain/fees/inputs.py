"""What a calculation is pinned to: the units of a split as they were rated on the day the bill was made."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.fees.calculation import FeeInputs, RatedVocation, UnitInputs
from desktop_app.domain.fees.schedule import FeeSchedule
from desktop_app.domain.fees.unit_lines import ScheduleGapError
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import message
from desktop_app.domain.reference import Reference
from desktop_app.domain.split import REMAINDER, SplitPlan, remainder_of


def inputs_of_split(
    parent: Licence,
    plan: SplitPlan,
    schedule: FeeSchedule,
    reference: Reference,
    filed_on: date,
    waste_contracts: tuple[str, ...] = (),
) -> FeeInputs:
    """The children as the calculation sees them: the parent paid its own year at renewal.

    Raises ScheduleGapError for a vocation that the table does not know (any more).
    """
    faces = {sign.code: (sign.area, sign.lit) for sign in parent.signs}
    return FeeInputs(
        schedule_version=schedule.version,
        filed_on=filed_on,
        units=tuple(
            UnitInputs(
                key=child.key,
                title=child.trade_name,
                area=child.area,
                vocations=_rated(child.all_vocations, reference),
                sign_faces=tuple(faces[code] for code in child.signs),
                waste_contract=child.key in waste_contracts,
            )
            for child in plan.children
        ),
    )


def whole_parent(parent: Licence, reference: Reference) -> UnitInputs:
    """The parent before the split, as one unit."""
    faces = tuple((sign.area, sign.lit) for sign in parent.signs)
    return UnitInputs(parent.number, parent.trade_name, parent.area, _rated(parent.vocations, reference), faces)


def kept_by_parent(parent: Licence, plan: SplitPlan, reference: Reference) -> UnitInputs | None:
    """What the parent keeps, as one unit; None when the split closes it."""
    rest = remainder_of(parent, plan)
    if rest.closes_parent or not rest.vocations:
        return None
    faces = tuple((sign.area, sign.lit) for sign in rest.signs)
    return UnitInputs(REMAINDER, parent.trade_name, rest.area, _rated(rest.vocations, reference), faces)


def _rated(codes: tuple[str, ...], reference: Reference) -> tuple[RatedVocation, ...]:
    rated = []
    for code in codes:
        known = reference.find_vocation(code)
        if known is None:
            raise ScheduleGapError(message("vocation.unknown", vocation=code))
        rated.append(RatedVocation(code, known.name_ar, known.group, known.fee_class, known.waste_category))
    return tuple(rated)
