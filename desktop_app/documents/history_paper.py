"""The history of a request on paper: who did what, when, on which device, and what can be proved of it."""

from __future__ import annotations

from desktop_app.application.ports.office_papers import HistoryContent
from desktop_app.documents.fields import Field, Heading, Row
from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.premises import number_row, person_row
from desktop_app.documents.table import Column, Paragraph, Table
from desktop_app.documents.wording import wording


def draw_history(content: HistoryContent) -> bytes:
    """One row for each event, on as many pages as they take. Raises ValueError for characters without a glyph."""
    words, label = wording(), wording().label
    table = Table(
        (
            Column(label("turn"), 0.3),
            Column(label("when"), 1.0),
            Column(label("what_happened"), 2.4, typeface=Typeface.BODY_MEDIUM),
            Column(label("by_whom"), 1.4),
            Column(label("on_device"), 0.8),
            Column(label("proof"), 1.7),
            Column(label("chain_hash"), 2.5, at_left=True),
        ),
        tuple(
            (
                str(turn),
                one.when,
                f"{one.what}: {one.detail}" if one.detail else one.what,
                one.who,
                one.device,
                one.proof,
                one.hash,
            )
            for turn, one in enumerate(content.entries, 1)
        ),
        size=8.6,
    )
    return draw_paper(
        Paper(
            title=label("history_title"),
            number=content.premises.request_number,
            drawn_on=content.drawn_on,
            blocks=(
                number_row(
                    content.premises,
                    Field(label("stands"), content.status, size=11.5),
                    Field(label("drawn_on"), f"{content.drawn_on:%d/%m/%Y}", size=11.5),
                ),
                person_row(content.applicant),
                Row((Field(label("drawn_by"), content.drawn_by, size=11),)),
                Heading(label("history_events")),
                table,
                Paragraph(words.sentence("history_proof").ar, size=9.6),
            ),
            sample=content.sample,
            wide=True,
        )
    )
