"""Mobile numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.application.telephone import normal_mobile, shown_mobile
from desktop_app.domain.identifiers import is_mobile


@pytest.mark.parametrize(
    "typed",
    ["0791234567", "٠٧٩ ١٢٣ ٤٥٦٧", "+962 79 123 4567", "00962791234567", "962791234567", "079-123-4567", "791234567"],
)
def test_every_way_of_typing_gives_one_number(typed: str) -> None:
    assert normal_mobile(typed) == "+962791234567"


@pytest.mark.parametrize(
    "typed", ["", "06 123 4567", "0761234567", "079123456", "07912345678", "+20 100 123 4567", "abc"]
)
def test_what_is_no_jordanian_mobile_number_gives_none(typed: str) -> None:
    assert normal_mobile(typed) is None


@given(st.text(max_size=20))
def test_what_is_taken_the_rules_take_too(typed: str) -> None:
    found = normal_mobile(typed)
    assert found is None or is_mobile(found)


@given(st.integers(0, 9_999_999))
def test_what_is_shown_is_read_back(rest: int) -> None:
    number = f"+96279{rest:07d}"
    assert normal_mobile(shown_mobile(number)) == number


def test_what_has_another_form_is_shown_as_it_is() -> None:
    assert shown_mobile("0791") == "0791"
    assert shown_mobile("+962791234567") == "0791234567"
