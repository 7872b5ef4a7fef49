"""The bill of a split, and its fee-neutrality view, from a schedule and its inputs. Pure; replays to the fils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop_app.domain.area import Area
from desktop_app.domain.fees.calculation import Calculation, FeeInputs, FeeLine, LineKind, UnitInputs
from desktop_app.domain.fees.schedule import FeeSchedule, LicenceRate
from desktop_app.domain.licence import Licence
from desktop_app.domain.messages import Message, message
from desktop_app.domain.money import Fils, half_up_to_fils, total
from desktop_app.domain.reference import Reference, Vocation
from desktop_app.domain.split import REMAINDER, SplitPlan, remainder_of


class ScheduleGapError(ValueError):
    """The schedule in force has no rate for what stands in the request: data that an administrator must mend.

    `why` is the sentence to show.
    """

    def __init__(self, why: Message) -> None:
        super().__init__(why.key)
        self.why = why


def inputs_of_split(
    parent: Licence, plan: SplitPlan, schedule: FeeSchedule, filed_on: date, waste_contracts: tuple[str, ...]
) -> FeeInputs:
    """The children as the calculation sees them: the parent paid its own year at renewal."""
    faces = {sign.code: (sign.area, sign.lit) for sign in parent.signs}
    return FeeInputs(
        schedule_version=schedule.version,
        filed_on=filed_on,
        units=tuple(
            UnitInputs(
                key=child.key,
                title=child.trade_name,
                area=child.area,
                vocations=child.all_vocations,
                sign_faces=tuple(faces[code] for code in child.signs),
                waste_contract=child.key in waste_contracts,
            )
            for child in plan.children
        ),
    )


def calculate(inputs: FeeInputs, schedule: FeeSchedule, reference: Reference) -> Calculation:
    """The bill of a split: the service itself, then each unit's licence, signs and waste for the year.

    Raises ScheduleGapError where the schedule has no rate for a unit.
    """
    service = FeeLine(
        kind=LineKind.SPLIT_SERVICE,
        label_ar="بدل خدمة تجزئة رخصة مهن",
        label_en="Service of splitting a vocational licence",
        article=schedule.split_service_article,
        base="1",
        rate=_jd(schedule.split_service),
        amount=schedule.split_service,
    )
    lines = [service]
    for unit in inputs.units:
        lines += unit_lines(unit, schedule, reference)
    return Calculation(inputs, tuple(lines))


def unit_lines(unit: UnitInputs, schedule: FeeSchedule, reference: Reference) -> list[FeeLine]:
    """A unit's yearly fees. Of several vocations of one person in one premises the highest counts
    (law of 1966, art. 6, historic)."""
    return [
        _licence_line(unit, schedule, reference),
        *_sign_lines(unit, schedule),
        *_waste_lines(unit, schedule, reference),
    ]


def _licence_line(unit: UnitInputs, schedule: FeeSchedule, reference: Reference) -> FeeLine:
    best: tuple[Fils, LicenceRate, str] | None = None
    for code in unit.vocations:
        vocation = _vocation(code, reference)
        rate = next(
            (
                one
                for one in schedule.licence_rates
                if (one.group, one.fee_class) == (vocation.group, vocation.fee_class)
            ),
            None,
        )
        if rate is None:
            raise ScheduleGapError(message("fees.no_licence_rate", vocation=code))
        amount = _band_amount(rate, unit.area)
        if best is None or amount > best[0]:
            best = (amount, rate, vocation.name_ar)
    if best is None:
        raise ScheduleGapError(message("fees.unit_without_vocation", unit=unit.title))
    amount, rate, name = best
    return FeeLine(
        kind=LineKind.LICENCE,
        label_ar=f"رسم رخصة مهن: {name}",
        label_en="Vocational licence fee",
        article=rate.article,
        base=_m2(unit.area),
        rate=_jd(amount),
        amount=amount,
        about=unit.key,
    )


def _vocation(code: str, reference: Reference) -> Vocation:
    vocation = reference.find_vocation(code)
    if vocation is None:
        raise ScheduleGapError(message("vocation.unknown", vocation=code))
    return vocation


def _band_amount(rate: LicenceRate, area: Area) -> Fils:
    for band in rate.bands:
        if band.up_to is None or area <= band.up_to:
            return band.amount
    raise ScheduleGapError(message("fees.no_area_band", area=area))


def _sign_lines(unit: UnitInputs, schedule: FeeSchedule) -> list[FeeLine]:
    lines = []
    for area, lit in unit.sign_faces:
        rate = next((one for one in schedule.sign_rates if one.lit is lit), None)
        if rate is None:
            raise ScheduleGapError(message("fees.no_sign_rate"))
        lines.append(
            FeeLine(
                kind=LineKind.SIGN,
                label_ar="رسم آرمة مضيئة" if lit else "رسم آرمة غير مضيئة",
                label_en="Lit sign fee" if lit else "Unlit sign fee",
                article=rate.article,
                base=_m2(area),
                rate=f"{_jd(rate.per_m2)}/m²",
                amount=half_up_to_fils(Fraction(int(area), 100) * int(rate.per_m2)),
                about=unit.key,
            )
        )
    return lines


def _waste_lines(unit: UnitInputs, schedule: FeeSchedule, reference: Reference) -> list[FeeLine]:
    """One waste fee for the premises, of its dearest category; none with a licensed hauler's contract."""
    if unit.waste_contract:
        return []
    categories = {_vocation(code, reference).waste_category for code in unit.vocations}
    rates = [one for one in schedule.waste_rates if one.category in categories]
    for category in sorted(categories - {one.category for one in rates}):
        raise ScheduleGapError(message("fees.no_waste_rate", category=category))
    rate = max(rates, key=lambda one: (one.amount, one.category))
    return [
        FeeLine(
            kind=LineKind.WASTE,
            label_ar=f"رسم نفايات (فئة {rate.category})",
            label_en=f"Waste fee (category {rate.category})",
            article=rate.article,
            base=rate.category,
            rate=_jd(rate.amount),
            amount=rate.amount,
            about=unit.key,
        )
    ]


