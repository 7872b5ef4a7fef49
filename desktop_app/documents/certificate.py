"""The licence certificate: one sheet of A4, Arabic and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reportlab.lib.pagesizes import A4

from desktop_app.application.ports.papers import CertificateContent, PaperSeal
from desktop_app.documents.code_mark import CODE_GAP, CODE_SIDE, draw_code
from desktop_app.documents.fields import Block, Field, Heading, Row, SetBlock, TooLongError, fit_blocks, in_columns
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.letterhead import draw_copy_tag, draw_head, draw_sample_note, draw_signatures
from desktop_app.documents.sheet import FRAME, Sheet
from desktop_app.documents.uncollected import uncollected
from desktop_app.documents.wording import Label, wording
from desktop_app.texts.digits import scaled

_MARGIN = FRAME + 18
_HEAD = 146.0
_FOOT = 128.0
_FOOT_WITH_CODE = 160.0


class _Columns(NamedTuple):
    """How many vocations, signs and numbers of children stand side by side, and how small that may become."""

    vocations: int
    signs: int
    children: int
    smallest: float


_DENSITIES = (_Columns(2, 3, 3, 0.7), _Columns(3, 4, 4, 0.62), _Columns(4, 5, 5, 0.16))
"""The first in which everything fits: what is short stands large, what is long is narrow before it is small.

What the rules let be lodged (`domain.certificate_room`) has been paid for when it is drawn, so it is always drawn:
twenty vocations and eight signs at half the usual size, and only what is long beyond reason any smaller."""


def draw_certificate(content: CertificateContent, seal: PaperSeal | None = None) -> bytes:
    """The PDF, signed where there is a seal. Raises ValueError for characters without a glyph, TooLongError for
    content beyond one sheet."""
    return draw_certificates([content], seal)


def draw_certificates(contents: Sequence[CertificateContent], seal: PaperSeal | None = None) -> bytes:
    """One PDF with a sheet for each content, in which fonts are held once. Raises as `draw_certificate` does.

    At least one content; the file's title and date are those of the first.
    """
    with uncollected():
        return _drawn(contents, seal)


def _drawn(contents: Sequence[CertificateContent], seal: PaperSeal | None) -> bytes:
    first = contents[0]
    title = f"{wording().label('licence_title').ar} {first.number}"
    sheet = Sheet(*A4, f"{title}، {_copy_said(first.copy).ar}" if first.copy else title, first.drawn_on, seal)
    for content in contents:
        _draw_page(sheet, content)
        sheet.next_page()
    return sheet.finish()


def _draw_page(sheet: Sheet, content: CertificateContent) -> None:
    words = wording()
    if content.copy:
        sheet.watermark(words.label("copy").ar)
    elif content.sample:
        sheet.watermark(words.sample_mark)
    sheet.frame()
    subtitle = words.label("licence_amended" if content.amended else "licence_child")
    related = content.amended or content.parent_number is not None
    draw_head(sheet, words.label("licence_title"), subtitle if related else None, _MARGIN, content.sample)
    if content.copy:
        draw_copy_tag(sheet, _copy_said(content.copy), sheet.width - _MARGIN)
    top = sheet.height - FRAME - _HEAD
    inner = sheet.width - 2 * _MARGIN
    foot = _FOOT_WITH_CODE if content.code else _FOOT
    for block in _fitted(content, inner, top - FRAME - foot):
        block.draw(sheet, sheet.width - _MARGIN, top)
        top -= block.height
    if content.code:
        draw_code(sheet, content.code, _MARGIN, FRAME + 34, CODE_SIDE)
        room = CODE_SIDE + CODE_GAP
        draw_signatures(sheet, content.drawn_on, _MARGIN, FRAME + 34, CODE_SIDE, beside=room)
    else:
        draw_signatures(sheet, content.drawn_on, _MARGIN, FRAME + 34, 84)
    draw_sample_note(sheet, _MARGIN, FRAME + 12, content.sample)


def _fitted(content: CertificateContent, width: float, height: float) -> list[SetBlock]:
    for columns in _DENSITIES[:-1]:
        try:
            return fit_blocks(_blocks(content, columns), width, height, columns.smallest, largest=1.12)
        except TooLongError:
            continue
    last = _DENSITIES[-1]
    return fit_blocks(_blocks(content, last), width, height, last.smallest)


def _copy_said(count: int) -> Label:
    label = wording().label("copy_number")
    return Label(f"{label.ar} {count}", f"{label.en} {count}")


def shown_date(day: date) -> str:
    """``22/11/2026``: ASCII digits in one run, so that every reader gives it back."""
    return f"{day:%d/%m/%Y}"


def _blocks(content: CertificateContent, columns: _Columns) -> list[Block]:
    label = wording().label
    holder = content.holder
    big = Typeface.BODY_BOLD
    blocks: list[Block] = [
        Row(
            (
                Field(label("licence_number"), content.number, size=17, typeface=big, share=1.9, colour="accent"),
                Field(label("issued_on"), shown_date(content.issued_on), size=13),
                Field(label("valid_until"), shown_date(content.valid_until), size=13, typeface=big),
            ),
            tint=True,
        ),
        Row(
            (
                Field(label("holder"), holder.name_ar, holder.name_en, size=15, typeface=big, share=2.2),
                Field(wording().identity(holder.identity.kind.value), holder.identity.number, size=13),
            )
        ),
        Row(
            (
                Field(label("trade_name"), content.trade_name, size=12.5, share=2.2),
                Field(label("area"), scaled(content.area, 2, arabic=False), size=13, typeface=big),
            )
        ),
    ]
    links = [Field(label("request_number"), content.request_number)]
    if content.parent_number:
        links.insert(0, Field(label("parent_number"), content.parent_number))
    blocks += [Row(tuple(links)), Heading(label("premises")), *_premises(content)]
    blocks += [Heading(label("vocations")), *_vocations(content, columns.vocations)]
    if content.signs:
        blocks += [Heading(label("signs")), *_signs(content, columns.signs)]
    if content.children:
        blocks.append(Heading(label("children")))
        blocks += in_columns([Field(None, number) for number in content.children], columns.children)
    return blocks


def _premises(content: CertificateContent) -> list[Row]:
    label = wording().label
    parcel = content.parcel
    basin = Field(label("basin"), parcel.basin_ar, parcel.basin_number, size=10)
    return [
        Row(
            (
                Field(label("district"), content.district.name_ar, content.district.name_en),
                Field(label("address"), content.address_ar, share=2.0),
            )
        ),
        Row(
            (
                Field(label("directorate"), parcel.directorate_ar, size=10, share=1.3),
                Field(label("village"), parcel.village_ar, size=10, share=1.1),
                basin,
                Field(label("quarter"), parcel.quarter_ar, size=10),
                Field(label("plate"), parcel.plate, size=10, share=0.75),
                Field(label("parcel"), parcel.number, size=10, share=0.75),
            )
        ),
    ]


def _vocations(content: CertificateContent, columns: int) -> list[Row]:
    """The last row is filled up, so that names stay in line; a single one has the whole row."""
    fields = [Field(Label(one.code, one.name_en), one.name_ar, size=12) for one in content.vocations]
    return in_columns(fields, columns if len(fields) > 1 else 1)


def _signs(content: CertificateContent, columns: int) -> list[Row]:
    fields = []
    for sign in content.signs:
        lit = wording().label("sign_lit" if sign.lit else "sign_unlit")
        size = f"{lit.en}, {scaled(sign.area, 2, arabic=False)} m²"
        fields.append(Field(Label(lit.ar, size), sign.text_ar, size=10))
    return in_columns(fields, min(columns, len(fields)))
