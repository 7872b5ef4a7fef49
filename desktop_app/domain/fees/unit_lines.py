"""The yearly fees of one licence, line by line: licence, signs, waste."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain.area import Area
from desktop_app.domain.fees.calculation import FeeLine, LineKind, UnitInputs
from desktop_app.domain.fees.schedule import FeeSchedule, LicenceRate
from desktop_app.domain.messages import Message, message
from desktop_app.domain.money import Fils, half_up_to_fils


class ScheduleGapError(ValueError):
    """The schedule in force has no rate for what stands in the request: data that an administrator must mend.

    `why` is the sentence to show.
    """

    def __init__(self, why: Message) -> None:
        super().__init__(why.key)
        self.why = why


def unit_lines(unit: UnitInputs, schedule: FeeSchedule) -> list[FeeLine]:
    """A unit's yearly fees. Of several vocations of one person in one premises the highest counts
    (law of 1966, art. 6, historic). Raises ScheduleGapError."""
    return [_licence_line(unit, schedule), *_sign_lines(unit, schedule), *_waste_lines(unit, schedule)]


def _licence_line(unit: UnitInputs, schedule: FeeSchedule) -> FeeLine:
    best: tuple[Fils, LicenceRate, str] | None = None
    rates = {(rate.group, rate.fee_class): rate for rate in schedule.licence_rates}
    for vocation in unit.vocations:
        rate = rates.get((vocation.group, vocation.fee_class))
        if rate is None:
            raise ScheduleGapError(message("fees.no_licence_rate", vocation=vocation.code))
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
        base=_in_square_metres(unit.area),
        rate=in_dinars(amount),
        amount=amount,
        about=unit.key,
    )


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
                base=_in_square_metres(area),
                rate=f"{in_dinars(rate.per_m2)}/m²",
                amount=half_up_to_fils(Fraction(int(area), 100) * int(rate.per_m2)),
                about=unit.key,
            )
        )
    return lines


def _waste_lines(unit: UnitInputs, schedule: FeeSchedule) -> list[FeeLine]:
    """One waste fee for the premises, of its dearest category; none with a licensed hauler's contract."""
    if unit.waste_contract:
        return []
    categories = {vocation.waste_category for vocation in unit.vocations}
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
            base="1",
            rate=in_dinars(rate.amount),
            amount=rate.amount,
            about=unit.key,
        )
    ]


def in_dinars(amount: Fils) -> str:
    """Dinars with three decimals, as a line of the bill writes its rate."""
    sign, value = ("-", -int(amount)) if amount < 0 else ("", int(amount))
    return f"{sign}{value // 1000}.{value % 1000:03d}"


def _in_square_metres(area: Area) -> str:
    return f"{int(area) // 100}.{int(area) % 100:02d} m²"
