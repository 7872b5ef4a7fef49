"""How many parts a text has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.message_parts import Alphabet, parts_of


@pytest.mark.parametrize(
    ("text", "alphabet", "count", "left"),
    [
        ("", Alphabet.GSM_7, 1, 160),
        ("a" * 160, Alphabet.GSM_7, 1, 0),
        ("a" * 161, Alphabet.GSM_7, 2, 145),
        ("a" * 306, Alphabet.GSM_7, 2, 0),
        ("a" * 307, Alphabet.GSM_7, 3, 152),
        ("[" * 80, Alphabet.GSM_7, 1, 0),
        ("a" * 152 + "[" + "a" * 10, Alphabet.GSM_7, 2, 141),  # the bracket takes two places: not torn apart
        ("ع" * 70, Alphabet.UCS_2, 1, 0),
        ("ع" * 71, Alphabet.UCS_2, 2, 63),
        ("ع" * 134, Alphabet.UCS_2, 2, 0),
        ("ع" * 135, Alphabet.UCS_2, 3, 66),
        ("ع" * 66 + "😀" + "ع" * 10, Alphabet.UCS_2, 2, 55),
        ("a" * 69 + "ع", Alphabet.UCS_2, 1, 0),
    ],
)
def test_parts(text: str, alphabet: Alphabet, count: int, left: int) -> None:
    parts = parts_of(text)
    assert (parts.alphabet, parts.count, parts.left) == (alphabet, count, left)


@given(st.text(alphabet=st.sampled_from("aZ[€éعﷲ😀 \n"), max_size=400))
def test_the_parts_hold_the_whole_text_and_none_is_spared(text: str) -> None:
    parts = parts_of(text)
    alone, each = (160, 153) if parts.alphabet is Alphabet.GSM_7 else (70, 67)
    room = alone if parts.count == 1 else parts.count * each
    assert parts.places <= room - parts.left
    assert parts.count == 1 or parts.places > (parts.count - 1) * (each - 1)
    assert 0 <= parts.left <= alone
