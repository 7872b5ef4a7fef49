"""Stretched lines: as wide as asked, ink where HarfBuzz puts it, and no character that nobody gave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.text.justify import TATWEEL, kashida_places, stretch
from desktop_app.documents.text.lines import Line, break_lines, set_line
from tests.documents import golden

FACES = faces_of(Typeface.BODY)
UNIT = 1 / FACES[0].units_per_em
_WORDS = st.lists(st.sampled_from([word for name in golden.NAMES for word in name.split(" ")]), min_size=2, max_size=8)


def text_of(line: Line) -> list[str]:
    return sorted(char for _, cells in line.pieces for one in cells for char in one.text)


def ink_of(line: Line) -> list[tuple[int, int, int]]:
    """Every glyph with its place from the left, in font units of the first face."""
    found, pen = [], 0.0
    for face, cells in line.pieces:
        for one in cells:
            found += [(glyph, round((pen + x / face.units_per_em) / UNIT), y) for glyph, x, y in one.ink]
            pen += one.advance / face.units_per_em
    return sorted(found)


@given(_WORDS, st.floats(0.0, 0.4), st.booleans())
def test_a_line_is_as_wide_as_asked_and_says_the_same(words: list[str], more: float, kashida: bool) -> None:
    line = set_line(" ".join(words), FACES, 1)
    stretched = stretch(line, FACES, 1, line.width * (1 + more), kashida)
    assert stretched.text == line.text
    assert text_of(stretched) == text_of(line)
    assert stretched.width == pytest.approx(line.width * (1 + more), abs=2 * UNIT)


def test_kashida_is_the_faces_own_tatweel_where_harfbuzz_puts_it() -> None:
    line = set_line("محمد", FACES, 1)
    typed = set_line("محمـد", FACES, 1)
    stretched = stretch(line, FACES, 1, typed.width)
    assert ink_of(stretched) == ink_of(typed)
    assert TATWEEL not in text_of(stretched)
    assert TATWEEL in text_of(typed)


def test_a_vowel_sign_stays_on_its_letter() -> None:
    line = set_line("مُحَمَّد", FACES, 1)
    typed = set_line("مُحَمَّـد", FACES, 1)
    for ours, theirs in zip(ink_of(stretch(line, FACES, 1, typed.width)), ink_of(typed), strict=True):
        # A sign that melts into a shape is lent one unit of room (see shaping).
        assert (ours[0], ours[2]) == (theirs[0], theirs[2])
        assert abs(ours[1] - theirs[1]) <= 1


def test_typed_tatweels_stay_characters() -> None:
    line = set_line("تـــاج الدين", FACES, 1)
    stretched = stretch(line, FACES, 1, line.width * 1.3)
    assert text_of(stretched).count(TATWEEL) == 3


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("المسلم", "المس|لم"),
        ("مدينة", "مدين|ة"),
        ("محمد", "محم|د"),
        ("كتاب", "كت|اب"),
        ("سلام", "س|لام"),
        ("تـاج", "تـ|اج"),
    ],
)
def test_the_best_place_is_the_scribes_one(word: str, first: str) -> None:
    assert kashida_places(word)[0] == first.index("|")


@pytest.mark.parametrize("word", ["عبء", "ملء", "كفء", "بطيء", "شيئًا ملءَ"])
def test_none_goes_before_a_free_hamza_which_joins_to_nothing(word: str) -> None:
    places = kashida_places(word)
    assert places
    assert all(word[place] != "ء" for place in places)


@pytest.mark.parametrize("word", ["من", "لا", "دار", "ABC", "1994", "(ABC)", "أدواء"])
def test_words_that_take_none(word: str) -> None:
    assert kashida_places(word) == []


def test_lam_alef_is_never_torn() -> None:
    assert all("الإ"[at - 1 : at + 1] != "لإ" for at in kashida_places("بلاط"))
    assert 2 not in kashida_places("بلاط")


def test_a_paragraph_fills_its_width() -> None:
    text = golden.NAMES[40]
    for line in break_lines(text, FACES, 12, 150, 1)[:-1]:
        assert stretch(line, FACES, 1, 150 / 12).width == pytest.approx(150 / 12, abs=2 * UNIT)


def test_latin_lines_give_at_their_spaces_only() -> None:
    line = set_line("Blue Moon Trading", FACES, 0)
    stretched = stretch(line, FACES, 0, line.width * 1.2)
    assert stretched.width == pytest.approx(line.width * 1.2, abs=2 * UNIT)
    assert stretch(set_line("Blue", FACES, 0), FACES, 0, 9).width == set_line("Blue", FACES, 0).width
