"""Time left and time over, in the Arabic the counters speak."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.texts.durations import MINUTES_A_DAY, time_left, working_days_left


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "يستحق اليوم"), (1, "بقي يوم عمل"), (2, "بقي يوما عمل"), (3, "بقي ٣ أيام عمل"), (11, "بقي ١١ يوم عمل"),
        (-1, "متأخر يوم عمل"), (-2, "متأخر يومي عمل"), (-10, "متأخر ١٠ أيام عمل"), (-100, "متأخر ١٠٠ يوم عمل"),
    ],
)  # fmt: skip
def test_days(days: int, words: str) -> None:
    assert working_days_left(days) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "يستحق الآن"), (1, "بقيت دقيقة"), (59, "بقيت ٥٩ دقيقة"), (60, "بقيت ساعة"), (179, "بقيت ساعتان"),
        (2 * MINUTES_A_DAY + 400, "بقي يوما عمل"), (-1, "متأخر دقيقة"), (-61, "متأخر ساعتين"), (-180, "متأخر ٣ ساعات"),
        (-MINUTES_A_DAY, "متأخر يوم عمل"), (-MINUTES_A_DAY - 1, "متأخر يومي عمل"),
    ],
)  # fmt: skip
def test_the_largest_unit_speaks_and_never_flatters(minutes: int, words: str) -> None:
    assert time_left(minutes) == words


@given(st.integers(-10_000, 10_000))
def test_late_and_left_are_never_mixed_up(minutes: int) -> None:
    assert time_left(minutes).startswith("متأخر") == (minutes < 0)
