"""The office's own papers: all that they are given stands on them, over as many pages as it takes, in one layout."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from desktop_app.application.ports.office_papers import OfficeRenderer
from desktop_app.documents.fields import TooLongError
from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.office_renderer import ReportlabOffice
from desktop_app.documents.sheet import FRAME, Sheet
from desktop_app.documents.table import Paragraph
from desktop_app.documents.text.justify import TATWEEL
from desktop_app.documents.text.lines import Line, set_line
from desktop_app.documents.wording import Label, wording
from desktop_app.domain.money import Fils
from tests.documents import office_samples as office
from tests.documents.archive_check import complaints
from tests.documents.reading import fields, has_field, pdftotext, structure, unreadable

RENDERER: OfficeRenderer = ReportlabOffice()
PAPERS = {
    "fee notice": RENDERER.fee_notice(office.fee_notice()),
    "long fee notice": RENDERER.fee_notice(office.fee_notice(60)),
    "rectification": RENDERER.rectification_notice(office.visit()),
    "report": RENDERER.inspection_report(office.visit(40, 5)),
    "daily list": RENDERER.daily_list(office.daily_list()),
    "long daily list": RENDERER.daily_list(office.daily_list(30)),
    "close": RENDERER.day_close(office.day_close()),
    "long close": RENDERER.day_close(office.day_close(70)),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_fit_for_an_archive_and_readable(name: str) -> None:
    assert complaints(PAPERS[name]) == []
    assert not unreadable(pdftotext(PAPERS[name]))


@pytest.mark.parametrize("name", PAPERS)
def test_text_and_ink_stay_inside_the_frame(name: str) -> None:
    for page in pypdfium2.PdfDocument(PAPERS[name]):
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            assert FRAME < left <= right < width - FRAME, text.get_text_range(index, 1)
            assert FRAME < bottom <= top < height - FRAME, text.get_text_range(index, 1)
        picture = page.render(scale=1, grayscale=True).to_pil()
        assert picture.crop((0, 0, int(FRAME) - 1, picture.height)).getextrema() == (255, 255)
        assert picture.crop((0, 0, picture.width, int(FRAME) - 1)).getextrema() == (255, 255)


@pytest.mark.parametrize("name", PAPERS)
def test_no_two_lines_of_text_touch(name: str) -> None:
    for page in pypdfium2.PdfDocument(PAPERS[name]):
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        for index, (left, bottom, right, top) in enumerate(boxes):
            for other in boxes[index + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                down = min(top, other[3]) - max(bottom, other[1])
                smaller = min((right - left) * (top - bottom), (other[2] - other[0]) * (other[3] - other[1]))
                assert across <= 0 or down <= 0 or across * down <= 0.25 * smaller, (boxes[index], other)


def test_a_fee_notice_holds_the_bill_its_sum_and_the_last_day() -> None:
    content = office.fee_notice(60)
    found, told = (
        fields(pdftotext(PAPERS["long fee notice"])),
        [leaf.text for leaf in structure(PAPERS["long fee notice"])],
    )
    for line in content.lines:
        amount = f"{line.amount // 1000:,}.{line.amount % 1000:03d}"
        assert has_field(found, amount)
        assert {line.label_ar, line.article, line.about, amount} <= set(told)
    assert has_field(found, f"{content.amount // 1000:,}.{content.amount % 1000:03d}")
    assert has_field(found, "22/12/2026")
    without = RENDERER.fee_notice(replace(content, pay_by=None))
    assert not has_field(fields(pdftotext(without)), "22/12/2026")


def test_a_rectification_notice_names_what_was_not_met_and_nothing_else() -> None:
    content = office.visit(6, 2)
    told = [leaf.text for leaf in structure(PAPERS["rectification"])]
    for item in content.items:
        assert (item.text_ar in told) is any(one.text_ar == item.text_ar and not one.met for one in content.items)
    assert content.items[0].rectify in told
    assert "03/12/2026" in told


def test_a_report_holds_every_answer_and_the_areas() -> None:
    content = office.visit(40, 5)
    told = [leaf.text for leaf in structure(PAPERS["report"])]
    assert told.count(wording().label("met").ar) == 35
    assert told.count(wording().label("not_met").ar) == 5
    assert {"44.75", "45.00", "20.00", content.note, content.inspector_ar} <= set(told)


def test_a_daily_list_names_every_visit_in_turn() -> None:
    content = office.daily_list(30)
    told = [leaf.text for leaf in structure(PAPERS["long daily list"])]
    numbers = [visit.request_number for visit in content.visits]
    assert [text for text in told if text in numbers] == numbers
    for visit in content.visits:
        assert {visit.trade_name, visit.applicant_ar, visit.mobile, visit.window} <= set(told)


def test_the_sums_of_a_day_close_leave_out_what_was_voided() -> None:
    content = office.day_close(9)
    told = [leaf.text for leaf in structure(PAPERS["close"])]
    standing = sum(one.amount for one in content.receipts if not one.voided)
    assert f"{standing // 1000}.{standing % 1000:03d}" in told
    assert told.count(wording().label("voided").ar) == 1
    everything = sum(one.amount for one in content.receipts)
    assert f"{everything // 1000}.{everything % 1000:03d}" not in told


@pytest.mark.parametrize(("name", "pages"), [("close", 1), ("long close", 3), ("long daily list", 2), ("report", 2)])
def test_every_page_says_which_it_is_and_whose_head_it_has(name: str, pages: int) -> None:
    texts = [fields(text) for text in pdftotext(PAPERS[name]).split("\f")[:-1]]
    assert len(texts) == pages
    for at, found in enumerate(texts, 1):
        assert has_field(found, f"صفحة {at} من {pages}") is (pages > 1)
        assert has_field(found, wording().municipality.ar)


def test_a_table_that_goes_on_has_its_head_on_each_page_and_is_read_as_one() -> None:
    pdf = PAPERS["long close"]
    head = wording().label("receipt_number").ar
    first, second, _ = (fields(text) for text in pdftotext(pdf).split("\f")[:-1])
    assert has_field(first, head)
    assert has_field(second, head)
    told = structure(pdf)
    # To a reader of the tree the head of the second page is no new row.
    assert [leaf.text for leaf in told].count(head) == 1
    with pikepdf.open(BytesIO(pdf)) as document:
        tables = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Table"]
        assert [len(table.K) for table in tables] == [1 + 70 + 1, 1 + 3]
        assert all(str(row.S) == "/TR" for table in tables for row in table.K)


def points_of(pdf: bytes) -> list[float]:
    """Where figures with three decimals have the middles of their points, in points of paper from the left."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for figure in re.finditer(r"\d\.\d{3}(?!\d)", text.get_text_range()):
            left, _, right, _ = text.get_charbox(figure.start() + 1)
            found.append((left + right) / 2)
    return found


