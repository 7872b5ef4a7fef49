"""Contents to draw in tests: plausible, long, and odd ones."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desktop_app.application.ports.papers import CertificateContent, ReceiptContent, ReceiptLine
from desktop_app.domain.area import Area
from desktop_app.domain.licence import Parcel, Sign
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.domain.reference import District, Vocation
from desktop_app.domain.tracks import PaymentMethod

DISTRICT = District(8, "زهران", "Zahran", 31.95, 35.9)
PARCEL = Parcel("عمان", "عمان", "33", "المدينة", "جبل عمان", "12", "1487")
NAMES = (
    ("صالون حلاقة رجالي", "Men's barber shop"),
    ("مطعم وجبات سريعة", "Fast food restaurant"),
    ("مخبز آلي", "Bakery"),
    ("بيع المواد الغذائية بالتجزئة", "Retail sale of foodstuff"),
    ("مكتب استشارات هندسية", "Engineering consultants"),
    ("صيانة الأجهزة الإلكترونية", "Repair of electronic devices"),
    ("تجارة الملابس الجاهزة", "Ready-made clothing"),
    ("مقهى (كوفي شوب)", "Coffee shop"),
    ("خياطة وتفصيل", "Tailoring"),
    ("مستودع لوازم طبية", "Medical supplies store"),
    ("بيع الزهور والنباتات", "Flowers and plants"),
    ("تصليح الأحذية والحقائب الجلدية", "Repair of shoes and leather bags"),
)


def vocation(name_ar: str, name_en: str = "Vocation", code: str = "4711") -> Vocation:
    return Vocation(code, name_ar, name_en, "general", "1")


def certificate(
    *,
    name: str = "سالم عبد الله الخطيب",
    name_en: str = "Salem Abdullah Al-Khatib",
    trade_name: str = "محلات السلام",
    number: str = "L-2026-08-000123",
    identity: str = "9871234560",
    address: str = "شارع الرينبو، عمارة 24",
    vocations: tuple[Vocation, ...] | None = None,
    count: int = 2,
    signs: int = 1,
    amended: bool = False,
    children: tuple[str, ...] = (),
    sample: bool = True,
    drawn_on: date = date(2026, 11, 22),
    parcel: Parcel = PARCEL,
) -> CertificateContent:
    if vocations is None:
        vocations = tuple(vocation(*NAMES[index % len(NAMES)], code=f"{4700 + index}") for index in range(count))
    return CertificateContent(
        number=number,
        request_number="R-2026-08-000045",
        holder=Person(name, Identity(IdentityKind.NATIONAL_NUMBER, identity), name_en),
        trade_name=trade_name,
        district=DISTRICT,
        address_ar=address,
        parcel=parcel,
        area=Area(12050),
        vocations=vocations,
        signs=tuple(Sign(f"S{index}", trade_name, Area(350 + index), index % 2 == 0) for index in range(signs)),
        issued_on=date(2026, 11, 22),
        valid_until=date(2026, 12, 31),
        drawn_on=drawn_on,
        parent_number=None if amended else "L-2019-08-004410",
        amended=amended,
        children=children,
        sample=sample,
    )


def receipt(*, lines: int = 4, name: str = "سالم عبد الله الخطيب", sample: bool = True) -> ReceiptContent:
    labels = (
        ("بدل خدمة التجزئة", "Split service"),
        ("رسم رخصة المهن", "Licence fee"),
        ("رسم الآرمة المضاءة", "Lit sign fee"),
        ("بدل جمع النفايات", "Waste collection"),
    )
    made = tuple(
        ReceiptLine(
            *labels[index % 4],
            f"جدول الرسوم التجريبي لسنة 2026، البند {index + 1}",
            Fils(12_500 + 1_250 * index),
            ("الوحدة الأولى", "الوحدة الثانية")[index % 2],
        )
        for index in range(lines)
    )
    return ReceiptContent(
        number="C-2026-08-K1-00012",
        request_number="R-2026-08-000045",
        payer=Person(name, Identity(IdentityKind.NATIONAL_NUMBER, "9871234560"), "Salem Abdullah Al-Khatib"),
        district=DISTRICT,
        lines=made,
        amount=Fils(sum(line.amount for line in made)),
        method=PaymentMethod.CASH,
        reference="",
        cashier_ar="ليلى حدّاد",
        device="K1",
        taken_at=datetime(2026, 11, 22, 8, 5, tzinfo=UTC),
        sample=sample,
    )
