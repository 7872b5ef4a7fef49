"""Sentences: places filled by type, languages switched by hand only."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest

from desktop_app import texts
from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Capacity
from desktop_app.texts.bidi import FSI, PDI
from desktop_app.texts.quantities import code
from desktop_app.texts.values import shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1250, "١٬٢٥٠"),
        (Fils(12500), "١٢٫٥٠٠ دينار"),
        (Area(12050), "١٢٠٫٥٠ م²"),
        (date(2026, 11, 22), "٢٢ تشرين الثاني ٢٠٢٦"),
        (datetime(2026, 11, 22, 21, 30, tzinfo=UTC), "٢٣ تشرين الثاني ٢٠٢٦، ١٢:٣٠ ص"),
        (Capacity.OWNER, "مالك"),
        ("ليلى حدّاد", "ليلى حدّاد"),
        ("K1-000042", code("K1-000042")),
        ("Petra Foods", f"{FSI}Petra Foods{PDI}"),
    ],
)
def test_a_value_is_shown_by_its_type(value: object, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize("number", ["L-2026-08-000123", "R-2026-08-000123", "C-2026-08-K1-00012", "K1-000042"])
def test_the_number_of_a_paper_is_in_the_digits_of_the_language(number: str) -> None:
    assert ascii_digits(texts.strip_marks(shown(number))) == number
    assert not any(char in "0123456789" for char in shown(number))


@pytest.mark.parametrize("value", [True, 1.5, None, b""])
def test_a_value_nobody_decided_about_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        shown(value)


def test_what_people_typed_is_never_taken_for_a_template() -> None:
    assert texts.tr("Reference: {code}", code="{code} {0}").endswith(f"{FSI}{{code}} {{0}}{PDI}")


def test_arabic_picks_the_form_of_the_number() -> None:
    said = [texts.ntr("{n} hour", "{n} hours", n) for n in (1, 2, 3, 11, 100)]
    assert said == ["ساعة واحدة", "ساعتان", "٣ ساعات", "١١ ساعة", "١٠٠ ساعة"]


def test_another_language_holds_within_its_block_only() -> None:
    with texts.using("en"):
        assert texts.tr("Owner") == "Owner"
        assert shown(Fils(12500)) == "JD 12.500"
        assert texts.ntr("{n} hour", "{n} hours", 2) == "2 hours"
    assert texts.tr("Owner") == "مالك"


def test_a_block_does_not_reach_into_other_threads() -> None:
    heard: list[str] = []
    with texts.using("en"):
        thread = threading.Thread(target=lambda: heard.append(texts.tr("Owner")))
        thread.start()
        thread.join()
    assert heard == ["مالك"]
