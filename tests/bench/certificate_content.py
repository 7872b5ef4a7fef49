"""The certificates that all three are given to draw: every one of another person, and the words on each."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.application.ports.papers import CertificateContent
from desktop_app.texts.digits import scaled
from tests.documents.reading import fields, has_field, pdftotext, unreadable
from tests.documents.samples import certificate
from tests.workplaces import NAMES

Pairs = tuple[tuple[str, str], ...]
"""Label and value, as they stand on the sheet."""


def contents(count: int) -> tuple[CertificateContent, ...]:
    made = []
    for at in range(count):
        content = certificate(
            name=f"{NAMES[at % len(NAMES)]}",
            number=f"L-2026-08-{at + 1:06d}",
            identity=f"98712{at:05d}",
            count=2 + at % 3,
        )
        made.append(replace(content, request_number=f"R-2026-08-{at + 1:06d}"))
    return tuple(made)


def pairs_of(content: CertificateContent) -> Pairs:
    """What the certificate shows, for a peer that lays it out in a table."""
    parcel = content.parcel
    return (
        ("رقم الرخصة Licence number", content.number),
        ("تاريخ الإصدار Issued on", f"{content.issued_on:%d/%m/%Y}"),
        ("صالحة حتى Valid until", f"{content.valid_until:%d/%m/%Y}"),
        ("المرخص له Holder", content.holder.name_ar),
        ("Holder", content.holder.name_en),
        ("الرقم الوطني National number", content.holder.identity.number),
        ("الاسم التجاري Trade name", content.trade_name),
        ("المساحة Area", scaled(content.area, 2, arabic=False)),
        ("رقم الطلب Request number", content.request_number),
        ("الرخصة الأم Parent licence", content.parent_number or ""),
        ("المنطقة District", content.district.name_ar),
        ("العنوان Address", content.address_ar),
        ("المديرية Directorate", parcel.directorate_ar),
        ("القرية Village", parcel.village_ar),
        ("الحوض Basin", f"{parcel.basin_ar} {parcel.basin_number}"),
        ("الحي Quarter", parcel.quarter_ar),
        ("اللوحة Plate", parcel.plate),
        ("القطعة Parcel", parcel.number),
        *((f"{one.code} {one.name_en}", one.name_ar) for one in content.vocations),
        *((f"لوحة Sign {scaled(one.area, 2, arabic=False)} m²", one.text_ar) for one in content.signs),
    )


def gives_back(pdf: bytes, content: CertificateContent) -> bool:
    """Whether pdftotext says holder, number and every vocation exactly, and no character that is only a shape."""
    text = pdftotext(pdf)
    found = fields(text)
    wanted = [content.holder.name_ar, content.number, *(one.name_ar for one in content.vocations)]
    return all(has_field(found, value) for value in wanted) and not unreadable(text)
