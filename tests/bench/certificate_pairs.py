"""What stands on a certificate, as pairs, for a peer that lays them out in a table. Loads nothing that draws."""

from __future__ import annotations

from desktop_app.application.ports.papers import CertificateContent
from desktop_app.texts.digits import scaled

Pairs = tuple[tuple[str, str], ...]
"""Label and value, as they stand on the sheet."""


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
