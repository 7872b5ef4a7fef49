"""The packed file is a sound one, whatever is in it: every object is found, equal papers are equal bytes."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.fonts import Typeface
from desktop_app.documents.sheet import Sheet
from tests.documents.reading import pdftotext, structure

WORDS = st.text(st.sampled_from("ابتسنماة AZaz09()\\/<>"), max_size=30).map(lambda text: f"ا{text}ب")


def drawn(pages: list[list[str]]) -> bytes:
    sheet = Sheet(400, 4000, "ورقة", date(2026, 11, 22))
    for words in pages:
        sheet.watermark("نموذج")
        for at, word in enumerate(words):
            with sheet.element("P", word):
                sheet.text(word, 380, 3900 - 18 * at, 10, Typeface.BODY)
        sheet.next_page()
    return sheet.finish()


@given(st.lists(st.lists(WORDS, max_size=8), min_size=1, max_size=4))
def test_every_object_is_where_the_table_says(pages: list[list[str]]) -> None:
    made = drawn(pages)
    assert made == drawn(pages)
    with pikepdf.open(BytesIO(made)) as document:
        assert document.check_pdf_syntax() == []
        assert len(document.pages) == len(pages)
        assert all(len(page.Resources.XObject) == 1 for page in document.pages)
        forms = {page.Resources.XObject["/FormXob.watermark"].objgen for page in document.pages}
        assert len(forms) == 1, "the watermark is held once"
    assert [leaf.text for leaf in structure(made)] == [word for words in pages for word in words]


def test_more_objects_than_one_stream_holds() -> None:
    pages = [[f"سطر {page} {line}" for line in range(200)] for page in range(12)]
    made = drawn(pages)
    assert made.count(b"/Type/ObjStm") == 3
    with pikepdf.open(BytesIO(made)) as document:
        assert document.check_pdf_syntax() == []
        assert len(document.Root.StructTreeRoot.K.K) == 2400
    texts = pdftotext(made).split("\f")[:-1]
    assert [text.count("سطر") for text in texts] == [200] * 12
