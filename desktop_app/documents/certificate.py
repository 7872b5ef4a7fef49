"""The licence certificate: one sheet of A4, Arabic and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.pagesizes import A4

from desktop_app.application.ports.papers import CertificateContent, PaperSeal
from desktop_app.documents.code_mark import CODE_GAP, CODE_SIDE, draw_code
from desktop_app.documents.fields import Block, Field, Heading, Row, fit_blocks, in_columns
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


def draw_certificate(content: CertificateContent, seal: PaperSeal | None = None) -> bytes:
    """The PDF, signed where there is a seal. Raises ValueError for characters without a glyph, TooLongError for
    content beyond one sheet."""
    return draw_certificates([content], seal)


def draw_certificates(contents: Sequence[CertificateContent], seal: PaperSeal | None = None) -> bytes:
    """One PDF with a sheet for each content, in which fonts are held once. Raises as `draw_certificate` does.

    At least one content; the file's title and date are those of the first.
    """
    first = contents[0]
    title = f"{wording().label('licence_title').ar} {first.number}"
    sheet = Sheet(*A4, f"{title}، {_copy_said(first.copy).ar}" if first.copy else title, first.drawn_on, seal)
    with uncollected():
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
    for block in fit_blocks(_blocks(content), inner, top - FRAME - foot, largest=1.12):
        block.draw(sheet, sheet.width - _MARGIN, top)
        top -= block.height
    if content.code:
        draw_code(sheet, content.code, _MARGIN, FRAME + 34, CODE_SIDE)
        room = CODE_SIDE + CODE_GAP
        draw_signatures(sheet, content.drawn_on, _MARGIN, FRAME + 34, CODE_SIDE, beside=room)
    else:
        draw_signatures(sheet, content.drawn_on, _MARGIN, FRAME + 34, 84)
    draw_sample_note(sheet, _MARGIN, FRAME + 12, content.sample)


def _copy_said(count: int) -> Label:
    label = wording().label("copy_number")
    return Label(f"{label.ar} {count}", f"{label.en} {count}")


def shown_date(day: date) -> str:
    """``22/11/2026``: ASCII digits in one run, so that every reader gives it back."""
    return f"{day:%d/%m/%Y}"


def _blocks(content: CertificateContent) -> list[Block]:
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
    blocks += [Heading(label("vocations")), *_vocations(content)]
    if content.signs:
        blocks += [Heading(label("signs")), *_signs(content)]
    if content.children:
        blocks.append(Heading(label("children")))
        blocks += in_columns([Field(None, number) for number in content.children], 3)
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


def _vocations(content: CertificateContent) -> list[Row]:
    """Two columns; an odd last one, and a single one, keep their half so that names stay in line."""
    fields = [Field(Label(one.code, one.name_en), one.name_ar, size=12) for one in content.vocations]
    return in_columns(fields, 2 if len(fields) > 1 else 1)


def _signs(content: CertificateContent) -> list[Row]:
    fields = []
    for sign in content.signs:
        lit = wording().label("sign_lit" if sign.lit else "sign_unlit")
        size = f"{lit.en}, {scaled(sign.area, 2, arabic=False)} m²"
        fields.append(Field(Label(lit.ar, size), sign.text_ar, size=10))
    return in_columns(fields, min(3, len(fields)))
