"""Lines are filled as far as they go, and breaking a text takes time by its length, not by the square of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.text import lines
from desktop_app.documents.text.lines import break_lines, set_line
from desktop_app.documents.text.shaping import shape

FACES = faces_of(Typeface.BODY)
SIZE = 10.0


def wide(text: str) -> float:
    return set_line(text.rstrip(" "), FACES, 1).width * SIZE


def filled_word_by_word(text: str, width: float) -> list[str]:
    """The plain way for words with one space between: a word goes down as soon as it does not fit."""
    done: list[str] = []
    for word in text.split(" "):
        if done and wide(f"{done[-1]} {word}") <= width:
            done[-1] += f" {word}"
        else:
            done.append(word)
    return done


@given(st.lists(st.text("ابتثجحسشصملهوي", min_size=1, max_size=7), min_size=1, max_size=40), st.floats(60, 400))
def test_a_line_takes_every_word_that_it_has_room_for(words: list[str], width: float) -> None:
    text = " ".join(words)
    if max(map(wide, words)) <= width:
        assert [one.text for one in break_lines(text, FACES, SIZE, width, 1)] == filled_word_by_word(text, width)


@given(st.text("ابشصلmW", min_size=1, max_size=400), st.floats(30, 400))
def test_a_word_that_is_too_wide_is_cut_where_the_line_ends(word: str, width: float) -> None:
    broken = [one.text for one in break_lines(word, FACES, SIZE, width, 1)]
    assert "".join(broken) == word
    for line, following in pairwise(broken):
        assert len(line) == 1 or wide(line) <= width
        assert wide(line + following[0]) > width, "no letter is moved down that had room"


@pytest.mark.parametrize("unit", ["محل لبيع الحلويات ", "ش", "W", "بقالة-", "أَ"])
def test_ten_times_the_text_is_ten_times_the_work(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def letters_shaped(length: int) -> int:
        seen = 0

        def counting(face: object, before: str, text: str, *rest: object) -> object:
            nonlocal seen
            seen += len(text)
            return shape(face, before, text, *rest)

        lines._set_span.cache_clear()
        with monkeypatch.context() as patched:
            patched.setattr(lines, "shape", counting)
            break_lines((unit * length)[:length], FACES, SIZE, 150, 1)
        return seen

    assert letters_shaped(10_000) <= 15 * letters_shaped(1_000)
