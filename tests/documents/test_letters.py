"""Letters to outside bodies on paper: what they say, in both languages, and on how many sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.application.ports.papers import LetterContent, LetterUnit, RemindedLetter
from desktop_app.documents.renderer import ReportlabRenderer
from desktop_app.domain.area import Area
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.domain.reference import OutsideBody
from tests.documents.samples import DISTRICT, NAMES, PARCEL, vocation

OWNER = Person("عبير رامي صهيب الطباع", Identity(IdentityKind.NATIONAL_NUMBER, "9662664566"), "Abeer Al-Tabbaa")


def letter(units: int = 2, each: int = 2) -> LetterContent:
    offered = [vocation(*NAMES[at % len(NAMES)], code=f"v{at}") for at in range(units * each)]
    made = tuple(
        LetterUnit(
            "محلات " + "ابتثجحخدذرزسشصض"[at] * 3, OWNER, Area(8_450), tuple(offered[at * each : (at + 1) * each])
        )
        for at in range(units)
    )
    return LetterContent(
        number="ص/55/2026",
        dated=date(2026, 11, 22),
        body=OutsideBody("civil_defence", "مديرية الدفاع المدني", "Civil Defence Directorate"),
        request_number="R-2026-08-000094",
        applicant=OWNER,
        parent_number="L-2024-08-000001",
        trade_name="مطاعم البتراء",
        district=DISTRICT,
        address_ar="أم أذينة الشرقي، شارع الرينبو، بناية 13، الطابق الأرضي",
        parcel=PARCEL,
        units=made,
        vocations=tuple(offered[: max(3, len(offered) // 2)]),
        sample=True,
        visited=date(2026, 11, 20),
    )


def pages(content: LetterContent) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(ReportlabRenderer().letter(content))).pages]


@pytest.mark.parametrize("units", [1, 2, 3])
def test_an_ordinary_letter_is_one_sheet(units: int) -> None:
    (said,) = pages(letter(units))
    for wanted in ("مديرية الدفاع المدني", "Civil Defence Directorate", "R-2026-08-000094", "22/11/2026", "20/11/2026"):
        assert wanted in said
    assert all(unit.trade_name in said for unit in letter(units).units)


def test_a_long_letter_goes_on_and_leaves_nothing_out() -> None:
    content = letter(14, 3)
    said = pages(content)
    assert len(said) > 1
    whole = "\n".join(said)
    assert all(unit.trade_name in whole for unit in content.units)
    assert all(one.name_en in whole for one in content.vocations)


def test_a_reminder_names_the_letter_it_is_of() -> None:
    content = replace(letter(), reminds_of=RemindedLetter("GAM/8/2210", date(2026, 11, 1), 2))
    (said,) = pages(content)
    assert "GAM/8/2210" in said
    assert "01/11/2026" in said
    assert "Reminder" in said
    assert "Reminder" not in pages(letter())[0]


def test_what_is_no_sample_bears_no_mark_of_one() -> None:
    assert "نموذج" in pages(letter())[0]
    assert "نموذج" not in pages(replace(letter(), sample=False))[0]


def test_equal_letters_are_equal_bytes() -> None:
    assert ReportlabRenderer().letter(letter()) == ReportlabRenderer().letter(letter())
