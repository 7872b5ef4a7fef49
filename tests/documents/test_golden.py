"""Two hundred names, vocations and addresses: all of them back as text, drawn as HarfBuzz says, scored as published."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.table import Column, Table
from desktop_app.documents.text.draw import TextPainter
from desktop_app.documents.text.lines import set_line
from desktop_app.documents.wording import Label
from tests.documents import golden, office_samples
from tests.documents.harfbuzz_reference import draw_reference
from tests.documents.reading import fields, has_field, pdftotext, structure

PUBLISHED = Path(__file__).parents[2] / "docs" / "readers.md"
READERS: dict[str, Callable[[bytes], str]] = {
    "structure tree": lambda pdf: "\n".join(leaf.text for leaf in structure(pdf)),
    "pdftotext": pdftotext,
    "pdftotext -layout": lambda pdf: pdftotext(pdf, "-layout"),
    "pdfium": lambda pdf: "\n".join(str(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(pdf)),
    "pypdf": lambda pdf: "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages),
}


def test_there_are_two_hundred_of_every_sort() -> None:
    assert len(set(golden.CASES)) == len(golden.CASES) >= 200
    sorts = (r"[\u064b-\u0652]", r"لا|لأ|لإ|لآ", r"[()\[\]«»]", r"^.{60,}", r"[A-Za-z]", r"[0-9]", r"[٠-٩]")
    assert all(sum(bool(re.search(sort, case)) for case in golden.CASES) >= 4 for sort in sorts)


@pytest.fixture(scope="module")
def drawn() -> list[tuple[tuple[str, ...], bytes]]:
    label = Label("الحالات", "Cases")
    batches = [golden.CASES[at : at + 17] for at in range(0, len(golden.CASES), 17)]
    return [
        (
            batch,
            draw_paper(
                Paper(
                    label,
                    "1",
                    office_samples.fee_notice().drawn_on,
                    (Table((Column(label),), tuple((case,) for case in batch), size=11),),
                    sample=False,
                )
            ),
        )
        for batch in batches
    ]


@pytest.mark.parametrize("reader", READERS)
def test_readers_give_back_what_docs_say_they_do(reader: str, drawn: list[tuple[tuple[str, ...], bytes]]) -> None:
    exact = 0
    for batch, pdf in drawn:
        found = fields(READERS[reader](pdf))
        exact += sum(has_field(found, case) for case in batch)
    rows = [line.split("|") for line in PUBLISHED.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    published = {row[1].strip(): [cell.strip() for cell in row[2:-1]] for row in rows}
    assert exact == int(published[reader][0])
    # Nobody else's paper gives that reader more.
    assert all(exact >= int(other) for other in published[reader][1:] if other.isdigit())
    if not reader.startswith("p") or reader.startswith("pdftotext"):
        assert exact == len(golden.CASES)


SIZE, DPI, MARGIN = 24, 200, 20
MOST_APART = 1
"""Dots (at 200 to the inch) between the ink of the two pictures."""


@pytest.mark.parametrize("typeface", [Typeface.BODY, pytest.param(Typeface.TITLE_REGULAR, marks=pytest.mark.long)])
def test_pictures_are_those_of_harfbuzz(typeface: Typeface) -> None:
    for case in golden.CASES:
        line = set_line(case, faces_of(typeface), 1)
        page = (line.width * SIZE + 2 * MARGIN, SIZE * 3.0)
        ours, theirs = BytesIO(), BytesIO()
        canvas = Canvas(ours, pagesize=page)
        TextPainter(canvas).draw(line, MARGIN, SIZE * 1.2, SIZE)
        canvas.showPage()
        canvas.save()
        draw_reference(theirs, page, case, faces_of(typeface), MARGIN, SIZE * 1.2, SIZE)
        one, other = _picture(ours), _picture(theirs)
        assert one.getextrema()[0] < 64, case  # type: ignore[operator]
        assert not _ink_apart(one, other), case
        assert not _ink_apart(other, one), case


def test_the_comparison_of_pictures_sees_a_letter_moved() -> None:
    faces = faces_of(Typeface.BODY)
    page = (200.0, SIZE * 3.0)
    pictures = []
    for x in (MARGIN, MARGIN + 1.2):
        file = BytesIO()
        draw_reference(file, page, "محمد", faces, x, SIZE * 1.2, SIZE)
        pictures.append(_picture(file))
    assert _ink_apart(*pictures)


def _picture(file: BytesIO) -> Image.Image:
    picture: Image.Image = pypdfium2.PdfDocument(file.getvalue())[0].render(scale=DPI / 72, grayscale=True).to_pil()
    return picture


def _ink_apart(one: Image.Image, other: Image.Image) -> bool:
    """Whether `one` has full ink where `other` has none within `MOST_APART` dots."""
    from PIL import ImageFilter

    near = other.filter(ImageFilter.MinFilter(2 * MOST_APART + 1)).point(lambda value: 255 if value > 160 else 0)
    ink = one.point(lambda value: 255 if value < 96 else 0)
    return ImageChops.multiply(near, ink).getbbox() is not None
