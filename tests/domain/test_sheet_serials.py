"""The serial beneath: of as many digits, one more, never one that came before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.sheet_serials import following


@pytest.mark.parametrize(
    ("serial", "next_one"),
    [
        ("A-00099", "A-00100"),
        ("٠٠٠٤٢", "00043"),
        (" b 7 ", "B8"),
        ("12/B", "13/B"),
        ("999", ""),
        ("ABC", ""),
        ("", ""),
    ],
)
def test_the_sheet_beneath(serial: str, next_one: str) -> None:
    assert following(serial) == next_one


@given(st.text("AB-/", max_size=4), st.integers(0, 10**6), st.integers(7, 9), st.text("AB-/", max_size=3))
def test_a_pad_is_numbered_through(head: str, number: int, digits: int, tail: str) -> None:
    serial = f"{head}{number:0{digits}}{tail}"
    assert following(serial) == f"{head}{number + 1:0{digits}}{tail}"
