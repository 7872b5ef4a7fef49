"""Where the pages of an office paper end: nothing is torn, and nothing stands alone that leads to what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.documents.fields import SetBlock, SetHeading, TooLongError
from desktop_app.documents.table import SetTable, SetTableRow


@dataclass(frozen=True, slots=True)
class Piece:
    """What is not torn: a block, or one row of `table`. One that `leads` stays on the page of the next: a heading, a
    table's head, the row before its total."""

    block: SetBlock
    table: SetTable | None = None
    leads: bool = False

    @property
    def height(self) -> float:
        """In points, as every height here."""
        return self.block.height

    @property
    def repeated(self) -> float:
        """What its table's head takes above it where it begins a page."""
        return self.table.head.height if self.table and self.block is not self.table.head else 0.0


@dataclass(frozen=True, slots=True)
class Room:
    """Heights for content: of the first page, of a later one, and of what is kept free on the last for signatures."""

    first: float
    later: float
    signing: float = 0.0


def pieces_of(blocks: Sequence[SetBlock]) -> list[Piece]:
    """What the pages are made of, in order."""
    found: list[Piece] = []
    for block in blocks:
        if isinstance(block, SetTable):
            found += [Piece(row, block, _leads_in(block, row)) for row in (block.head, *block.rows)]
        else:
            found.append(Piece(block, leads=isinstance(block, SetHeading)))
    return found


def break_pages(pieces: Sequence[Piece], room: Room) -> list[list[Piece]]:
    """The pieces page by page. The last page holds at least one, beside the signatures, unless nothing else fits with
    them: then they stand alone.

    Raises TooLongError for a piece higher than a page.
    """
    pages: list[list[Piece]] = [[]]
    left = room.first
    for at, piece in enumerate(pieces):
        chain = _chain(pieces, at)
        torn = piece.height > left or left < chain <= room.later - piece.repeated
        if torn and pages[-1]:
            pages.append([])
            left = room.later - piece.repeated
        if piece.height > left:
            raise TooLongError("a part of the paper is higher than a page")
        pages[-1].append(piece)
        left -= piece.height
    if left < room.signing:
        pages.append(_along(pages[-1], room.later - room.signing))
    return pages


def _along(page: list[Piece], most: float) -> list[Piece]:
    """Takes off the page what goes along with the signatures: its last piece, and what leads to it."""
    begin = len(page) - 1
    while begin > 0 and page[begin - 1].leads:
        begin -= 1
    along = page[begin:]
    if begin <= 0 or along[0].repeated + sum(piece.height for piece in along) > most:
        return []
    del page[begin:]
    return along


def _chain(pieces: Sequence[Piece], at: int) -> float:
    """The height of this piece with all that it leads to."""
    height = pieces[at].height
    while pieces[at].leads and at + 1 < len(pieces):
        at += 1
        height += pieces[at].height
    return height


def _leads_in(table: SetTable, row: SetTableRow) -> bool:
    if row is table.head:
        return bool(table.rows)
    return len(table.rows) > 1 and table.rows[-1].kind == "total" and row is table.rows[-2]