@dataclass(frozen=True, slots=True)
class Neutrality:
    """What the premises cost a year before the split and after it, line by line."""

    before: tuple[FeeLine, ...]
    after: tuple[FeeLine, ...]

    @property
    def difference(self) -> Fils:
        """After less before; positive when the municipality takes more."""
        return total(tuple(one.amount for one in self.after)) - total(tuple(one.amount for one in self.before))


def neutrality(
    parent: Licence, plan: SplitPlan, schedule: FeeSchedule, reference: Reference, filed_on: date
) -> Neutrality:
    """The parent before against the parent and its children after. `parent` is the licence before the split."""
    whole = _as_unit(parent.number, parent.trade_name, parent.area, parent.vocations, parent)
    before = unit_lines(whole, schedule, reference)
    after: list[FeeLine] = []
    rest = remainder_of(parent, plan)
    if not rest.closes_parent and rest.vocations:
        kept = UnitInputs(
            key=REMAINDER,
            title=parent.trade_name,
            area=rest.area,
            vocations=rest.vocations,
            sign_faces=tuple((sign.area, sign.lit) for sign in rest.signs),
        )
        after += unit_lines(kept, schedule, reference)
    for unit in inputs_of_split(parent, plan, schedule, filed_on, ()).units:
        after += unit_lines(unit, schedule, reference)
    return Neutrality(tuple(before), tuple(after))


def _as_unit(key: str, title: str, area: Area, vocations: tuple[str, ...], parent: Licence) -> UnitInputs:
    return UnitInputs(key, title, area, vocations, tuple((sign.area, sign.lit) for sign in parent.signs))


def _jd(amount: Fils) -> str:
    sign, value = ("-", -int(amount)) if amount < 0 else ("", int(amount))
    return f"{sign}{value // 1000}.{value % 1000:03d}"


def _m2(area: Area) -> str:
    return f"{int(area) // 100}.{int(area) % 100:02d} m²"
