"""Contents of the office's papers to draw in tests: usual ones, and as long as they come."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desktop_app.application.ports.office_papers import (
    CheckedItem,
    DailyListContent,
    DayCloseContent,
    DayVisit,
    FeeNoticeContent,
    MeasuredArea,
    Premises,
    TakenReceipt,
    VisitContent,
)
from desktop_app.domain.area import Area
from desktop_app.domain.money import Fils
from desktop_app.domain.tracks import PaymentMethod
from tests.documents import golden, samples

PREMISES = Premises("R-2026-08-000045", "L-2019-08-004410", "محلات السلام", samples.DISTRICT, "شارع الرينبو، عمارة 24")
APPLICANT = samples.certificate().holder
_ITEMS = (
    "مخارج الطوارئ سالكة وواضحة وتفتح إلى الخارج",
    "طفايات الحريق كافية وصالحة ومعلقة في مكان ظاهر",
    "التهوية والإنارة كافيتان لمساحة المحل",
    "الوحدات مفصولة بجدران ثابتة ولكل وحدة مدخل مستقل",
)


def fee_notice(lines: int = 4) -> FeeNoticeContent:
    bill = samples.receipt(lines=lines)
    return FeeNoticeContent(
        PREMISES, APPLICANT, bill.lines, bill.amount, date(2026, 11, 22), date(2026, 12, 22), date(2026, 11, 22), True
    )


def visit(items: int = 6, unmet: int = 2) -> VisitContent:
    checked = tuple(
        CheckedItem(
            _ITEMS[at % len(_ITEMS)],
            at >= unmet,
            "الطفاية منتهية الصلاحية منذ 15/03/2026" if at < unmet else "",
            "تركيب طفاية بودرة 6 كغم عند المدخل وإبراز شهادة الفحص" if at < unmet else "",
        )
        for at in range(items)
    )
    areas = (
        MeasuredArea("الوحدة الأولى: صالون الأناقة", Area(4500), Area(4475)),
        MeasuredArea("الوحدة الثانية: مخبز (البركة)", Area(7550), Area(7550)),
        MeasuredArea("ما يبقى للرخصة الأم", Area(2000), None),
    )
    return VisitContent(
        PREMISES, APPLICANT, 1, "رنا العبّادي", date(2026, 11, 19), unmet == 0, checked, areas,
        "حضر الكشف صاحب المحل، ووعد بإتمام التصويب خلال أسبوع.", date(2026, 12, 3) if unmet else None,
        date(2026, 11, 22), True,
    )  # fmt: skip


def daily_list(visits: int = 7) -> DailyListContent:
    stops = tuple(
        DayVisit(
            f"{8 + at // 3:02d}:00–{10 + at // 3:02d}:00",
            f"R-2026-08-{at + 1:06d}",
            golden.NAMES[(at * 3 + 20) % len(golden.NAMES)],
            golden.NAMES[at % 20],
            f"07901234{at:02d}",
            "جبل عمان، شارع الرينبو، عمارة 24، قرب الدوار الأول",
            1 + at % 3,
            1 + at % 2,
        )
        for at in range(visits)
    )
    return DailyListContent("رنا العبّادي", date(2026, 11, 22), samples.DISTRICT, stops, True)


def day_close(receipts: int = 9) -> DayCloseContent:
    taken = tuple(
        TakenReceipt(
            f"C-2026-08-K1-{at + 1:05d}",
            f"R-2026-08-{at + 1:06d}",
            golden.NAMES[at % 20],
            list(PaymentMethod)[at % 3],
            Fils(15_500 + at * 1_250),
            datetime(2026, 11, 22, 5 + at % 8, 7 * at % 60, tzinfo=UTC),
            voided=at == 2,
        )
        for at in range(receipts)
    )
    return DayCloseContent("ليلى حدّاد", date(2026, 11, 22), samples.DISTRICT, taken, date(2026, 11, 22), True)
