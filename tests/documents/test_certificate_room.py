"""Whatever the rules let be lodged can be drawn: nobody pays for a certificate that no sheet holds."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.application.ports.papers import CertificateContent
from desktop_app.documents.certificate import draw_certificate
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.plain import plain, require_glyphs
from desktop_app.domain.area import Area
from desktop_app.domain.certificate_room import MOST_CHILDREN, MOST_SIGNS, MOST_VOCATIONS
from desktop_app.domain.licence import Sign
from desktop_app.domain.writing import LONGEST_NAME, LONGEST_REGISTERED, find_unwritable
from tests.documents.samples import certificate

LONGEST_CODE = 700
"""Characters of the code of a licence with as many vocations and as long a name as there may be."""


def test_every_character_that_the_rules_let_pass_has_a_shape_in_every_typeface() -> None:
    let_pass = [chr(code) for code in range(0x110000) if not find_unwritable(chr(code))]
    assert len(let_pass) > 1_000
    for typeface in Typeface:
        for char in let_pass:
            require_glyphs(plain(char), typeface)


@given(
    st.text(st.characters(codec="utf-8"), max_size=12)
    | st.text(st.sampled_from("aeoأاويلش\u0301\u030c\u0323\u0653\u0654"))
)
def test_nor_do_they_make_one_without_shape_together(text: str) -> None:
    if not find_unwritable(text):
        for typeface in Typeface:
            require_glyphs(plain(text), typeface)


def filled(word: str) -> CertificateContent:
    """A certificate with all that there may be of everything; each text is `word` again and again."""

    def said(longest: int) -> str:
        return (f"{word} " * longest)[:longest].strip()

    base = certificate(amended=True)
    vocation = replace(base.vocations[0], name_ar=said(LONGEST_NAME), name_en="Wholesale of machinery")
    parcel = replace(
        base.parcel,
        **{name: said(LONGEST_REGISTERED) for name in ("directorate_ar", "village_ar", "basin_ar", "quarter_ar")},
    )
    return replace(
        base,
        holder=replace(base.holder, name_ar=said(LONGEST_NAME), name_en=said(LONGEST_NAME)),
        trade_name=said(LONGEST_NAME),
        address_ar=said(LONGEST_REGISTERED),
        parcel=parcel,
        vocations=tuple(replace(vocation, code=f"{at:04}") for at in range(MOST_VOCATIONS)),
        signs=tuple(Sign(f"S{at}", said(LONGEST_REGISTERED), Area(350), lit=True) for at in range(MOST_SIGNS)),
        children=tuple(f"L-2026-08-{at:06}" for at in range(MOST_CHILDREN)),
        code="T" * LONGEST_CODE,
    )


@pytest.mark.parametrize("word", ["ش", "شسصضشسصض", "W" * 9, "—", "ش" * LONGEST_REGISTERED])
def test_the_fullest_certificate_of_the_longest_texts_is_one_sheet(word: str) -> None:
    assert len(pypdfium2.PdfDocument(draw_certificate(filled(word)))) == 1


def test_a_long_list_of_usual_names_can_still_be_read() -> None:
    """Its letters are at least half as large as those of two vocations."""
    usual, long = (certificate(count=count, signs=signs) for count, signs in ((2, 1), (20, 8)))
    assert 0.5 <= size_of("صالون", long) / size_of("صالون", usual) < 0.8


def size_of(word: str, content: CertificateContent) -> float:
    """In points, as a reader of the file sees it."""
    page = pypdfium2.PdfDocument(draw_certificate(content))[0].get_textpage()
    at = page.get_text_range().index(word)
    return float(pypdfium2.raw.FPDFText_GetFontSize(page.raw, at))
