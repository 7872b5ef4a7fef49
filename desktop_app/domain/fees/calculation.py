"""What a calculation is: its inputs, its explained lines and their sum, pinned so that it replays to the fils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.area import Area
from desktop_app.domain.money import Fils, total


class LineKind(StrEnum):
    """What a line of the bill is for."""

    SPLIT_SERVICE = "split_service"
    LICENCE = "licence"
    SIGN = "sign"
    WASTE = "waste"
    FINE = "fine"
    ADJUSTMENT = "adjustment"
    EXEMPTION = "exemption"


@dataclass(frozen=True, slots=True)
class RatedVocation:
    """A vocation as it was rated when the bill was made, whatever the table of vocations says later."""

    code: str
    name_ar: str
    group: str
    fee_class: str
    waste_category: str


@dataclass(frozen=True, slots=True)
class UnitInputs:
    """One licence as the calculation sees it: the parent before, or a unit after the split."""

    key: str
    title: str
    area: Area
    vocations: tuple[RatedVocation, ...]
    sign_faces: tuple[tuple[Area, bool], ...]
    waste_contract: bool = False


@dataclass(frozen=True, slots=True)
class FeeInputs:
    """All that a calculation depends on besides the schedule, which is never edited once in force."""

    schedule_version: str
    filed_on: date
    units: tuple[UnitInputs, ...]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line: what made it, in words and figures.

    `article` is the law or instruction it cites. `base` and `rate` are what was multiplied, in words of digits
    and units that need no translation key ("120.50 m²", "20.000 %"); `about` names the unit of the split (or "").
    """

    kind: LineKind
    label_ar: str
    label_en: str
    article: str
    base: str
    rate: str
    amount: Fils
    about: str = ""
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """The bill. `total` is always the sum of its lines."""

    inputs: FeeInputs
    lines: tuple[FeeLine, ...]

    @property
    def total(self) -> Fils:
        return total(tuple(line.amount for line in self.lines))
