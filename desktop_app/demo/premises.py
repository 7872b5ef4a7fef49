"""Invented premises: what is practised there, how large it is, where it lies, what its signs say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from desktop_app.demo.people import People
from desktop_app.demo.word_lists import Place, Trade, places, trades
from desktop_app.domain.area import Area
from desktop_app.domain.licence import Licence, LicenceStatus, Parcel, Sign
from desktop_app.domain.reference import Reference, Vocation

_HOW_MANY_VOCATIONS = ((1, 40), (2, 27), (3, 19), (4, 9), (5, 5))
_OWN_NAMES = {"سوبر": "سوبر ماركت", "ميني": "ميني ماركت", "كوفي": "كوفي شوب", "نادي": "نادي", "محل": "حلويات"}
_DEALING = "بيع"
_WORKING = {
    "تصليح": "ورشة",
    "تنجيد": "ورشة",
    "صيانة": "مركز",
    "تصوير": "مركز",
    "غسيل": "مغسلة",
    "دهان": "كراج",
    "كهرباء": "كراج",
}
_PRACTICES = {"2201": "عيادة الدكتور", "2202": "عيادة الدكتور", "2203": "عيادة الدكتور", "3101": "مكتب المحامي"}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A licence number that was given, and the day."""

    number: str
    issued_on: date


class Premises:
    """Draws licences. Deterministic for its random source and reference."""

    def __init__(self, random: Random, people: People, reference: Reference) -> None:
        self._random = random
        self._people = people
        self._by_group: dict[str, list[Vocation]] = {}
        for vocation in reference.vocations:
            self._by_group.setdefault(vocation.group, []).append(vocation)
        self._places = {place.district: place for place in places()}

    def district(self) -> int:
        """A district, drawn by its weight."""
        return self._random.choices(places(), weights=[place.weight for place in places()])[0].district

    def licence(self, given: Numbered, district: int, year: int) -> Licence:
        """A licence that was given on a day; most are renewed for `year`, some lag behind, a few are suspended."""
        place = self._places[district]
        trade = self._random.choices(trades(), weights=[one.weight for one in trades()])[0]
        vocations = self._vocations(trade)
        draw = self._random.random()
        renewed_for = max(given.issued_on.year, year if draw < 0.86 else year - 1 if draw < 0.96 else year - 2)
        trade_name = self._trade_name(vocations[0], trade)
        return Licence(
            number=given.number,
            district=district,
            holder=self._people.holder(),
            trade_name=trade_name,
            area=self.area(trade.smallest, trade.largest, len(vocations)),
            vocations=tuple(vocation.code for vocation in vocations),
            signs=self.signs(trade_name, self._random.choices((0, 1, 2, 3), weights=(8, 60, 24, 8))[0]),
            parcel=self.parcel(place),
            address_ar=self.address(place),
            status=LicenceStatus.SUSPENDED if self._random.random() < 0.03 else LicenceStatus.ACTIVE,
            renewed_for=renewed_for,
            issued_on=given.issued_on,
            valid_until=date(renewed_for, 12, 31),
            renewed_on=_renewed_on(given, renewed_for),
        )

    def added_vocation(self, near: str, taken: tuple[str, ...]) -> str:
        """A vocation that is not among `taken`: of the same group as `near`, or of another where all are taken."""
        group = next(group for group, held in self._by_group.items() if any(one.code == near for one in held))
        free = [one.code for one in self._by_group[group] if one.code not in taken]
        other = (one.code for held in self._by_group.values() for one in held if one.code not in taken)
        return self._random.choice(free) if free else next(other)

    def trade_name(self, code: str) -> str:
        """A name that fits the vocation."""
        for trade in trades():
            for vocation in self._by_group[trade.group]:
                if vocation.code == code:
                    return self._trade_name(vocation, trade)
        raise KeyError(code)

    def parcel(self, place: Place) -> Parcel:
        draw = self._random
        return Parcel(
            directorate_ar="تسجيل أراضي عمان",
            village_ar=place.village,
            basin_number=str(draw.randrange(1, 40)),
            basin_ar=draw.choice(place.basins),
            quarter_ar=draw.choice(place.quarters),
            plate=str(draw.randrange(1, 60)),
            number=str(draw.randrange(10, 2400)),
        )

    def address(self, place: Place) -> str:
        draw = self._random
        floor = draw.choices(("الطابق الأرضي", "الطابق الأول", "طابق التسوية"), weights=(80, 14, 6))[0]
        return f"{draw.choice(place.quarters)}، {draw.choice(place.streets)}، بناية {draw.randrange(1, 220)}، {floor}"

    def signs(self, text: str, count: int) -> tuple[Sign, ...]:
        return tuple(
            Sign(f"S{place}", text, Area(self._random.randrange(20, 121) * 5), self._random.random() < 0.55)
            for place in range(1, count + 1)
        )

    def area(self, smallest: int, largest: int, vocations: int) -> Area:
        """More vocations need more room; walls fall on quarters of a m² more often than not."""
        least = smallest * (1 + 0.35 * (vocations - 1))
        size = self._random.triangular(least, max(float(largest), least * 1.4), least * 1.25)
        step = self._random.choice((25, 50, 100, 5))
        return Area(round(size * 100 / step) * step)

    def _vocations(self, trade: Trade) -> tuple[Vocation, ...]:
        count = self._random.choices(
            [many for many, _ in _HOW_MANY_VOCATIONS], weights=[weight for _, weight in _HOW_MANY_VOCATIONS]
        )[0]
        own = self._by_group[trade.group]
        near = [vocation for group in trade.kin for vocation in self._by_group[group]]
        chosen = [self._random.choice(own)]
        while len(chosen) < count:
            one = self._random.choice(own if self._random.random() < 0.7 else near)
            if one in chosen:
                one = self._random.choice(own + near)
            if one not in chosen:
                chosen.append(one)
        return tuple(chosen)

    def _trade_name(self, vocation: Vocation, trade: Trade) -> str:
        if practice := _PRACTICES.get(vocation.code):
            return f"{practice} {self._people.professional()}"
        first = vocation.name_ar.split()[0]
        kind = _OWN_NAMES.get(first) or _WORKING.get(first)
        if kind is None:
            kind = self._random.choice(trade.prefixes) if first == _DEALING else first
        return f"{kind} {self._people.brand().ar}"


def _renewed_on(given: Numbered, renewed_for: int) -> date:
    """Most renew in the first quarter; what was given in that year was renewed by being given."""
    if renewed_for == given.issued_on.year:
        return given.issued_on
    serial = int(given.number.rpartition("-")[2])
    return date(renewed_for, 1 + serial % 3, 1 + serial % 28)
