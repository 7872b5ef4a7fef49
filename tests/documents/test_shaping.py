"""Cells against HarfBuzz's own output, and the embedded program against the face it was made from."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import uharfbuzz as hb
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.fonts import Typeface, faces_of, font_file
from desktop_app.documents.text.face import Face, load_face
from desktop_app.documents.text.lines import break_lines
from desktop_app.documents.text.shaping import Cell, shape
from desktop_app.documents.text.subset import build_program
from tests.documents import golden

ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئًٌٍَُِّْـ"
FACES = [faces_of(typeface)[0] for typeface in (Typeface.BODY, Typeface.BODY_BOLD, Typeface.TITLE)]


def harfbuzz(face: Face, text: str) -> tuple[list[tuple[int, int, int]], int]:
    """Glyphs with their absolute places and the advance of the whole, straight from HarfBuzz."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "ar"
    hb.shape(face.shaper, buffer, {"liga": False, "dlig": False, "clig": False})
    pen, placed = 0, []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        placed.append((info.codepoint, pen + place.x_offset, place.y_offset))
        pen += place.x_advance
    return placed, pen


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
@given(text=st.text(ARABIC + " ", min_size=1, max_size=24))
def test_cells_put_every_glyph_where_harfbuzz_does(face: Face, text: str) -> None:
    cells = shape(face, "", text, "", 1, "Arab")
    pen, placed = 0, []
    for cell in cells:
        placed += [(glyph, pen + x, y) for glyph, x, y in cell.ink]
        pen += cell.advance
    glyphs, advance = harfbuzz(face, text)
    assert placed == glyphs
    assert 0 <= pen - advance <= len(text)  # a mark alone at the end keeps the unit it was lent
    assert "".join(cell.text for cell in cells) == text[::-1]


def test_lam_alef_is_one_shape_and_two_characters() -> None:
    alef, lam = shape(FACES[0], "", "لا", "", 1, "Arab")
    assert (alef.text, lam.text) == ("ا", "ل")
    assert len(alef.ink) == 1
    assert not lam.ink
    assert alef.advance > 0 < lam.advance


def test_letters_join_across_a_change_of_face() -> None:
    alone = shape(FACES[0], "", "ب", "", 1, "Arab")
    joined = shape(FACES[0], "ب", "ب", "ب", 1, "Arab")
    assert alone[0].ink != joined[0].ink


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_the_program_draws_each_cell_as_the_face_does(face: Face) -> None:
    cells = list(dict.fromkeys(cell for text in golden.NAMES for cell in shape(face, "", text, "", 1, "Arab")))
    program = TTFont(BytesIO(build_program(face, cells)), checkChecksums=2)
    order = program.getGlyphOrder()
    original = _original(face)
    for number, cell in enumerate(cells, 1):
        assert program["hmtx"][order[number]][0] == cell.advance
        assert _outline(program.getGlyphSet(), order[number]) == _expected(original, cell)
    assert program["maxp"].numGlyphs == len(order)
    assert not {"fpgm", "prep", "cvt "} & set(program.keys())


def test_lines_are_broken_in_logical_order_and_nothing_is_lost() -> None:
    faces = faces_of(Typeface.BODY)
    text = golden.NAMES[40]
    lines = break_lines(text, faces, 12, 150)
    assert len(lines) > 2
    assert all(line.width * 12 <= 150 for line in lines)
    assert " ".join(line.text for line in lines) == text


@given(st.text(ARABIC + "  abc12(),-/", max_size=60), st.floats(20, 200))
def test_any_text_can_be_broken(text: str, width: float) -> None:
    lines = break_lines(text, faces_of(Typeface.BODY), 10, width)
    joined = "".join(line.text for line in lines)
    assert joined.replace(" ", "") == text.replace(" ", "")


def test_a_font_without_truetype_outlines_is_refused(tmp_path: Any) -> None:
    with pytest.raises(OSError, match="missing"):
        load_face(str(tmp_path / "missing.ttf"))


def _original(face: Face) -> TTFont:
    for typeface in Typeface:
        if faces_of(typeface)[0] is face:
            return TTFont(font_file(typeface))
    raise LookupError(face.name)


def _outline(glyphs: Any, name: str) -> list[Any]:
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return list(pen.value)


def _expected(original: TTFont, cell: Cell) -> list[Any]:
    glyphs, order, value = original.getGlyphSet(), original.getGlyphOrder(), []
    for glyph, x, y in cell.ink:
        for operator, points in _outline(glyphs, order[glyph]):
            value.append((operator, tuple(point and (point[0] + x, point[1] + y) for point in points)))
    return value
