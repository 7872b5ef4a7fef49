"""A scanner that types like a keyboard, under each layout that a counter's computer may have chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.application.scanner_text import LONGEST, Typed, read_typed

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_SAME = {one: one for one in "0123456789 $%*+-:"}
WINDOWS = _SAME | {
    "A": "ِ", "B": "لآ", "C": "}", "D": "]", "E": "ُ", "F": "[", "G": "لأ", "H": "أ", "I": "÷", "J": "ـ", "K": "،",
    "L": "/", "M": "’", "N": "آ", "O": "×", "P": "؛", "Q": "َ", "R": "ٌ", "S": "ٍ", "T": "لإ", "U": "‘", "V": "{",
    "W": "ً", "X": "ْ", "Y": "إ", "Z": "~", ".": "ز", "/": "ظ",
}  # fmt: skip
"""Arabic (101), what Microsoft's table says for the keys of an English keyboard."""
X11 = WINDOWS | {"B": "\ufef5", "G": "\ufef7", "T": "\ufef9", "M": "'", "U": "`"}
"""`ara` of xkeyboard-config."""
EASTERN = X11 | {str(at): one for at, one in enumerate("٠١٢٣٤٥٦٧٨٩")}
CAPITALS_LOCKED = {one: one.lower() for one in ALPHABET}
LAYOUTS = [{one: one for one in ALPHABET}, WINDOWS, X11, EASTERN, CAPITALS_LOCKED]
codes = st.text(alphabet=ALPHABET, min_size=1, max_size=300).map(lambda body: f"TJZ1:{body.rstrip()}")


@pytest.mark.parametrize("layout", LAYOUTS, ids=["english", "windows", "x11", "eastern digits", "capitals locked"])
@given(code=codes, end=st.sampled_from(["", "\r\n", "\t", " "]))
def test_whatever_layout_is_chosen_the_code_is_read(layout: dict[str, str], code: str, end: str) -> None:
    typed = "".join(layout[one] for one in code)
    assert read_typed(typed + end) == Typed(code)


@pytest.mark.parametrize(
    ("typed", "garbled"),
    [
        ("", False),
        ("L-2026-08-000001", False),
        ("https://example.org/x", False),
        ("لإـ~1:ضصث", True),  # begins rightly; then keys that no code has
        ("ىةوضشسيبلاتنم", True),  # a layout of another kind
        ("TJZ1", False),
        ("TJZ1:" + "A" * LONGEST, False),
    ],
)
def test_what_is_no_code_is_not_taken_for_one(typed: str, garbled: bool) -> None:
    assert read_typed(typed) == Typed(None, garbled)
