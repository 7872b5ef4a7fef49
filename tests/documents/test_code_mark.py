"""The QR code on the sheet is read back from a picture of it as poor as an office scanner makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest
import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from desktop_app.application.certificate_keys import throw_away_key
from desktop_app.application.certifying import Certifier
from desktop_app.application.ports.papers import CertificateContent
from desktop_app.documents.code_mark import CODE_SIDE
from desktop_app.documents.code_pages import NoPictureError
from desktop_app.documents.code_reader import find_codes, says
from desktop_app.documents.renderer import ReportlabRenderer
from desktop_app.domain.certificate_check import CertifiedLicence
from tests.documents import samples
from tests.documents.reading import fields, has_field, pdftotext

CERTIFIER = Certifier(throw_away_key())
LONG = "شركة مُحَمَّد خير الدين بن عبد العزيز آل خطيب الحسيني الهاشمي وشركاه لتجارة المواد الغذائية"
DPI = 150


def said_of(content: CertificateContent) -> CertifiedLicence:
    return CertifiedLicence(
        content.number,
        content.holder.name_ar,
        tuple(one.code for one in content.vocations),
        content.area,
        content.district.number,
        content.valid_until,
        content.parent_number,
        datetime(2026, 11, 22, 8, 5, tzinfo=UTC),
        content.sample,
    )


def coded(content: CertificateContent) -> CertificateContent:
    return replace(content, code=CERTIFIER.code(said_of(content)))


SHEETS = {
    "usual": coded(samples.certificate()),
    "long": coded(samples.certificate(name=LONG, count=12, signs=4)),
}
PDFS = {name: ReportlabRenderer().certificate(content) for name, content in SHEETS.items()}


def page(name: str) -> Image.Image:
    drawn = pypdfium2.PdfDocument(PDFS[name])[0].render(scale=DPI / 72, grayscale=True).to_pil()
    assert isinstance(drawn, Image.Image)
    return drawn


def read(picture: Image.Image) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def code_box(name: str) -> tuple[int, int, int, int]:
    """Where the code is on the page of 150 dpi, without its quiet zone: left, top, right, bottom."""
    (found,) = zxingcpp.read_barcodes(page(name))
    at = found.position
    return at.top_left.x, at.top_left.y, at.bottom_right.x, at.bottom_right.y


@pytest.mark.parametrize("name", SHEETS)
def test_the_code_is_read_from_the_page(name: str) -> None:
    assert read(page(name)) == [SHEETS[name].code]


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("angle", [2, 7, 33, 90, 181, 270])
def test_the_code_is_read_from_a_page_that_lies_askew(name: str, angle: float) -> None:
    turned = page(name).rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert read(turned) == [SHEETS[name].code]


@pytest.mark.parametrize(("name", "radius"), [("usual", 1.2), ("long", 0.8)])
def test_the_code_is_read_from_a_blurred_page(name: str, radius: float) -> None:
    assert read(page(name).filter(ImageFilter.GaussianBlur(radius))) == [SHEETS[name].code]


@pytest.mark.parametrize(("name", "share"), [("usual", 0.3), ("long", 0.2)])
@pytest.mark.parametrize("colour", [0, 90, 255])
def test_the_code_is_read_with_a_stained_corner(name: str, share: float, colour: int) -> None:
    picture = page(name)
    left, _top, right, bottom = code_box(name)
    side = right - left
    stain = (right - share * side, bottom - share * side, right + 20, bottom + 20)
    ImageDraw.Draw(picture).ellipse(stain, fill=colour)
    assert read(picture) == [SHEETS[name].code]


def test_the_code_is_read_turned_blurred_and_stained_at_once() -> None:
    picture = page("usual")
    _left, _top, right, bottom = code_box("usual")
    ImageDraw.Draw(picture).ellipse((right - 30, bottom - 30, right + 20, bottom + 20), fill=70)
    picture = picture.rotate(4, resample=Image.Resampling.BICUBIC, fillcolor=255)
    assert read(picture.filter(ImageFilter.GaussianBlur(0.8))) == [SHEETS["usual"].code]


@pytest.mark.parametrize(("name", "dots"), [("usual", 2.9), ("long", 2.6)])
def test_a_module_is_wide_enough_for_150_dots_an_inch(name: str, dots: float) -> None:
    (found,) = zxingcpp.read_barcodes(page(name))
    level = "q" if name == "usual" else "m"
    modules = segno.make_qr(found.text, error=level, boost_error=False).symbol_size(border=0)[0]
    left, _top, right, _bottom = code_box(name)
    assert (right - left) / modules >= dots
    assert (right - left) / (CODE_SIDE * DPI / 72) == pytest.approx(modules / (modules + 8), abs=0.02)


@pytest.mark.parametrize("name", SHEETS)
def test_the_text_of_the_sheet_stays_what_it_was(name: str) -> None:
    content = SHEETS[name]
    found = fields(pdftotext(PDFS[name]))
    for value in (content.number, content.holder.name_ar, content.request_number, "31/12/2026", "120.50"):
        assert has_field(found, value)
    assert all(has_field(found, one.name_ar) for one in content.vocations)


def test_a_sheet_without_a_code_bears_none() -> None:
    assert find_codes(ReportlabRenderer().certificate(samples.certificate())) == ()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_looked_through(kind: str) -> None:
    held = BytesIO()
    page("usual").save(held, kind)
    assert [one.text for one in find_codes(held.getvalue())] == [SHEETS["usual"].code]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"%PDF-1.7\nnonsense", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NoPictureError):
        find_codes(content)


@pytest.mark.parametrize(
    "name",
    [
        "شركة Blue Moon للتجارة",
        "شركة ABC للتجارة 2020",
        "مُحَمَّد عبد الله (أبو زيد)",
        "مؤسسة «النور» / فرع 3",
        "آلاء ﷲ، وشركاه",
    ],
)
def test_a_genuine_sheet_is_not_suspected_for_what_its_reader_makes_of_a_name(name: str) -> None:
    content = coded(samples.certificate(name=name))
    (found,) = find_codes(ReportlabRenderer().certificate(content))
    assert says(found.page_text, said_of(content))


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_says_what_its_code_does(name: str) -> None:
    (found,) = find_codes(PDFS[name])
    said = said_of(SHEETS[name])
    assert found.page == 1
    assert says(found.page_text, said)
    for other in (
        replace(said, number="L-2026-08-000124"),
        replace(said, holder="أحمد خليل الحسن"),
        replace(said, area=said.area + 1),
        replace(said, valid_until=said.valid_until.replace(year=2027)),
        replace(said, parent="L-2019-08-004411"),
    ):
        assert not says(found.page_text, other)
