"""The rows of the calendar: by inspector, where a visit is booked with that inspector, or by district, where it is
booked with whoever of those who serve it has the least to do that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.application.ports.queries import VisitRow
from desktop_app.domain.reference import District, TimeWindow
from desktop_app.texts import current, tr
from desktop_app.texts.quantities import code, digits
from desktop_app.ui.calendar.week import Day, Slot, Week, stands


class Grouping(StrEnum):
    INSPECTOR = "inspector"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A window of a day in a district, whoever comes."""

    district: int
    day: date
    window: str


Place = Slot | Spot


@dataclass(frozen=True, slots=True)
class Box:
    """One cell: its own `visits`, those still to be held first and `standing` in number, and how much of the time of
    those who could come (`slots`) is `taken`. `lines` say in words what it holds, `details` the same at more length."""

    place: Place
    slots: tuple[Slot, ...]
    visits: tuple[VisitRow, ...]
    lines: tuple[str, ...]
    details: tuple[str, ...]
    standing: int
    taken: int
    capacity: int
    room: int
    works: bool
    past: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A title, and for each window of the day a line of cells."""

    key: str
    title: str
    lines: tuple[tuple[TimeWindow, tuple[Box, ...]], ...]


def rows_of(week: Week, grouping: Grouping) -> tuple[Row, ...]:
    if grouping is Grouping.INSPECTOR:
        return tuple(
            Row(
                person.id,
                person.name_ar,
                tuple((w, tuple(_own_box(week, person.id, day, w) for day in week.days)) for w in week.windows),
            )
            for person in week.inspectors
        )
    return tuple(
        Row(
            f"district-{district.number}",
            district_name(district),
            tuple((w, tuple(_district_box(week, district.number, day, w) for day in week.days)) for w in week.windows),
        )
        for district in week.districts
    )


def conflict_of(box: Box, conflicts: Mapping[Slot, str], week: Week) -> str:
    """Why the chosen visit cannot be booked in this cell; "" where it can, with someone."""
    if isinstance(box.place, Spot) and week.chosen is not None and box.place.district != week.chosen.branch:
        return tr("The visit is in another district.")
    if not box.slots:
        return tr("No inspector serves this district.")
    if any(slot not in conflicts for slot in box.slots):
        return ""
    return conflicts[box.slots[0]]


def district_name(district: District) -> str:
    return district.name_ar if current().arabic else district.name_en


def _own_box(week: Week, inspector: str, day: Day, window: TimeWindow) -> Box:
    slot = Slot(inspector, day.day, window.code)
    visits, elsewhere = _in_order(week.visits_in(slot)), week.booked_elsewhere(slot)
    standing = sum(map(stands, visits))
    unnamed = (tr("Booked in another district"),) * elsewhere
    return Box(
        place=slot,
        slots=(slot,),
        visits=visits,
        lines=(*map(_line, visits[:standing]), *unnamed, *map(_line, visits[standing:])),
        details=(*map(_detail, visits[:standing]), *unnamed, *map(_detail, visits[standing:])),
        standing=standing,
        taken=week.taken(slot),
        capacity=window.capacity,
        room=max(0, window.capacity - week.taken(slot)),
        works=day.works,
        past=week.past(day.day, window),
    )


def _district_box(week: Week, district: int, day: Day, window: TimeWindow) -> Box:
    slots = tuple(Slot(one.id, day.day, window.code) for one in week.inspectors if one.serves(district))
    names = {one.id: one.name_ar for one in week.inspectors}
    here = _in_order(
        visit
        for slot, visits in week.booked.items()
        if (slot.day, slot.window) == (day.day, window.code)
        for visit in visits
        if visit.branch == district
    )
    return Box(
        place=Spot(district, day.day, window.code),
        slots=slots,
        visits=here,
        lines=tuple(_with(_line(visit), names.get(visit.inspector, "")) for visit in here),
        details=tuple(_with(_detail(visit), names.get(visit.inspector, "")) for visit in here),
        standing=sum(map(stands, here)),
        taken=sum(min(window.capacity, week.taken(slot)) for slot in slots),
        capacity=window.capacity * len(slots),
        room=sum(max(0, window.capacity - week.taken(slot)) for slot in slots),
        works=day.works,
        past=week.past(day.day, window),
    )


def _in_order(visits: Iterable[VisitRow]) -> tuple[VisitRow, ...]:
    return tuple(sorted(visits, key=lambda visit: not stands(visit)))


def _line(visit: VisitRow) -> str:
    return visit.trade_name if stands(visit) else tr("{visit}, held", visit=visit.trade_name)


def _with(visit: str, inspector: str) -> str:
    return tr("{visit} — {inspector}", visit=visit, inspector=inspector) if inspector else visit


def _detail(visit: VisitRow) -> str:
    number, address = code(visit.number), digits(visit.address_ar)
    return tr("{number}: {name}, {address}", number=number, name=visit.trade_name, address=address)
