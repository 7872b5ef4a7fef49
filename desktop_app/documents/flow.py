"""The layout that every office paper has: head, blocks over as many pages as they take, signatures, page n of m."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from reportlab.lib.pagesizes import A4, landscape

from desktop_app.application.ports.papers import PaperSeal
from desktop_app.documents.fields import PAD, Block, TooLongError, draw_label, fit_blocks
from desktop_app.documents.fonts import Typeface
from desktop_app.documents.letterhead import draw_head, draw_running_head, draw_sample_note
from desktop_app.documents.page_breaks import Piece, Room, break_pages, pieces_of
from desktop_app.documents.sheet import FRAME, Sheet
from desktop_app.documents.table import SetTable
from desktop_app.documents.wording import Label, wording

MARGIN = FRAME + 16
_HEAD, _RUNNING_HEAD, _FOOT, _SIGNATURES = 128.0, 44.0, 26.0, 78.0
_SMALLEST_OF_ONE, _OF_MANY = 0.8, 0.92
"""What one sheet takes at this size stays on one, unless a paper says otherwise; else it is set a little larger on
several."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `number` names it on every page and in the file's title; `signatures` are boxes on its last page.
    What one sheet takes at `smallest` or larger stays on one."""

    title: Label
    number: str
    drawn_on: date
    blocks: tuple[Block, ...]
    sample: bool
    signatures: tuple[Label, ...] = ()
    wide: bool = False
    smallest: float = _SMALLEST_OF_ONE


def draw_paper(paper: Paper, seal: PaperSeal | None = None) -> bytes:
    """The PDF, signed where there is a seal. Raises ValueError for characters without a glyph, TooLongError for a block
    higher than a page."""
    width, height = landscape(A4) if paper.wide else A4
    content = height - 2 * FRAME - _FOOT
    room = Room(content - _HEAD, content - _RUNNING_HEAD, _SIGNATURES if paper.signatures else 0.0)
    pages = _pages(paper.blocks, width - 2 * MARGIN, room, paper.smallest)
    sheet = Sheet(width, height, f"{paper.title.ar} {paper.number}".strip(), paper.drawn_on, seal)
    with ExitStack() as table:
        open_table: SetTable | None = None
        for at, page in enumerate(pages):
            top = _begin_page(sheet, paper, at, len(pages))
            for index, piece in enumerate(page):
                if piece.table is not open_table:
                    table.close()
                    if piece.table is not None:
                        table.enter_context(sheet.element("Table"))
                elif piece.table is not None and index == 0:
                    with sheet.unread():
                        piece.table.head.draw(sheet, width - MARGIN, top)
                    top -= piece.table.head.height
                open_table = piece.table
                piece.block.draw(sheet, width - MARGIN, top)
                top -= piece.block.height
            if at + 1 < len(pages):
                sheet.next_page()
    if paper.signatures:
        _draw_signatures(sheet, paper.signatures)
    sheet.next_page()
    return sheet.finish()


def _pages(blocks: Sequence[Block], width: float, room: Room, smallest: float) -> list[list[Piece]]:
    """One page where it takes everything; else several, set a little larger."""
    try:
        return [pieces_of(fit_blocks(blocks, width, room.first - room.signing, smallest))]
    except TooLongError:
        return break_pages(pieces_of([block.set(width, _OF_MANY) for block in blocks]), room)


def _begin_page(sheet: Sheet, paper: Paper, at: int, pages: int) -> float:
    """Everything round the content; answers where that begins."""
    words = wording()
    if paper.sample:
        sheet.watermark(words.sample_mark)
    sheet.frame()
    if at == 0:
        draw_head(sheet, paper.title, None, MARGIN, paper.sample)
    with ExitStack() as unread:
        if at:
            unread.enter_context(sheet.unread())
            draw_running_head(sheet, paper.title, paper.number, MARGIN)
        if pages > 1:
            sheet.ink("muted")
            page_of = words.label("page_of").ar.format(page=at + 1, pages=pages)
            sheet.text(page_of, sheet.width / 2, FRAME + 11, 8.5, Typeface.BODY, "middle")
        draw_sample_note(sheet, MARGIN, FRAME + 11, paper.sample)
    return sheet.height - FRAME - (_RUNNING_HEAD if at else _HEAD)


def _draw_signatures(sheet: Sheet, labels: Sequence[Label]) -> None:
    """Boxes side by side at the foot, the first at the leading end."""
    own, bottom = (sheet.width - 2 * MARGIN) / len(labels), FRAME + _FOOT
    for index, label in enumerate(labels):
        x = sheet.width - MARGIN - own * (index + 1)
        sheet.outline(x + 4, bottom, own - 8, _SIGNATURES - 14, "line", 0.6, 4)
        draw_label(sheet, label, x + 4 + PAD, x + own - 4 - PAD, bottom + _SIGNATURES - 27, 7.4)
