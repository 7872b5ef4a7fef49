"""Sample certificates: names that show what Arabic paper has to bear, and vocations of the reference data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from desktop_app.application.certificate_keys import signed_keys, signed_revocations, throw_away_key
from desktop_app.application.certificate_trust import write_trust
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.papers import CertificateContent
from desktop_app.application.reference_data import build_reference
from desktop_app.domain.area import Area
from desktop_app.domain.calendar import AMMAN
from desktop_app.domain.certificate_check import (
    CertificateKey,
    CertifiedLicence,
    KeyList,
    KeyStatus,
    RevocationList,
    whole_second,
)
from desktop_app.domain.identifiers import licence_number, request_number
from desktop_app.domain.licence import Parcel, Sign
from desktop_app.domain.people import Identity, IdentityKind, Person

_FIRST = ("سالم", "مُحَمَّد", "عائشة", "لؤي", "رُبى", "آلاء", "عبد الله", "هبة الله", "إلياس", "يحيى", "نائلة", "قُصيّ")
_FATHER = ("أحمد", "خليل", "عبد الرحمن", "ضياء الدين", "موسى", "رؤوف", "عبد المُحسن", "صلاح")
_LAST = ("الخطيب", "القضاة", "الأزايدة", "العبّادي", "بني هاني", "حدّاد", "الحسيني الهاشمي", "أبو لاوي", "الشوابكة")
_SHOPS = ("محلات السلام", "مكتبة الواحة (الفرع 2)", "صيدلية الشفاء", "مطعم البيت العتيق", "Café لؤلؤة", "مخبز ٧ نجوم")
_STREETS = ("شارع الرينبو، عمارة 24", "شارع الملكة رانيا، مجمّع النور، ط 3", "دوّار باريس، عمارة ١٢")


def throw_away_centre(folder: Path, now: datetime) -> Certifier:
    """A certifier with a key that nobody keeps, whose signed lists are written to `folder`. Raises OSError."""
    lists, key = throw_away_key(), throw_away_key()
    at = whole_second(now)
    keys = KeyList(at, (CertificateKey(key.kid, key.public, at, None, KeyStatus.CURRENT),))
    write_trust(folder, lists.public, signed_keys(keys, lists), signed_revocations(RevocationList(at, ()), lists))
    return Certifier(key)


def sample_certificates(count: int, certifier: Certifier, now: datetime) -> Iterator[CertificateContent]:
    """Certificates issued at `now` (UTC), marked as samples."""
    reference = build_reference(years=())
    vocations, districts = reference.vocations, reference.districts
    today = now.astimezone(AMMAN).date()
    year = today.year
    for at in range(count):
        district = districts[at % len(districts)]
        name = f"{_FIRST[at % len(_FIRST)]} {_FATHER[at // 2 % len(_FATHER)]} {_LAST[at // 3 % len(_LAST)]}"
        mine = tuple(vocations[(at * 7 + one) % len(vocations)] for one in range(1 + at % 4))
        said = CertifiedLicence(
            number=licence_number(year, district.number, at + 1),
            holder=name,
            vocations=tuple(one.code for one in mine),
            area=Area(2_500 + at * 137 % 40_000),
            district=district.number,
            valid_until=date(year, 12, 31),
            parent=licence_number(2019, district.number, 4_000 + at),
            issued_at=whole_second(now),
            sample=True,
        )
        shop = _SHOPS[at % len(_SHOPS)]
        yield CertificateContent(
            number=said.number,
            request_number=request_number(year, district.number, at + 1),
            holder=Person(name, Identity(IdentityKind.NATIONAL_NUMBER, f"9{at:09d}")),
            trade_name=shop,
            district=district,
            address_ar=_STREETS[at % len(_STREETS)],
            parcel=Parcel("عمان", "عمان", "33", "المدينة", "جبل عمان", "12", f"{1000 + at}"),
            area=said.area,
            vocations=mine,
            signs=(Sign("S1", shop, Area(350), True),) if at % 2 else (),
            issued_on=today,
            valid_until=said.valid_until,
            drawn_on=today,
            parent_number=said.parent,
            amended=False,
            children=(),
            sample=True,
            code=certifier.code(said),
        )
