"""The bill of a split, from a schedule and its inputs. Pure; replays to the fils."""

from __future__ import annotations

from desktop_app.domain.fees.calculation import Calculation, FeeInputs, FeeLine, LineKind
from desktop_app.domain.fees.neutrality import Neutrality, neutrality
from desktop_app.domain.fees.schedule import FeeSchedule
from desktop_app.domain.fees.unit_lines import ScheduleGapError, in_dinars, unit_lines

__all__ = ["Neutrality", "ScheduleGapError", "calculate", "neutrality"]


def calculate(inputs: FeeInputs, schedule: FeeSchedule) -> Calculation:
    """The bill of a split: the service itself, then each unit's licence, signs and waste for the year.

    The same inputs and schedule give the same bill to the fils, however long after. Raises ValueError for another
    schedule than the inputs name, and ScheduleGapError where the schedule has no rate for a unit.
    """
    if inputs.schedule_version != schedule.version:
        raise ValueError(f"inputs of schedule {inputs.schedule_version}, given {schedule.version}")
    service = FeeLine(
        kind=LineKind.SPLIT_SERVICE,
        label_ar="بدل خدمة تجزئة رخصة مهن",
        label_en="Service of splitting a vocational licence",
        article=schedule.split_service_article,
        base="1",
        rate=in_dinars(schedule.split_service),
        amount=schedule.split_service,
    )
    lines = [service]
    for unit in inputs.units:
        lines += unit_lines(unit, schedule)
    return Calculation(inputs, tuple(lines))
