"""The guided journeys: for each number a parent licence in Zahran and a split of it that is ready to be lodged.

They do not depend on the seed of the other sample data, so a guide can name one without reading a database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from desktop_app.demo.people import People
from desktop_app.demo.staff import HOME_BRANCH
from desktop_app.demo.word_lists import Place, places, tour_scripts
from desktop_app.domain.area import Area
from desktop_app.domain.identifiers import licence_number
from desktop_app.domain.licence import Licence, LicenceStatus, Parcel, Sign
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Capacity
from desktop_app.domain.request import Requirements
from desktop_app.domain.split import ChildUnit, SplitPlan
from desktop_app.domain.tracks import Due, DueKind, DuesAccount
from desktop_app.texts.typed import read_area

TOURS = 24
"""Journeys are numbered from 1 to this."""

IN_DEBT = frozenset({10, 15})
"""Journeys whose applicant is an owner with dues, so that the card's notice on the screen is passed."""

_ISSUED_IN = 2024
_FIRST_DAY = date(2024, 1, 7)


@dataclass(frozen=True, slots=True)
class TourRequest:
    """A journey's parent as it stands in the register, and what the counter types in."""

    number: int
    parent: Licence
    content: RequestContent
    dues: DuesAccount | None = None
    """What the applicant owes the municipality when the journey begins."""


def tour_request(number: int, year: int) -> TourRequest:
    """The journey of that number, its parent renewed for `year`. Raises LookupError outside 1 to `TOURS`."""
    if not 1 <= number <= TOURS:
        raise LookupError(f"tours are numbered from 1 to {TOURS}")
    scripts = tour_scripts()
    script, turn = scripts[(number - 1) % len(scripts)], (number - 1) // len(scripts)
    random = Random(f"tour {number}")  # noqa: S311 - invented people, no secrets
    people = People(random)
    place = next(one for one in places() if one.district == HOME_BRANCH)
    parent = _parent(number, script, turn, year, people, place, random)
    children = tuple(
        _child(key, row, turn, people, _code_after(place_of_sign, parent.signs) if row["sign"] else "")
        for place_of_sign, (key, row) in enumerate(zip(("u1", "u2"), script["children"], strict=True), start=1)
    )
    capacity = Capacity(script["capacity"])
    content = RequestContent(
        applicant=people.applicant(parent.holder, capacity),
        requirements=Requirements(
            title_deed=f"{8 + turn}/{1200 + number}/{2010 + number % 12}",
            construction_certificate=f"CL-{2018 + number % 6}-{4100 + 37 * number:05d}"
            if script["certificate"]
            else "",
        ),
        plan=SplitPlan(parent.number, children),
    )
    owed = _owed(content, parent, year) if number in IN_DEBT else None
    return TourRequest(number, parent, content, owed)


def tour_debts(year: int) -> tuple[DuesAccount, ...]:
    """What the applicants of the journeys in `IN_DEBT` owe."""
    return tuple(owed for number in sorted(IN_DEBT) if (owed := tour_request(number, year).dues) is not None)


def tour_parents(year: int) -> tuple[Licence, ...]:
    """The parents of all journeys: the first licences of Zahran's series of their year of issue."""
    return tuple(tour_request(number, year).parent for number in range(1, TOURS + 1))


TOUR_SERIES = (_ISSUED_IN, HOME_BRANCH)
"""The year and district whose licence series begins with the parents of the journeys."""


def _parent(
    number: int, script: dict[str, Any], turn: int, year: int, people: People, place: Place, random: Random
) -> Licence:
    holder = {"citizen": people.citizen, "resident": people.resident, "business": people.establishment}[
        script["holder"]
    ]()
    name = _turned(script["trade"], turn)
    size = _grown(read_area(script["area"]), turn)
    street = f"{random.choice(place.quarters)}، {random.choice(place.streets)}"
    issued_on = _FIRST_DAY + timedelta(days=2 * number)
    renewed_for = max(year, _ISSUED_IN)
    return Licence(
        number=licence_number(_ISSUED_IN, HOME_BRANCH, number),
        district=HOME_BRANCH,
        holder=holder,
        trade_name=name,
        area=size,
        vocations=tuple(script["vocations"]),
        signs=tuple(Sign(f"S{at}", name, Area(400 + 125 * at + 5 * number), at % 2 == 1) for at in range(1, 4)),
        parcel=Parcel(
            directorate_ar="تسجيل أراضي عمان",
            village_ar=place.village,
            basin_number=str(4 + number),
            basin_ar=random.choice(place.basins),
            quarter_ar=random.choice(place.quarters),
            plate=str(10 + number),
            number=str(300 + 7 * number),
        ),
        address_ar=f"{street}، بناية {12 + number}، الطابق الأرضي",
        status=LicenceStatus.ACTIVE,
        renewed_for=renewed_for,
        issued_on=issued_on,
        valid_until=date(renewed_for, 12, 31),
        renewed_on=date(renewed_for, 1, 2 + number % 20) if renewed_for > _ISSUED_IN else issued_on,
    )


def _owed(content: RequestContent, parent: Licence, year: int) -> DuesAccount:
    tax = f"ضريبة أبنية وأراض عن سنة {year - 1}، القطعة {parent.parcel.number}"
    serial = int(parent.number[-6:])
    dues = (
        Due(f"M-{year - 1}-9{serial:05d}", DueKind.MUSAQQAFAT, Fils(184_500 + 250 * serial), tax),
        Due(f"T-{year - 1}-9{serial:05d}", DueKind.TAHAQQUQAT, Fils(62_250), "عوائد تعبيد وتحسين"),
    )
    return DuesAccount(content.applicant.person.identity.key, dues)


def _child(key: str, row: dict[str, Any], turn: int, people: People, sign: str) -> ChildUnit:
    return ChildUnit(
        key=key,
        holder=people.citizen() if key == "u1" else people.holder(),
        trade_name=_turned(row["trade"], turn),
        area=_grown(read_area(row["area"]), turn),
        vocations=tuple(row["vocations"]),
        added_vocations=tuple(row["added"]),
        signs=(sign,) if sign else (),
    )


def _code_after(place: int, signs: tuple[Sign, ...]) -> str:
    """The parent keeps its first sign."""
    return signs[place].code


def _turned(name: str, turn: int) -> str:
    """A script is used again under another name and in other sizes."""
    if turn == 0:
        return name
    added = ("الحديثة", "الكبرى")[turn - 1]
    return f"{name} الجديدة" if added in name.split() else f"{name} {added}"


def _grown(area: Area, turn: int) -> Area:
    return Area(int(area) * (100 + 15 * turn) // 100)
