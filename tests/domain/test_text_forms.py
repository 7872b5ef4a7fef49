"""Digits, names and identifiers: what people type in many ways is one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import identifiers
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.money import Fils, half_up_to_fils, total
from desktop_app.domain.names import fold
from desktop_app.domain.people import Identity, IdentityKind

arabic = st.text(st.sampled_from("أإآٱاةهىيؤئوءـ َُِّْٓلمنعب٠١٢۳4 ") | st.characters(), max_size=30)


@given(arabic)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(arabic)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert identifiers.clean(identifiers.clean(text)) == identifiers.clean(text)
    assert ascii_digits(ascii_digits(text)) == ascii_digits(text)
    assert len(ascii_digits(text)) == len(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إبراهيم", "ابراهيم"),
        ("آمنة", "امنه"),
        ("مصطفى", "مصطفي"),
        ("مؤمن", "مومن"),
        ("هائل", "هايل"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("شارع ١٢", "شارع  12"),
        ("ﻻﻣﻊ", "لامع"),
    ],
)
def test_forms_that_people_mix_up_are_found_as_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_names_stay_different() -> None:
    assert fold("سالم") != fold("سليم")


def test_eastern_and_persian_digits_are_taken_everywhere_and_kept_as_ascii() -> None:
    assert identifiers.clean(" ل٩٨٧ ١٠۱۲ ") == "ل9871012"
    assert identifiers.is_licence_number(identifiers.clean("l-٢٠٢٦-٠٨-٠٠٠١٢٣"))
    assert not identifiers.is_licence_number("L-٢٠٢٦-٠٨-٠٠٠١٢٣")
    assert not identifiers.is_mobile("+96279١٢٣٤٥٦٧")


@given(st.integers(2000, 9999), st.integers(1, 99), st.integers(1, 999_999))
def test_numbers_are_of_their_own_form_and_no_other(year: int, district: int, serial: int) -> None:
    licence = identifiers.licence_number(year, district, serial)
    request = identifiers.request_number(year, district, serial)
    receipt = identifiers.receipt_number(year, district, "k1", serial % 100_000)
    forms = (identifiers.is_licence_number, identifiers.is_receipt_number, identifiers.is_paper_number)
    assert [[form(number) for form in forms] for number in (licence, request, receipt, "K1-000042", "10000-42")] == [
        [True, False, True],
        [False, False, True],
        [False, True, True],
        [False, False, True],
        [False, False, False],
    ]


@pytest.mark.parametrize(
    ("mobile", "right"),
    [
        ("+962791234567", True),
        ("+962781234567", True),
        ("+962771234567", True),
        ("+962761234567", False),
        ("+96279123456", False),
        ("+9627912345678", False),
        ("0791234567", False),
    ],
)
def test_a_mobile_is_jordanian_and_in_full(mobile: str, right: bool) -> None:
    assert identifiers.is_mobile(mobile) is right


@pytest.mark.parametrize(
    ("kind", "number", "refused", "warned"),
    [
        (IdentityKind.NATIONAL_NUMBER, "9871012345", False, False),
        (IdentityKind.NATIONAL_NUMBER, "98710123456", True, False),
        (IdentityKind.ESTABLISHMENT_NUMBER, "200012345", False, False),
        (IdentityKind.ESTABLISHMENT_NUMBER, "20001234", False, True),
        (IdentityKind.ESTABLISHMENT_NUMBER, "A0001234", True, False),
        (IdentityKind.RESIDENCY_NUMBER, "123456", False, False),
        (IdentityKind.RESIDENCY_NUMBER, "12345", True, False),
        (IdentityKind.PASSPORT, "N123456", False, False),
        (IdentityKind.PASSPORT, "n-1", True, False),
        (IdentityKind.GOVERNMENT_LETTER, "م/12", False, False),
        (IdentityKind.GOVERNMENT_LETTER, "", True, False),
    ],
)
def test_each_identity_has_the_form_of_its_kind(kind: IdentityKind, number: str, refused: bool, warned: bool) -> None:
    found = identifiers.check_identity(Identity(kind, number), "identity")
    assert (bool(found.refusals), bool(found.warnings)) == (refused, warned)


@given(st.fractions())
def test_money_is_rounded_once_to_the_nearest_fils_and_halves_away_from_zero(exact: object) -> None:
    from fractions import Fraction

    assert isinstance(exact, Fraction)
    rounded = half_up_to_fils(exact)
    error = abs(int(rounded) - exact)
    assert error <= Fraction(1, 2)
    assert half_up_to_fils(-exact) == -rounded
    if error == Fraction(1, 2):
        assert abs(int(rounded)) > abs(exact)


@given(st.lists(st.integers(-(10**9), 10**9).map(Fils)))
def test_a_total_is_the_exact_sum_and_stays_money(amounts: list[Fils]) -> None:
    assert isinstance(total(tuple(amounts)), Fils)
    assert total(tuple(amounts)) == sum(int(one) for one in amounts)
