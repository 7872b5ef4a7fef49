"""One licence among its kin, in words: made off the UI thread."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.application.ports.queries import Genealogy
from desktop_app.domain.licence import Licence, LicenceStatus
from desktop_app.texts import name_of, tr
from desktop_app.texts.clock_words import long_date
from desktop_app.texts.quantities import area, code, digits
from desktop_app.ui.request.naming import Naming, listed

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KinShown:
    """One licence of the family. `depth` counts from the oldest known ancestor; `own` is the one that is looked at."""

    number: str
    shown: str
    trade_name: str
    holder: str
    area: str
    status: LicenceStatus
    depth: int
    own: bool


@dataclass(frozen=True, slots=True)
class ReservedShown:
    """What an accepted request holds of this licence."""

    request_id: str
    request: str
    what: str


@dataclass(frozen=True, slots=True)
class LicenceShown:
    number: str
    shown: str
    trade_name: str
    status: LicenceStatus
    facts: Pairs
    vocations: tuple[str, ...]
    signs: tuple[str, ...]
    kin: tuple[KinShown, ...]
    reservations: tuple[ReservedShown, ...]
    made_by: str
    made_by_number: str
    has_paper: bool


def licence_shown(genealogy: Genealogy, naming: Naming, made_by_number: str, *, has_paper: bool) -> LicenceShown:
    licence = genealogy.licence
    return LicenceShown(
        number=licence.number,
        shown=code(licence.number),
        trade_name=licence.trade_name,
        status=licence.status,
        facts=_facts(licence, naming),
        vocations=tuple(naming.vocation(one) for one in licence.vocations),
        signs=tuple(
            tr(
                "{text}: {area}, {lit}",
                text=sign.text_ar,
                area=sign.area,
                lit=tr("lit") if sign.lit else tr("unlit"),
            )
            for sign in licence.signs
        ),
        kin=kin_of(genealogy),
        reservations=tuple(
            ReservedShown(
                held.request_id,
                code(held.request_number),
                listed((area(held.area), naming.vocations(held.vocations))),
            )
            for held in licence.reservations
        ),
        made_by=licence.made_by_request or "",
        made_by_number=code(made_by_number),
        has_paper=has_paper,
    )


def kin_of(genealogy: Genealogy) -> tuple[KinShown, ...]:
    """The family in the order of a tree: each licence right below the one it came from."""
    above = genealogy.ancestors
    own = len(above)
    lines = [_kin(one, depth, own=False) for depth, one in enumerate(above)]
    lines.append(_kin(genealogy.licence, own, own=True))
    lines += [_kin(one, own + depth, own=False) for depth, one in genealogy.descendants]
    return tuple(lines)


def _kin(licence: Licence, depth: int, *, own: bool) -> KinShown:
    return KinShown(
        licence.number,
        code(licence.number),
        licence.trade_name,
        licence.holder.name_ar,
        area(licence.area),
        licence.status,
        depth,
        own,
    )


def _facts(licence: Licence, naming: Naming) -> Pairs:
    parcel = licence.parcel
    free = area(licence.free_area) if licence.reservations else ""
    return (
        (tr("Holder"), licence.holder.name_ar),
        (name_of(licence.holder.identity.kind), code(licence.holder.identity.number)),
        (tr("Area"), area(licence.area)),
        (tr("Free of requests"), free),
        (tr("Address"), listed((digits(licence.address_ar), naming.district(licence.district)))),
        (tr("Basin"), listed((code(parcel.basin_number), parcel.basin_ar))),
        (tr("Quarter"), parcel.quarter_ar),
        (tr("Plate and parcel"), listed((code(parcel.plate), code(parcel.number)))),
        (tr("Issued on"), long_date(licence.issued_on)),
        (tr("Valid until"), long_date(licence.valid_until)),
        (tr("Renewed for"), code(str(licence.renewed_for))),
        (tr("Renewed on"), long_date(licence.renewed_on) if licence.renewed_on else ""),
    )
