"""Digits, money, area, dates and times of Jordan, and reading them back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import InputError
from desktop_app.domain.money import Fils
from desktop_app.texts import clock_words, quantities, strip_marks, using
from desktop_app.texts.bidi import isolate_foreign
from desktop_app.texts.typed import read_area, read_count, read_date, read_money

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@given(st.integers(0, 10**11), st.sampled_from(["ar", "en"]))
def test_money_shown_is_money_read(fils: int, code: str) -> None:
    with using(code):
        assert read_money(quantities.amount(fils)) == Fils(fils)


@given(st.integers(0, 10**9), st.sampled_from(["ar", "en"]))
def test_an_area_shown_is_the_area_read(size: int, code: str) -> None:
    with using(code):
        assert read_area(quantities.square_metres(size)) == Area(size)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(["ar", "en"]))
def test_a_date_shown_is_the_date_read(day: date, code: str) -> None:
    with using(code):
        assert read_date(clock_words.short_date(day)) == day


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from("/.- "))
def test_a_date_is_read_however_it_is_parted(day: date, mark: str) -> None:
    typed = f"{day.day}{mark}{day.month}{mark}{day.year}"
    assert read_date(typed) == read_date(typed.translate(PERSIAN)) == day
    assert read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("typed", "fils"),
    [("12.5", 12500), ("١٢٫٥", 12500), ("۱۲٫۵۰۰", 12500), (" 7 ", 7000), ("1,250.000", 1_250_000), ("12,5", 12500)],
)
def test_an_amount_is_read_as_it_is_typed(typed: str, fils: int) -> None:
    assert read_money(typed) == Fils(fils)


@pytest.mark.parametrize(
    ("read", "typed", "key"),
    [
        (read_money, "12.5001", "typed.not_an_amount"),
        (read_money, "", "typed.not_an_amount"),
        (read_money, "-3", "typed.not_an_amount"),
        (read_money, "12 دينار", "typed.not_an_amount"),
        (read_money, "12,500", "typed.amount_two_ways"),
        (read_money, "١٢،٥٠٠", "typed.amount_two_ways"),
        (read_area, "120.505", "typed.not_an_area"),
        (read_area, "مئة", "typed.not_an_area"),
        (read_count, "1.5", "typed.not_a_number"),
        (read_date, "31/04/2026", "typed.no_such_day"),
        (read_date, "٣٠/٢/٢٠٢٦", "typed.no_such_day"),
        (read_date, "22/11/26", "typed.not_a_date"),
        (read_date, "غدا", "typed.not_a_date"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_own_sentence(read: object, typed: str, key: str) -> None:
    with pytest.raises(InputError) as raised:
        read(typed, "field")  # type: ignore[operator]
    assert (raised.value.why.key, raised.value.why.about) == (key, "field")


def test_negative_amounts_keep_their_sign() -> None:
    assert quantities.money(Fils(-500)) == "−٠٫٥٠٠ دينار"


def test_the_levantine_months_stand_in_their_order() -> None:
    named = [clock_words.long_date(date(2026, month, 1)) for month in range(1, 13)]
    assert named[0] == "١ كانون الثاني ٢٠٢٦"
    assert named[1] == "١ شباط ٢٠٢٦"
    assert named[6] == "١ تموز ٢٠٢٦"
    assert named[11] == "١ كانون الأول ٢٠٢٦"
    assert clock_words.MONTHS_AR[10] == "تشرين الثاني"


def test_weekdays() -> None:
    assert clock_words.day_and_date(date(2026, 11, 22)) == "الأحد، ٢٢ تشرين الثاني ٢٠٢٦"


@pytest.mark.parametrize(
    ("moment", "words"),
    [(time(0, 5), "١٢:٠٥ ص"), (time(9, 15), "٩:١٥ ص"), (time(12, 0), "١٢:٠٠ م"), (time(23, 59), "١١:٥٩ م")],
)
def test_clock_time(moment: time, words: str) -> None:
    assert clock_words.clock_time(moment) == words


def test_instants_are_shown_on_ammans_clock_with_its_summer_time_of_then() -> None:
    summer, since = datetime(2021, 7, 1, 9, tzinfo=UTC), datetime(2023, 1, 1, 9, tzinfo=UTC)
    winter = datetime(2021, 1, 1, 9, tzinfo=UTC)
    assert [clock_words.in_amman(at).hour for at in (winter, summer, since)] == [11, 12, 12]


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock_words.in_amman(datetime(2026, 1, 1, 9))  # noqa: DTZ001 - the point


@pytest.mark.parametrize("text", ["R-2026-08-000004", "+962 79 555 0123", "C-2026-05-DESK.1-00012"])
def test_a_code_is_held_together_and_comes_back_when_copied(text: str) -> None:
    shown = quantities.code(text)
    assert shown != text
    assert ascii_digits(strip_marks(shown)) == text


def test_only_what_runs_the_other_way_is_isolated() -> None:
    assert isolate_foreign("حدّاد", rtl=True) == "حدّاد"
    assert isolate_foreign("Petra", rtl=True) != "Petra"
    assert isolate_foreign("Petra", rtl=False) == "Petra"
    assert strip_marks(isolate_foreign("12 B", rtl=True)) == "12 B"
