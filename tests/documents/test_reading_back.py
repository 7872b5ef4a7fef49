"""What is drawn is given back as text: by pdftotext field by field, by our reader code by code."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.certificate import draw_certificate, draw_certificates
from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.plain import plain
from desktop_app.documents.text.draw import TextPainter
from desktop_app.documents.text.lines import set_line
from tests.documents import golden, samples
from tests.documents.reading import fields, has_field, pdftotext, shown_lines, unreadable

CHUNK = 8


def _chunks() -> list[tuple[str, tuple[str, ...]]]:
    """Holder names, each with some of the vocations, so that every case is drawn in its own place."""
    count = len(golden.NAMES)
    return [
        (name, tuple(golden.VOCATIONS[(index * CHUNK + at) % len(golden.VOCATIONS)] for at in range(CHUNK)))
        for index, name in enumerate(golden.NAMES[:count])
    ]


def _pdfium(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded())


def _pypdf(pdf: bytes) -> str:
    return pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize(("name", "vocations"), _chunks(), ids=range(len(golden.NAMES)))
def test_poppler_gives_back_every_name_vocation_and_number(name: str, vocations: tuple[str, ...]) -> None:
    content = samples.certificate(
        name=name, trade_name=name, name_en="", vocations=tuple(samples.vocation(one) for one in vocations)
    )
    pdf = draw_certificate(content)
    for options in ((), ("-layout",)):
        text = pdftotext(pdf, *options)
        found = fields(text)
        missed = [value for value in (name, *vocations, *golden.NUMBERS) if not has_field(found, value)]
        # -layout sets wrapped fields beside their neighbours' lines, where they cannot be joined again.
        assert not [value for value in missed if not options or len(value) < 40], text
        assert not unreadable(text)


@pytest.mark.parametrize("read", [_pdfium, _pypdf])
def test_other_readers_give_back_arabic_and_numbers(read: Callable[[bytes], str]) -> None:
    """What they are known to turn around (docs/documents.md): brackets, and lines that mix directions."""
    plainly_arabic = [
        text for text in (*golden.NAMES, *golden.VOCATIONS) if not re.search(r"[()\[\]{}«»‹›A-Za-z0-9٠-٩]", text)
    ]
    assert len(plainly_arabic) >= 50
    for start in range(0, len(plainly_arabic), 6):
        name, *vocations = plainly_arabic[start : start + 6]
        content = samples.certificate(name=name, vocations=tuple(samples.vocation(one) for one in vocations))
        found = fields(read(draw_certificate(content)))
        assert not [value for value in (name, *vocations, *golden.NUMBERS) if not has_field(found, value)]


def test_a_page_on_which_latin_prevails_still_reads_from_right_to_left() -> None:
    long_english = "Manufacture of prefabricated structural components for building"
    content = samples.certificate(
        name="مكتب ABC (عمان)",
        vocations=tuple(samples.vocation("مخبز", long_english, f"{code}") for code in range(4700, 4712)),
    )
    assert has_field(fields(pdftotext(draw_certificate(content))), "مكتب ABC (عمان)")


def test_marks_stand_only_where_a_reader_needs_them() -> None:
    assert not any(set_line(text, faces_of(Typeface.BODY), 1).marked for text in ("سالم الخطيب", "محل 7", "أ/ب"))
    assert set_line("سالم، علي", faces_of(Typeface.BODY), 1).marked
    assert not set_line("Blue Moon, Amman", faces_of(Typeface.BODY), 0).marked


def test_a_batch_reads_page_by_page_like_single_sheets() -> None:
    contents = [samples.certificate(name=name, number=f"L-2026-08-{at:06d}") for at, name in enumerate(golden.NAMES)]
    pages = pdftotext(draw_certificates(contents)).split("\f")
    assert len(pages) == len(contents) + 1
    for content, page in zip(contents, pages, strict=False):
        assert fields(page) == fields(pdftotext(draw_certificate(content)))


def test_every_golden_vocation_is_drawn_somewhere() -> None:
    assert {vocation for _, vocations in _chunks() for vocation in vocations} == set(golden.VOCATIONS)
    assert len({*golden.NAMES, *golden.VOCATIONS}) == len(golden.NAMES) + len(golden.VOCATIONS) >= 60


@pytest.mark.parametrize("typeface", list(Typeface))
def test_each_code_is_one_character_and_the_line_is_in_visual_order(typeface: Typeface) -> None:
    for text in (*golden.NAMES, *golden.VOCATIONS):
        shown = _drawn(text, typeface)
        assert sorted(_without_marks(shown)) == sorted(text)
        if not any((char.isascii() and char.isalnum()) or char in "١٢٣٤٥٦٧٨٩٠" for char in text):
            assert _without_marks(shown) == text[::-1]


ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ"
_letters = st.text(ARABIC + "ًٌٍَُِّْٰـ (),/-.abcXYZ0123456789٠١٢٣٤٥٦٧٨٩«»", min_size=1, max_size=30)


@given(_letters)
def test_no_character_is_lost_or_invented(text: str) -> None:
    assert sorted(_without_marks(_drawn(text, Typeface.BODY))) == sorted(text)


@given(st.text(ARABIC + "ًٌٍَُِّْ ", min_size=1, max_size=30))
def test_arabic_reads_backwards_from_the_left(text: str) -> None:
    assert _drawn(text, Typeface.TITLE) == text[::-1]


def test_presentation_forms_are_drawn_as_the_letters_they_show() -> None:
    pdf = draw_certificate(samples.certificate(name="\ufee3\ufea4\ufee4\ufeaa \ufefb\ufee1", name_en=""))
    assert has_field(fields(pdftotext(pdf)), "محمد لام")
    assert plain("\ufdf2  \u202bأ\u202c\n") == "الله أ"


def _drawn(text: str, typeface: Typeface) -> str:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    TextPainter(canvas).draw(set_line(text, faces_of(typeface), 1), 50, 500, 12)
    canvas.showPage()
    canvas.save()
    return "".join(shown_lines(file.getvalue()))


def _without_marks(text: str) -> str:
    return text.translate({0x200E: None, 0x200F: None})
