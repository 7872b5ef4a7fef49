"""A letter to an outside body or to the Civil Defence, and the reminder of one: A4, as many sheets as it takes."""

from __future__ import annotations

from desktop_app.application.ports.papers import LetterContent, LetterUnit, PaperSeal
from desktop_app.documents.fields import (
    Block,
    Field,
    Heading,
    Row,
    in_columns,
)
from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.wording import wording
from desktop_app.domain.people import Person
from desktop_app.domain.reference import Vocation
from desktop_app.texts.digits import scaled

_SMALLEST = 0.68
"""A letter is folded and filed: one sheet that is set smaller is better than a second with two lines on it."""


def draw_letter(content: LetterContent, seal: PaperSeal | None = None) -> bytes:
    """The PDF, signed where there is a seal. Raises ValueError for characters without a glyph."""
    label = wording().label
    return draw_paper(
        Paper(
            title=label("reminder_title" if content.reminds_of else "letter_title"),
            number=content.number,
            drawn_on=content.dated,
            blocks=tuple(_blocks(content)),
            sample=content.sample,
            signatures=(label("signature"), label("stamp")),
            smallest=_SMALLEST,
        ),
        seal,
    )


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
