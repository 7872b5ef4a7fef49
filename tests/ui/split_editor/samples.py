"""A parent licence, vocations and an account as they could stand; every name and figure is made up."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.area import Area
from desktop_app.domain.licence import Licence, LicenceStatus, Parcel, Reservation, Sign
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.domain.reference import District, Reference, Vocation

REFERENCE = Reference(
    vocations=(
        Vocation("V01", "بيع المواد الغذائية", "Groceries", "food", "1"),
        Vocation("V02", "مخبز", "Bakery", "food", "2", needs_construction_certificate=True),
        Vocation("V03", "بيع الأدوات المنزلية", "Household goods", "retail", "1"),
        Vocation("V04", "صيانة الأجهزة الكهربائية", "Appliance repair", "repair", "2"),
        Vocation("V05", "مقهى", "Café", "food", "3", needs_civil_defence=True),
        Vocation("V06", "إصلاح الأحذية", "Shoe repair", "repair", "1"),
    ),
    districts=(District(8, "زهران", "Zahran", 31.95, 35.88),),
)


def parent(
    area: int = 24000, *, held: tuple[Reservation, ...] = (), renewed_for: int = 2026, number: str = "L-2026-08-000123"
) -> Licence:
    return Licence(
        number=number,
        district=8,
        holder=Person("سمير عبد الله النجار", Identity(IdentityKind.NATIONAL_NUMBER, "9851023344")),
        trade_name="مركز النجار التجاري",
        area=Area(area),
        vocations=("V01", "V02", "V03", "V04"),
        signs=(
            Sign("S1", "مركز النجار", Area(600), True),
            Sign("S2", "مخبز النجار", Area(250), False),
        ),
        parcel=Parcel("غرب عمان", "عمان", "٣٣", "عبدون", "الشمالي", "١٢", "٤٥٦"),
        address_ar="شارع الأميرة بسمة، عمارة ١٢",
        status=LicenceStatus.ACTIVE,
        renewed_for=renewed_for,
        issued_on=date(2019, 3, 4),
        valid_until=date(renewed_for, 12, 31),
        reservations=held,
    )


HELD = Reservation("other", "R-2026-08-000077", Area(4000), ("V04",), ("S2",))
