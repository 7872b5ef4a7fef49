"""The fee notice (إشعار رسوم): what is to be paid, line by line, and until when."""

from __future__ import annotations

from desktop_app.application.ports.office_papers import FeeNoticeContent
from desktop_app.documents.fields import Field, Heading, Row
from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.premises import number_row, person_row, premises_blocks
from desktop_app.documents.table import Column, Paragraph, Table
from desktop_app.documents.wording import wording
from desktop_app.texts.digits import scaled
from desktop_app.texts.money_in_words import receipt_words


def draw_fee_notice(content: FeeNoticeContent) -> bytes:
    """The PDF. Raises ValueError for characters without a glyph."""
    words, label = wording(), wording().label
    dates = [Field(label("approved_on"), f"{content.approved_on:%d/%m/%Y}", size=11.5)]
    if content.pay_by:
        dates.append(Field(label("pay_by"), f"{content.pay_by:%d/%m/%Y}", size=12.5, typeface=Typeface.BODY_BOLD))
    bill = Table(
        (
            Column(label("bill_for"), 2.4, typeface=Typeface.BODY_MEDIUM),
            Column(label("bill_unit"), 1.2),
            Column(label("bill_article"), 2.4),
            Column(label("amount"), 1.0, at_left=True, typeface=Typeface.BODY_MEDIUM),
        ),
        tuple(
            (line.label_ar, line.about, line.article, scaled(line.amount, 3, arabic=False)) for line in content.lines
        ),
        total=(label("total").ar, "", "", scaled(content.amount, 3, arabic=False)),
    )
    return draw_paper(
        Paper(
            title=label("fee_notice_title"),
            number=content.premises.request_number,
            drawn_on=content.drawn_on,
            blocks=(
                number_row(content.premises, *dates),
                person_row(content.applicant),
                Paragraph(words.sentence("fee_notice_says").ar),
                *premises_blocks(content.premises),
                Heading(label("bill_due")),
                bill,
                Row((Field(label("in_words"), receipt_words(content.amount), size=11),)),
            ),
            sample=content.sample,
            signatures=(label("signature"), label("stamp")),
        )
    )
