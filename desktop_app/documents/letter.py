"""A letter to an outside body or to the Civil Defence, and the reminder of one: A4, as many sheets as it takes."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4

from desktop_app.application.ports.papers import LetterContent, LetterUnit
from desktop_app.documents.fields import (
    PAD,
    Block,
    Field,
    Heading,
    Row,
    SetBlock,
    TooLongError,
    draw_label,
    fit_blocks,
    in_columns,
)
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.letterhead import draw_head, draw_sample_note
from desktop_app.documents.sheet import FRAME, Sheet
from desktop_app.documents.wording import wording
from desktop_app.domain.people import Person
from desktop_app.domain.reference import Vocation
from desktop_app.texts.digits import scaled

_MARGIN = FRAME + 16
_HEAD, _FOOT, _SIGNATURES = 128.0, 26.0, 78.0
_SMALLEST_OF_ONE, _OF_MANY = 0.72, 0.82
"""A letter that one sheet takes at this size stays on one; else it is set a little larger on several."""


def draw_letter(content: LetterContent) -> bytes:
    """The PDF. Raises ValueError for characters without a glyph."""
    words = wording()
    width, height = A4
    title = words.label("reminder_title" if content.reminds_of else "letter_title")
    sheet = Sheet(width, height, f"{title.ar} {content.number}", content.dated)
    pages = _pages(_blocks(content), width - 2 * _MARGIN, height - 2 * FRAME - _HEAD - _FOOT)
    for at, page in enumerate(pages):
        if content.sample:
            sheet.watermark(words.sample_mark)
        sheet.frame()
        draw_head(sheet, title, None, _MARGIN, content.sample)
        top = height - FRAME - _HEAD
        for block in page:
            block.draw(sheet, width - _MARGIN, top)
            top -= block.height
        if at == len(pages) - 1:
            _draw_signatures(sheet)
        if len(pages) > 1:
            sheet.ink("muted")
            sheet.text(f"{at + 1} / {len(pages)}", width / 2, FRAME + 11, 8.5, Typeface.BODY, "middle")
        draw_sample_note(sheet, _MARGIN, FRAME + 11, content.sample)
        sheet.next_page()
    return sheet.finish()


def _pages(blocks: list[Block], width: float, room: float) -> list[list[SetBlock]]:
    """The blocks sheet by sheet; room for signature and stamp is kept on the last."""
    try:
        return [fit_blocks(blocks, width, room - _SIGNATURES, _SMALLEST_OF_ONE)]
    except TooLongError:
        pages: list[list[SetBlock]] = [[]]
        left = room
        for block in blocks:
            done = block.set(width, _OF_MANY)
            if done.height > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1].append(done)
            left -= done.height
        if left < _SIGNATURES:
            pages.append([])
        return pages


def _blocks(content: LetterContent) -> list[Block]:
    return [*_head(content), *_about(content), *_vocations(content.vocations), *_units(content.units), _how_to_answer()]


def _head(content: LetterContent) -> list[Block]:
    label, bold = wording().label, Typeface.BODY_BOLD
    kind = "approval" if content.visited is None else "civil_defence"
    subject = wording().sentence(f"{kind}_subject")
    asked = wording().sentence("reminder_asked" if content.reminds_of else f"{kind}_asked")
    blocks: list[Block] = [
        Row(
            (
                Field(label("letter_number"), content.number, size=13, typeface=bold, share=1.4, colour="accent"),
                Field(label("letter_date"), f"{content.dated:%d/%m/%Y}", size=11.5),
                Field(label("request_number"), content.request_number, size=11.5, share=1.4),
            ),
            tint=True,
        ),
        Row((Field(label("addressee"), content.body.name_ar, content.body.name_en, size=14, typeface=bold),)),
    ]
    if (first := content.reminds_of) is not None:
        blocks.append(
            Row(
                (
                    Field(label("reminds_of"), first.number, size=11.5, typeface=bold, share=1.4),
                    Field(label("reminds_of_date"), f"{first.dated:%d/%m/%Y}", size=11.5),
                    Field(label("reminder_ordinal"), str(first.ordinal), size=11.5, share=1.4),
                )
            )
        )
    blocks.append(Row((Field(label("subject"), subject.ar, subject.en, size=12, typeface=bold),)))
    blocks.append(Row((Field(label("asked"), asked.ar, asked.en, size=12),)))
    return blocks


def _about(content: LetterContent) -> list[Block]:
    label, parcel = wording().label, content.parcel
    premises = [Field(label("trade_name"), content.trade_name, size=11, share=1.4)]
    premises.append(Field(label("parent_number"), content.parent_number, size=11))
    if content.visited is not None:
        premises.append(Field(label("visited_on"), f"{content.visited:%d/%m/%Y}", size=11))
    return [
        Heading(label("applicant")),
        _person(content.applicant),
        Heading(label("premises")),
        Row(tuple(premises)),
        Row(
            (
                Field(label("district"), content.district.name_ar, content.district.name_en, size=11),
                Field(label("address"), content.address_ar, size=11, share=2),
            )
        ),
        Row(
            (
                Field(label("basin"), parcel.basin_ar, parcel.basin_number, size=10.5),
                Field(label("quarter"), parcel.quarter_ar, size=10.5),
                Field(label("plate"), parcel.plate, size=10.5, share=0.6),
                Field(label("parcel"), parcel.number, size=10.5, share=0.6),
            )
        ),
    ]


def _person(person: Person) -> Row:
    identity = wording().identity(person.identity.kind.value)
    return Row(
        (
            Field(wording().label("holder_name"), person.name_ar, person.name_en, size=11.5, share=1.7),
            Field(identity, person.identity.number, size=11.5),
        )
    )


def _vocations(vocations: tuple[Vocation, ...]) -> list[Block]:
    fields = [Field(None, one.name_ar, one.name_en, size=11.5, typeface=Typeface.BODY_BOLD) for one in vocations]
    return [Heading(wording().label("vocations_asked")), *in_columns(fields, 2)]


def _units(units: tuple[LetterUnit, ...]) -> list[Block]:
    label = wording().label
    rows: list[Block] = [Heading(label("units"))]
    for unit in units:
        names = "، ".join(one.name_ar for one in unit.vocations)
        rows.append(
            Row(
                (
                    Field(label("trade_name"), unit.trade_name, unit.holder.name_ar, size=10.5, share=1.3),
                    Field(label("unit_vocations"), names, size=10.5, share=1.6),
                    Field(label("unit_area"), scaled(unit.area, 2, arabic=False), size=10.5, share=0.7),
                )
            )
        )
    return rows


def _how_to_answer() -> Row:
    words = wording().sentence("answer_words")
    return Row((Field(wording().label("answer_with"), words.ar, words.en, size=10),))


def _draw_signatures(sheet: Sheet) -> None:
    """Room for the signature, at the leading end, and the stamp beside it."""
    label = wording().label
    half, bottom = (sheet.width - 2 * _MARGIN) / 2, FRAME + _FOOT
    for index, key in enumerate(("signature", "stamp")):
        x = sheet.width - _MARGIN - half * (index + 1)
        sheet.outline(x + 4, bottom, half - 8, _SIGNATURES - 14, "line", 0.6, 4)
        draw_label(sheet, label(key), x + 4 + PAD, x + half - 4 - PAD, bottom + _SIGNATURES - 27, 7.4)
