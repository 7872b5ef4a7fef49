"""Our levels against another implementation of UAX #9, and against cases whose answer the standard gives."""

from __future__ import annotations

from unicodedata import bidirectional

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.text.bidi import REMOVED, embedding_levels, line_levels, visual_order

_ALPHABET = "ابجد\u05d0abAB012٠١ ()[]<>.,:/-+%$\u064e"
_ISOLATES = "\u2066\u2067\u2068\u2069"


def displayed(text: str, base: int) -> str:
    levels = line_levels(text, embedding_levels(text, base), base)
    kept = [index for index, level in enumerate(levels) if level != REMOVED]
    return "".join(text[kept[at]] for at in visual_order([levels[index] for index in kept]))


@given(st.text(_ALPHABET + _ISOLATES, max_size=16), st.sampled_from([0, 1]))
def test_the_order_is_that_of_the_reference(text: str, base: int) -> None:
    assert displayed(text, base) == get_display(text, base_dir="LR"[base])


@given(st.text(_ALPHABET + "\u202a\u202b\u202c\u202d\u202e", max_size=12), st.sampled_from([0, 1]))
def test_embeddings_and_overrides_are_removed_and_obeyed(text: str, base: int) -> None:
    # An anchor at the end: what trails after removed characters the two settle differently (L1).
    text += "a"
    reference = get_display(text, base_dir="LR"[base])
    kept = [c for c in reference if bidirectional(c) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "BN")]
    assert displayed(text, base) == "".join(kept)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("شركة (ABC)", (1, 1, 1, 1, 1, 1, 2, 2, 2, 1)),
        ("A (b) ج", (2, 2, 2, 2, 2, 1, 1)),  # N0: brackets that hold Latin after Latin are Latin
        ("\u05d0\u3008a\u232ab", (1, 1, 2, 1, 2)),  # BD16: canonically equivalent brackets are a pair
        ("رقم 12", (1, 1, 1, 1, 2, 2)),
        ("١٢/٣", (2, 2, 2, 2)),
    ],
)
def test_levels_of_the_standard(text: str, levels: tuple[int, ...]) -> None:
    assert embedding_levels(text, 1) == levels


def test_trailing_space_falls_to_the_paragraph() -> None:
    assert line_levels("ab ", [2, 2, 2], 1) == [2, 2, 1]