@pytest.mark.parametrize("most", [9, 123_456_789])
def test_amounts_stand_with_their_decimal_points_under_one_another(most: int) -> None:
    bill = office.fee_notice(6)
    amounts = (1, 5_000, 12_500, 999_999, most, 70)
    lines = tuple(replace(line, amount=Fils(fils)) for line, fils in zip(bill.lines, amounts, strict=True))
    points = points_of(RENDERER.fee_notice(replace(bill, lines=lines)))
    assert len(points) == len(amounts) + 1, "the total as well"
    assert max(points) - min(points) < 0.5


def letters_of(line: Line) -> float:
    """How wide the letters of a line are together, without its spaces: wider than they were where kashida is."""
    return sum(one.advance / face.units_per_em for face, cells in line.pieces for one in cells if one.text != " ")


def test_a_paragraph_is_even_at_both_edges_and_has_no_tatweel_in_its_text() -> None:
    text = wording().sentence("fee_notice_says").ar
    paragraph = Paragraph(text).set(250, 1.0)
    assert len(paragraph.lines) >= 3
    for line in paragraph.lines[:-1]:
        assert line.width * paragraph.size == pytest.approx(250, abs=0.05)
    plain = [set_line(line.text, faces_of(Typeface.BODY), 1) for line in paragraph.lines]
    wider = [letters_of(line) > letters_of(own) + 1e-6 for line, own in zip(paragraph.lines, plain, strict=True)]
    assert any(wider), "by kashida, not by spaces alone"
    told = [leaf for leaf in structure(PAPERS["fee notice"]) if leaf.text == text]
    assert len(told) == 1
    assert TATWEEL not in told[0].shown


class Tall:
    """A block that no page can hold."""

    height = 2_000.0

    def set(self, width: float, scale: float) -> Tall:
        return self

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        raise AssertionError("never to be drawn")


def test_a_block_higher_than_a_page_is_refused() -> None:
    with pytest.raises(TooLongError):
        draw_paper(Paper(Label("ورقة", "Paper"), "1", office.fee_notice().drawn_on, (Tall(),), False))


def test_the_same_content_is_the_same_bytes() -> None:
    assert RENDERER.day_close(office.day_close(70)) == PAPERS["long close"]
