"""The receipt (سند قبض): A5, A4 for a long bill, and as many sheets of A4 as a longer one takes.

Money that was taken has its receipt: no bill is too long for one.
"""

from __future__ import annotations

from reportlab.lib.pagesizes import A4, A5

from desktop_app.application.ports.papers import PaperSeal, ReceiptContent, ReceiptLine
from desktop_app.documents.bill_rows import BillRow, TotalRow
from desktop_app.documents.fields import Block, Field, Heading, Row, SetBlock, TooLongError, fit_blocks
from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.letterhead import draw_head, draw_sample_note
from desktop_app.documents.sheet import FRAME, Sheet
from desktop_app.documents.wording import Label, wording
from desktop_app.texts.clock_words import in_amman
from desktop_app.texts.digits import scaled
from desktop_app.texts.money_in_words import receipt_words

_MARGIN = FRAME + 14
_FOOT = 24.0


def draw_receipt(content: ReceiptContent, seal: PaperSeal | None = None) -> bytes:
    """The PDF, signed where there is a seal. Raises ValueError for characters without a glyph."""
    words = wording()
    taken = in_amman(content.taken_at)
    single = _find_sheet(content)
    if single is None:
        title, blocks_of_many = words.label("receipt_title"), tuple(_blocks(content))
        return draw_paper(Paper(title, content.number, taken.date(), blocks_of_many, content.sample), seal)
    (width, height), head, blocks = single
    sheet = Sheet(width, height, f"{words.label('receipt_title').ar} {content.number}", taken.date(), seal)
    if content.sample:
        sheet.watermark(words.sample_mark)
    sheet.frame()
    draw_head(sheet, words.label("receipt_title"), None, _MARGIN, content.sample, head)
    top = height - FRAME - 120 * head
    for block in blocks:
        block.draw(sheet, width - _MARGIN, top)
        top -= block.height
    draw_sample_note(sheet, _MARGIN, FRAME + 11, content.sample)
    sheet.next_page()
    return sheet.finish()


def _find_sheet(content: ReceiptContent) -> tuple[tuple[float, float], float, list[SetBlock]] | None:
    """The smallest sheet on which the bill can be read, the scale of its head, and what stands below the head. None
    where it takes more than one."""
    blocks = _blocks(content)
    for size, head, smallest in ((A5, 0.82, 0.8), (A4, 1.0, 0.5)):
        width, height = size
        room = height - 2 * FRAME - 120 * head - _FOOT
        try:
            return size, head, fit_blocks(blocks, width - 2 * _MARGIN, room, smallest)
        except TooLongError:
            continue
    return None


def _blocks(content: ReceiptContent) -> list[Block]:
    label = wording().label
    taken = in_amman(content.taken_at)
    payer = content.payer
    method = wording().method(content.method.value)
    bold = Typeface.BODY_BOLD
    blocks: list[Block] = [
        Row(
            (
                Field(label("receipt_number"), content.number, size=13, typeface=bold, share=1.7, colour="accent"),
                Field(label("taken_on"), f"{taken:%d/%m/%Y}", size=11),
                Field(label("taken_at"), f"{taken:%H:%M}", size=11, share=0.7),
            ),
            tint=True,
        ),
        Row(
            (
                Field(label("payer"), payer.name_ar, payer.name_en, size=12.5, typeface=bold, share=1.7),
                Field(wording().identity(payer.identity.kind.value), payer.identity.number, size=11),
            )
        ),
        Row(
            (
                Field(label("request_number"), content.request_number, size=11),
                Field(label("district"), content.district.name_ar, content.district.name_en, size=10),
            )
        ),
        Heading(label("bill"), 9.5),
    ]
    blocks += [_bill_row(line) for line in content.lines]
    blocks.append(TotalRow(label("total"), _dinars(content.amount)))
    blocks.append(Row((Field(label("in_words"), receipt_words(content.amount), size=10.5),)))
    paid = [Field(label("method"), method.ar, method.en, size=10)]
    if content.reference:
        paid.append(Field(label("reference"), content.reference, size=10))
    paid.append(Field(label("cashier"), content.cashier_ar, size=10, share=1.3))
    if content.device:
        paid.append(Field(label("device"), content.device, size=10, share=0.7))
    return [*blocks, Row(tuple(paid))]


def _bill_row(line: ReceiptLine) -> BillRow:
    note = " — ".join(part for part in (line.about, line.article) if part)
    return BillRow(Label(line.label_ar, line.label_en), note, _dinars(line.amount))


def _dinars(fils: int) -> str:
    """``1,250.500`` in ASCII, a minus sign before what is given back."""
    return scaled(fils, 3, arabic=False)
