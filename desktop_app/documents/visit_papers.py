"""What a visit leaves on paper: the notice of what must be put right, and the report of all that was seen."""

from __future__ import annotations

from desktop_app.application.ports.office_papers import VisitContent
from desktop_app.documents.fields import Block, Field, Heading, Row
from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.premises import number_row, person_row, premises_blocks
from desktop_app.documents.table import Column, Paragraph, Table
from desktop_app.documents.wording import wording
from desktop_app.texts.digits import scaled


def draw_rectification_notice(content: VisitContent) -> bytes:
    """Only what was not met, and the last day for it. Raises ValueError for characters without a glyph."""
    words, label = wording(), wording().label
    dates = [Field(label("held_on"), f"{content.held_on:%d/%m/%Y}", size=11.5)]
    if content.rectify_by:
        dates.append(Field(label("rectify_by"), f"{content.rectify_by:%d/%m/%Y}", size=13, typeface=Typeface.BODY_BOLD))
    unmet = tuple((item.text_ar, item.rectify or item.note) for item in content.items if not item.met)
    table = Table(
        (
            Column(label("unmet"), 1.3, typeface=Typeface.BODY_MEDIUM),
            Column(label("to_rectify"), 1.5),
        ),
        unmet,
        size=10.4,
    )
    return draw_paper(
        Paper(
            title=label("rectification_title"),
            number=content.premises.request_number,
            drawn_on=content.drawn_on,
            blocks=(
                number_row(content.premises, *dates),
                person_row(content.applicant),
                Paragraph(words.sentence("rectification_says").ar),
                *premises_blocks(content.premises),
                Heading(label("rectification_list")),
                table,
                *_note(content),
                Paragraph(words.sentence("rectification_next").ar, size=10.5),
            ),
            sample=content.sample,
            signatures=(label("inspector_signature"), label("received_by"), label("stamp")),
        )
    )


def draw_inspection_report(content: VisitContent) -> bytes:
    """Every question with its answer, and the areas as measured. Raises ValueError for characters without a glyph."""
    label = wording().label
    outcome = label("compliant" if content.compliant else "non_compliant")
    bold = Typeface.BODY_BOLD
    seen = Table(
        (
            Column(label("checked"), 2.6),
            Column(label("found"), 0.8, typeface=Typeface.BODY_MEDIUM),
            Column(label("remarks"), 2.0),
        ),
        tuple(
            (
                item.text_ar,
                label("met" if item.met else "not_met").ar,
                " — ".join(part for part in (item.note, item.rectify) if part),
            )
            for item in content.items
        ),
    )
    areas = Table(
        (
            Column(label("unit"), 2.4, typeface=Typeface.BODY_MEDIUM),
            Column(label("area_asked"), 1.0, at_left=True),
            Column(label("area_measured"), 1.0, at_left=True, typeface=Typeface.BODY_MEDIUM),
        ),
        tuple(
            (
                one.title,
                scaled(one.asked, 2, arabic=False),
                "" if one.measured is None else scaled(one.measured, 2, arabic=False),
            )
            for one in content.measured
        ),
    )
    return draw_paper(
        Paper(
            title=label("inspection_title"),
            number=content.premises.request_number,
            drawn_on=content.drawn_on,
            blocks=(
                number_row(
                    content.premises,
                    Field(label("held_on"), f"{content.held_on:%d/%m/%Y}", size=11.5),
                    Field(label("outcome"), outcome.ar, outcome.en, size=12, typeface=bold),
                ),
                person_row(content.applicant),
                Row(
                    (
                        Field(label("inspector"), content.inspector_ar, size=11.5, share=1.7),
                        Field(label("visit_ordinal"), str(content.ordinal), size=11.5),
                    )
                ),
                *premises_blocks(content.premises),
                Heading(label("areas")),
                areas,
                Heading(label("checklist")),
                seen,
                *_note(content),
            ),
            sample=content.sample,
            signatures=(label("inspector_signature"), label("stamp")),
        )
    )


def _note(content: VisitContent) -> list[Block]:
    return [Row((Field(wording().label("remarks"), content.note, size=10.5),))] if content.note else []
