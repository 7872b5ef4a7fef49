"""The fee-neutrality view: what the premises cost a year before the split, and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.fees.calculation import FeeLine
from desktop_app.domain.fees.inputs import inputs_of_split, kept_by_parent, whole_parent
from desktop_app.domain.fees.schedule import FeeSchedule
from desktop_app.domain.fees.unit_lines import unit_lines
from desktop_app.domain.licence import Licence
from desktop_app.domain.money import Fils, total
from desktop_app.domain.reference import Reference
from desktop_app.domain.split import SplitPlan


@dataclass(frozen=True, slots=True)
class Neutrality:
    """What the premises cost a year before the split and after it, line by line."""

    before: tuple[FeeLine, ...]
    after: tuple[FeeLine, ...]

    @property
    def difference(self) -> Fils:
        """After less before, in fils; positive when the municipality takes more."""
        return total(tuple(one.amount for one in self.after)) - total(tuple(one.amount for one in self.before))


def neutrality(
    parent: Licence, plan: SplitPlan, schedule: FeeSchedule, reference: Reference, filed_on: date
) -> Neutrality:
    """The parent before against the parent and its children after. `parent` is the licence before the split.

    Raises ScheduleGapError where the schedule has no rate for a unit.
    """
    units = inputs_of_split(parent, plan, schedule, reference, filed_on).units
    kept = kept_by_parent(parent, plan, reference)
    after = [line for unit in ((kept, *units) if kept else units) for line in unit_lines(unit, schedule)]
    return Neutrality(tuple(unit_lines(whole_parent(parent, reference), schedule)), tuple(after))
