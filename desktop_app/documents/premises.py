"""The blocks that say which request a paper is about, who asks, and where."""

from __future__ import annotations

from desktop_app.application.ports.office_papers import Premises
from desktop_app.documents.fields import Block, Field, Heading, Row
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.wording import wording
from desktop_app.domain.people import Person


def number_row(premises: Premises, *more: Field) -> Row:
    """The request's number, large, and what else is to be seen first."""
    first = Field(
        wording().label("request_number"),
        premises.request_number,
        size=14,
        typeface=Typeface.BODY_BOLD,
        share=1.5,
        colour="accent",
    )
    return Row((first, *more), tint=True)


def person_row(person: Person) -> Row:
    identity = wording().identity(person.identity.kind.value)
    return Row(
        (
            Field(wording().label("applicant"), person.name_ar, person.name_en, size=12.5, share=1.7),
            Field(identity, person.identity.number, size=11.5),
        )
    )


def premises_blocks(premises: Premises) -> list[Block]:
    label = wording().label
    return [
        Heading(label("premises")),
        Row(
            (
                Field(label("trade_name"), premises.trade_name, size=11.5, share=1.6),
                Field(label("parent_number"), premises.parent_number, size=11.5),
            )
        ),
        Row(
            (
                Field(label("district"), premises.district.name_ar, premises.district.name_en, size=11),
                Field(label("address"), premises.address_ar, size=11, share=2),
            )
        ),
    ]
