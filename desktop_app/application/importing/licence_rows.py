"""One row of a licence file as a licence, or every reason why it is none."""

from __future__ import annotations

from datetime import date

from desktop_app.application.importing.cells import YEARS, Cells
from desktop_app.application.importing.table import BadRow, Column, Row
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.identifiers import check_identity, clean, is_licence_number
from desktop_app.domain.licence import Licence, LicenceStatus, Parcel, Sign
from desktop_app.domain.messages import InputError, message
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.domain.reference import Reference
from desktop_app.texts.typed import read_area

COLUMNS = (
    Column("number", "رقم الرخصة"),
    Column("district", "رقم المنطقة"),
    Column("identity_kind", "نوع الإثبات"),
    Column("identity_number", "رقم الإثبات"),
    Column("holder_ar", "اسم المرخص له"),
    Column("holder_en", "اسم المرخص له بالإنجليزية", required=False),
    Column("trade_name", "الاسم التجاري"),
    Column("area_m2", "المساحة"),
    Column("vocations", "رموز المهن"),
    Column("signs", "الآرمات", required=False),
    Column("directorate", "مديرية التسجيل", required=False),
    Column("village", "القرية", required=False),
    Column("basin_number", "رقم الحوض", required=False),
    Column("basin", "اسم الحوض", required=False),
    Column("quarter", "الحي", required=False),
    Column("plate", "رقم اللوحة", required=False),
    Column("parcel", "رقم القطعة", required=False),
    Column("address", "العنوان"),
    Column("status", "الحالة"),
    Column("renewed_for", "سنة التجديد"),
    Column("issued_on", "تاريخ الإصدار"),
    Column("valid_until", "تاريخ الانتهاء", required=False),
    Column("renewed_on", "تاريخ التجديد", required=False),
)

IDENTITY_KINDS = {
    "national_number": IdentityKind.NATIONAL_NUMBER,
    "رقم وطني": IdentityKind.NATIONAL_NUMBER,
    "residency_number": IdentityKind.RESIDENCY_NUMBER,
    "رقم إقامة": IdentityKind.RESIDENCY_NUMBER,
    "passport": IdentityKind.PASSPORT,
    "جواز سفر": IdentityKind.PASSPORT,
    "establishment_number": IdentityKind.ESTABLISHMENT_NUMBER,
    "رقم منشأة": IdentityKind.ESTABLISHMENT_NUMBER,
    "government_letter": IdentityKind.GOVERNMENT_LETTER,
    "كتاب رسمي": IdentityKind.GOVERNMENT_LETTER,
}
_STATUSES = {
    "active": LicenceStatus.ACTIVE,
    "فعالة": LicenceStatus.ACTIVE,
    "suspended": LicenceStatus.SUSPENDED,
    "موقوفة": LicenceStatus.SUSPENDED,
    "closed": LicenceStatus.CLOSED,
    "مغلقة": LicenceStatus.CLOSED,
}
_LIT = {"lit": True, "مضيئة": True, "unlit": False, "غير مضيئة": False}


def read_licence(row: Row, reference: Reference) -> Licence | BadRow:
    """The licence that a row describes, as it comes new into the register."""
    cells = Cells(row)
    number = clean(cells.text("number"))
    district = cells.number("district")
    _check_number(cells, number, district, reference)
    identity = read_identity(cells)
    renewed_for = cells.year("renewed_for")
    issued_on = cells.day("issued_on")
    valid_until = cells.day("valid_until", otherwise=date(renewed_for, 12, 31))
    if valid_until < issued_on:
        cells.wrong.append(message("import.dates_reversed", "valid_until"))
    vocations = cells.codes("vocations")
    cells.wrong += [
        message("vocation.unknown", "vocations", vocation=code)
        for code in vocations
        if reference.find_vocation(code) is None
    ]
    licence = Licence(
        number=number,
        district=district,
        holder=Person(cells.text("holder_ar"), identity, cells.maybe("holder_en")),
        trade_name=cells.text("trade_name"),
        area=cells.area("area_m2"),
        vocations=vocations,
        signs=_signs(cells),
        parcel=Parcel(
            directorate_ar=cells.maybe("directorate"),
            village_ar=cells.maybe("village"),
            basin_number=ascii_digits(cells.maybe("basin_number")),
            basin_ar=cells.maybe("basin"),
            quarter_ar=cells.maybe("quarter"),
            plate=ascii_digits(cells.maybe("plate")),
            number=ascii_digits(cells.maybe("parcel")),
        ),
        address_ar=cells.text("address"),
        status=cells.choice("status", _STATUSES),
        renewed_for=renewed_for,
        issued_on=issued_on,
        valid_until=valid_until,
        renewed_on=cells.day("renewed_on", otherwise=issued_on) if cells.maybe("renewed_on") else None,
    )
    return BadRow(row.line, tuple(cells.wrong)) if cells.wrong else licence


def read_identity(cells: Cells) -> Identity:
    """Whose row it is: the columns identity_kind and identity_number."""
    kind = cells.choice("identity_kind", IDENTITY_KINDS)
    typed = cells.text("identity_number")
    number = ascii_digits(typed) if kind is IdentityKind.GOVERNMENT_LETTER else clean(typed)
    identity = Identity(kind, number)
    if typed:
        cells.check(check_identity(identity, "identity_number"))
    return identity


def _check_number(cells: Cells, number: str, district: int, reference: Reference) -> None:
    if reference.find_district(district) is None:
        cells.wrong.append(message("import.district_unknown", "district"))
    if not number:
        return
    if not is_licence_number(number):
        cells.wrong.append(message("import.licence_number_form", "number"))
        return
    _, year, own, serial = number.split("-")
    if int(own) != district:
        cells.wrong.append(message("import.district_differs", "district"))
    if int(year) not in YEARS or int(serial) == 0:
        cells.wrong.append(message("import.licence_number_form", "number"))


def _signs(cells: Cells) -> tuple[Sign, ...]:
    """`text|m²|lit` for each sign, semicolons between; they are called S1, S2 and so on, in that order."""
    found = []
    for place, typed in enumerate((part for part in cells.maybe("signs").split(";") if part.strip()), start=1):
        parts = [part.strip() for part in typed.split("|")]
        try:
            text, size, lit = parts
            area = read_area(size, "signs")
            shines = _LIT[lit.casefold()]
        except (ValueError, KeyError, InputError):
            cells.wrong.append(message("import.sign_form", "signs"))
            return ()
        if area <= 0 or not text:
            cells.wrong.append(message("import.sign_form", "signs"))
        found.append(Sign(f"S{place}", text, area, shines))
    return tuple(found)
