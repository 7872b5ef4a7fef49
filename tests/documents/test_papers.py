"""The papers as a whole: one sheet, inside its frame, the same bytes again, marked as a sample only while it is one."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from desktop_app.application.ports.papers import PaperRenderer
from desktop_app.documents.fields import TooLongError
from desktop_app.documents.renderer import ReportlabRenderer
from desktop_app.documents.sheet import FRAME
from desktop_app.documents.text.shaping import shape
from desktop_app.documents.wording import wording
from desktop_app.domain.money import Fils
from desktop_app.domain.people import Identity, IdentityKind, Person
from desktop_app.domain.tracks import PaymentMethod
from tests.documents import samples
from tests.documents.reading import fields, has_field, pdftotext, unreadable

RENDERER: PaperRenderer = ReportlabRenderer()
LONG = "عبد الرحمن مُحَمَّد خير الدين بن عبد العزيز آل خطيب الحسيني الهاشمي " * 2

PAPERS = {
    "child": RENDERER.certificate(samples.certificate()),
    "eight": RENDERER.certificate(samples.certificate(count=8, signs=4, name=LONG, trade_name=LONG, address=LONG)),
    "twelve": RENDERER.certificate(
        samples.certificate(
            count=12,
            signs=6,
            amended=True,
            children=tuple(f"L-2026-08-{n:06d}" for n in range(124, 132)),
            sample=False,
        )
    ),
    "copy": RENDERER.certificate(replace(samples.certificate(count=8, signs=4), copy=12)),
    "receipt": RENDERER.receipt(samples.receipt()),
    "long receipt": RENDERER.receipt(samples.receipt(lines=24, name=LONG)),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_a_sound_file_of_one_page(name: str) -> None:
    with pikepdf.open(BytesIO(PAPERS[name])) as document:
        assert not document.check_pdf_syntax()
        assert len(document.pages) == 1
        assert str(document.Root.Lang) == "ar"
        assert "أمانة عمّان الكبرى" in str(document.docinfo.Author)


@pytest.mark.parametrize("name", PAPERS)
def test_every_font_is_embedded_and_says_what_its_codes_mean(name: str) -> None:
    with pikepdf.open(BytesIO(PAPERS[name])) as document:
        fonts = document.pages[0].Resources.Font
        assert len(fonts) >= 4
        for font in fonts.values():
            assert "/ToUnicode" in font
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize("name", PAPERS)
def test_all_text_and_ink_stays_inside_the_frame(name: str) -> None:
    page = pypdfium2.PdfDocument(PAPERS[name])[0]
    width, height = page.get_size()
    text = page.get_textpage()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        assert FRAME < left <= right < width - FRAME, text.get_text_range(index, 1)
        assert FRAME < bottom <= top < height - FRAME, text.get_text_range(index, 1)
    picture = page.render(scale=2, grayscale=True).to_pil()
    margin = int((FRAME - 1) * 2)
    for box in (
        (0, 0, picture.width, margin),
        (0, 0, margin, picture.height),
        (0, picture.height - margin, picture.width, picture.height),
        (picture.width - margin, 0, picture.width, picture.height),
    ):
        assert picture.crop(box).getextrema() == (255, 255)


@pytest.mark.parametrize("name", PAPERS)
def test_no_two_lines_of_text_touch(name: str) -> None:
    page = pypdfium2.PdfDocument(PAPERS[name])[0]
    text = page.get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    for index, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[index + 1 :]:
            across = min(right, other[2]) - max(left, other[0])
            down = min(top, other[3]) - max(bottom, other[1])
            smaller = min((right - left) * (top - bottom), (other[2] - other[0]) * (other[3] - other[1]))
            assert across <= 0 or down <= 0 or across * down <= 0.25 * smaller, (boxes[index], other)


def test_the_same_content_is_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib; from tests.documents import samples; "
        "from desktop_app.documents.renderer import ReportlabRenderer as R; "
        "print(hashlib.sha256(R().certificate(samples.certificate())).hexdigest(),"
        " hashlib.sha256(R().receipt(samples.receipt())).hexdigest())"
    )
    here = [hashlib.sha256(PAPERS[name]).hexdigest() for name in ("child", "receipt")]
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        assert done.stdout.split() == here


def test_the_day_of_drawing_is_the_file_date() -> None:
    pdf = RENDERER.certificate(samples.certificate(drawn_on=date(2026, 3, 5)))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.docinfo.CreationDate) == "D:20260305000000+03'00'"
    assert has_field(fields(pdftotext(pdf)), "05/03/2026")


@pytest.mark.parametrize("sample", [True, False])
def test_a_sample_says_so_and_nothing_else_does(sample: bool) -> None:
    note, mark = wording().sample.ar, wording().sample_mark
    for draw in (
        RENDERER.certificate(samples.certificate(sample=sample)),
        RENDERER.receipt(samples.receipt(sample=sample)),
    ):
        found = fields(pdftotext(draw))
        assert has_field(found, note) is sample
        # Once, as a word in its box: the watermark is ink, not text.
        assert "".join(found).count(mark) == int(sample)
        # The watermark covers a good part of the sheet in its own light colour.
        assert (_share_of_colour(draw, wording().colours["mark"]) > 0.03) is sample


def _share_of_colour(pdf: bytes, colour: str) -> float:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    counted = picture.getcolors(picture.width * picture.height)
    share: float = sum(count for count, pixel in counted if pixel == wanted) / (picture.width * picture.height)
    return share


def test_child_and_amended_parent_name_one_another() -> None:
    child = fields(pdftotext(RENDERER.certificate(samples.certificate())))
    assert has_field(child, "L-2019-08-004410")
    assert has_field(child, wording().label("licence_child").ar)
    children = ("L-2026-08-000124", "L-2026-08-000125")
    parent = fields(pdftotext(RENDERER.certificate(samples.certificate(amended=True, children=children))))
    assert all(has_field(parent, number) for number in children)
    assert has_field(parent, wording().label("licence_amended").ar)
    assert not has_field(parent, "L-2019-08-004410")


@pytest.mark.parametrize("kind", list(IdentityKind))
def test_each_kind_of_identity_has_its_label(kind: IdentityKind) -> None:
    content = samples.certificate()
    holder = replace(content.holder, identity=Identity(kind, "200112345"))
    found = fields(pdftotext(RENDERER.certificate(replace(content, holder=holder))))
    assert has_field(found, wording().identity(kind.value).ar)
    assert has_field(found, "200112345")


@pytest.mark.parametrize("method", list(PaymentMethod))
def test_the_receipt_holds_the_bill_and_its_sum(method: PaymentMethod) -> None:
    content = replace(samples.receipt(lines=5), method=method, reference="EP-7781")
    text = pdftotext(RENDERER.receipt(content))
    found = fields(text)
    for line in content.lines:
        assert has_field(found, line.label_ar)
        assert has_field(found, f"{line.amount // 1000}.{line.amount % 1000:03d}")
    for value in (
        "75.000",
        "فقط خمسة وسبعون دينارا لا غير",
        "C-2026-08-K1-00012",
        "EP-7781",
        "11:05",
        "سالم عبد الله الخطيب",
        "ليلى حدّاد",
        wording().method(method.value).ar,
    ):
        assert has_field(found, value), value
    assert not unreadable(text)


def test_what_cannot_be_set_is_refused_not_boxed() -> None:
    content = samples.certificate()
    unknown = Person("محمد \U0001f600", content.holder.identity)
    with pytest.raises(ValueError, match=r"U\+1F600"):
        RENDERER.certificate(replace(content, holder=unknown))


def test_what_was_shaped_once_is_not_shaped_again() -> None:
    content = samples.certificate()
    RENDERER.certificate(content)
    before = shape.cache_info().misses
    RENDERER.certificate(content)
    RENDERER.certificate(replace(content, number="L-2026-08-000124"))
    assert shape.cache_info().misses - before <= 1, "the other number at most"


def test_a_list_that_does_not_fit_is_refused_not_cut() -> None:
    with pytest.raises(TooLongError):
        RENDERER.certificate(samples.certificate(count=600))


@pytest.mark.parametrize("lines", [29, 30, 31, 60, 200])
def test_money_that_was_taken_has_its_receipt_however_long_the_bill(lines: int) -> None:
    content = samples.receipt(lines=lines)
    pages = pypdfium2.PdfDocument(RENDERER.receipt(content))
    text = " ".join([page.get_textpage().get_text_bounded() for page in pages])
    wanted = Counter(f"{line.amount // 1000:,}.{line.amount % 1000:03}" for line in content.lines)
    found = Counter(re.findall(r"[0-9,]+\.[0-9]{3}", text))
    assert all(found[amount] >= times for amount, times in wanted.items())
    assert f"{content.amount // 1000:,}.{content.amount % 1000:03}" in found
    assert len(pages) == 1 or lines > 29
    assert len(pages) > 2 or lines < 200


def test_a_refund_line_is_shown_with_its_sign() -> None:
    content = samples.receipt(lines=2)
    less = replace(content.lines[1], amount=Fils(-1_250))
    changed = replace(content, lines=(content.lines[0], less), amount=Fils(11_250))
    found = fields(pdftotext(RENDERER.receipt(changed)))
    assert has_field(found, "\u22121.250")
    assert has_field(found, "11.250")


def test_a_copy_says_so_and_all_else_that_the_certificate_says() -> None:
    content = samples.certificate()
    certificate, copy = (RENDERER.certificate(replace(content, copy=count)) for count in (0, 2))
    said, copied = fields(pdftotext(certificate)), fields(pdftotext(copy))
    for mark in ("نسخة رقم 2", "Copy no. 2"):
        assert has_field(copied, mark)
        assert not has_field(said, mark)
    assert set(said) <= set(copied)
    with pikepdf.open(BytesIO(copy)) as document:
        assert str(document.docinfo.Title).endswith("نسخة رقم 2")
    marked, plain = (pypdfium2.PdfDocument(one)[0].render(grayscale=True).to_pil() for one in (copy, certificate))
    box = ImageChops.difference(marked, plain).getbbox()
    assert box is not None
    assert box[2] - box[0] > marked.width / 2, "it is seen from across the counter"
