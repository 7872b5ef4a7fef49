"""The serial beneath: of as many digits, one more, never one that came before."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.sheet_serials import LARGEST_PAD, MissingSheets, following, missing_among


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


def test_what_is_missing_is_named_pad_by_pad() -> None:
    recorded = ["A-0001", "A-0002", "A-0005", "A-0007", "0009", "0011", "0011-B", "0013-B", "XY"]
    assert missing_among(recorded) == (
        MissingSheets("0010", "0010", 1),
        MissingSheets("0012-B", "0012-B", 1),
        MissingSheets("A-0003", "A-0004", 2),
        MissingSheets("A-0006", "A-0006", 1),
    )


@given(st.sets(st.integers(0, 3000), min_size=1, max_size=40))
def test_every_number_between_is_recorded_or_missing_unless_another_pad_begins(numbers: set[int]) -> None:
    missing = missing_among(f"S{number:05}" for number in numbers)
    gone = {number for one in missing for number in range(int(one.first[1:]), int(one.last[1:]) + 1)}
    assert gone.isdisjoint(numbers)
    assert sum(one.count for one in missing) == len(gone)
    ordered = sorted(numbers | gone)
    assert all(after - before == 1 or after - before > LARGEST_PAD for before, after in itertools.pairwise(ordered))
