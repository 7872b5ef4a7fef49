"""Amounts in Arabic words, against golden sentences and read back word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.texts.money_in_words import DINAR, amount_words, counted, receipt_words

GOLDEN = {
    0: "صفر دينار",
    1: "فلس واحد",
    2: "فلسان",
    5: "خمسة فلوس",
    10: "عشرة فلوس",
    11: "أحد عشر فلسا",
    100: "مئة فلس",
    200: "مئتا فلس",
    250: "مئتان وخمسون فلسا",
    1_000: "دينار واحد",
    2_000: "ديناران",
    2_002: "ديناران وفلسان",
    3_000: "ثلاثة دنانير",
    8_000: "ثمانية دنانير",
    12_000: "اثنا عشر دينارا",
    18_000: "ثمانية عشر دينارا",
    21_000: "واحد وعشرون دينارا",
    99_000: "تسعة وتسعون دينارا",
    100_000: "مئة دينار",
    101_000: "مئة دينار ودينار واحد",
    102_000: "مئة دينار وديناران",
    103_000: "مئة وثلاثة دنانير",
    111_000: "مئة وأحد عشر دينارا",
    125_500: "مئة وخمسة وعشرون دينارا وخمسمئة فلس",
    200_000: "مئتا دينار",
    300_000: "ثلاثمئة دينار",
    1_000_000: "ألف دينار",
    1_001_000: "ألف دينار ودينار واحد",
    2_000_000: "ألفا دينار",
    2_050_000: "ألفان وخمسون دينارا",
    3_000_000: "ثلاثة آلاف دينار",
    11_000_000: "أحد عشر ألف دينار",
    11_500_000: "أحد عشر ألفا وخمسمئة دينار",
    100_000_000: "مئة ألف دينار",
    200_000_000: "مئتا ألف دينار",
    1_000_000_000: "مليون دينار",
    2_003_000_000: "مليونان وثلاثة آلاف دينار",
}
ONES = dict(
    zip(("واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"), range(1, 11), strict=True)
)
HEADS = ONES | {"أحد": 1, "اثنا": 2}
TENS = dict(
    zip(("عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"), range(20, 100, 10), strict=True)
)
HUNDREDS = {"مئة": 100, "مئتان": 200, "مئتا": 200} | {
    f"{word}مئة": n * 100
    for word, n in {"ثلاث": 3, "أربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثمان": 8, "تسع": 9}.items()
}
SCALES = {"ألف": 1000, "ألفا": 1000, "آلاف": 1000, "مليون": 10**6, "مليونا": 10**6, "ملايين": 10**6}
DUALS = {"ألفان": 2000, "ألفا": 2000, "مليونان": 2 * 10**6, "مليونا": 2 * 10**6}
NOUNS = {"دينار", "دينارا", "دنانير"}


@pytest.mark.parametrize(("fils", "words"), GOLDEN.items())
def test_golden(fils: int, words: str) -> None:
    assert amount_words(fils) == words


def test_the_receipt_closes_the_sum_on_both_sides() -> None:
    assert receipt_words(125_500) == "فقط مئة وخمسة وعشرون دينارا وخمسمئة فلس لا غير"


@pytest.mark.parametrize("fils", [-1, 10**15])
def test_what_has_no_words_is_refused(fils: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        amount_words(fils)


@given(st.integers(1, 999_999_999))
def test_the_words_read_back_as_the_number(n: int) -> None:
    assert _read(counted(n, DINAR)) == n


@given(st.integers(1, 999_999_999))
def test_the_noun_agrees_with_the_last_two_digits(n: int) -> None:
    last = counted(n, DINAR).split()[-1]
    tail = n % 100
    if tail == 1:
        assert counted(n, DINAR).endswith("دينار واحد")
    elif tail == 2:
        assert last in ("ديناران", "وديناران")
    elif 3 <= tail <= 10:
        assert last == "دنانير"
    else:
        assert last == ("دينارا" if tail >= 11 else "دينار")


def _read(words: str) -> int:
    """Sum the words as an accountant reading aloud would: a scale word multiplies the group before it."""
    total = group = 0
    for raw in words.split():
        word = raw[1:] if raw.startswith("و") and raw[1:] in KNOWN and raw not in KNOWN else raw
        if word in NOUNS:
            total, group = total + group, 0
        elif word == "ديناران":
            total, group = total + group + 2, 0
        elif word in SCALES and group:
            total, group = total + group * SCALES[word], 0
        elif word in DUALS:
            total += DUALS[word]
        elif word in SCALES:
            total += SCALES[word]
        elif word == "عشر":
            group += 10
        else:
            group += (HEADS | TENS | HUNDREDS)[word]
    if words.endswith("دينار واحد"):
        return total + group
    return total + group


KNOWN = set(HEADS) | set(TENS) | set(HUNDREDS) | set(SCALES) | set(DUALS) | NOUNS | {"عشر", "ديناران"}
