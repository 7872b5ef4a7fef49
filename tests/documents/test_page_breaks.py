"""Where pages end. The pieces are as high as a test says; what is drawn of real ones, test_office_papers.py reads."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.fields import SetHeading, TooLongError
from desktop_app.documents.page_breaks import Piece, Room, break_pages, pieces_of
from desktop_app.documents.sheet import Sheet
from desktop_app.documents.table import Column, SetTable, Table
from desktop_app.documents.wording import Label

WORDS = Label("عنوان", "Heading")
HEADING = SetHeading(WORDS, 400.0, 10.0)
"""23.5 points high."""


@dataclass(frozen=True)
class Text:
    """A block of this height."""

    height: float

    def draw(self, sheet: Sheet, right: float, top: float) -> None:
        raise NotImplementedError("these are only laid out")


def table(rows: int, *, total: bool = False) -> SetTable:
    cells = tuple((str(at),) for at in range(rows))
    return Table((Column(WORDS),), cells, ("sum",) if total else None).set(200.0, 1.0)


def heights(pages: list[list[Piece]]) -> list[list[float]]:
    return [[piece.height for piece in page] for page in pages]


def laid(*blocks: Text | SetHeading | SetTable, first: float, later: float, signing: float = 0.0) -> list[list[Piece]]:
    return break_pages(pieces_of(blocks), Room(first, later, signing))


def test_pages_are_filled_in_order() -> None:
    pages = laid(Text(60), Text(40), Text(1), Text(99), first=100, later=100)
    assert heights(pages) == [[60, 40], [1, 99]]


def test_a_heading_is_never_alone_at_the_foot() -> None:
    pages = laid(Text(60), HEADING, Text(30), first=100, later=100)
    assert heights(pages) == [[60], [HEADING.height, 30]]
    fits = laid(Text(60), HEADING, Text(16), first=100, later=100)
    assert heights(fits) == [[60, HEADING.height, 16]]


def test_a_heading_of_a_table_goes_with_its_head_and_first_row() -> None:
    of = table(3)
    room = 60 + HEADING.height + of.head.height + of.rows[0].height
    short = laid(Text(60), HEADING, of, first=room - 0.1, later=500)
    assert [piece.block for piece in short[1]] == [HEADING, of.head, *of.rows]
    enough = laid(Text(60), HEADING, of, first=room + 0.1, later=500)
    assert [piece.block for piece in enough[0]][1:] == [HEADING, of.head, of.rows[0]]


def test_a_row_that_begins_a_page_leaves_room_for_the_head_above_it() -> None:
    of = table(9)
    row, head = of.rows[0].height, of.head.height
    pages = laid(of, first=head + 3 * row, later=head + 4 * row)
    assert [len(page) for page in pages] == [1 + 3, 4, 2]
    assert pages[1][0].repeated == head


def test_a_total_takes_the_row_before_it_along() -> None:
    of = table(4, total=True)
    row, head = of.rows[0].height, of.head.height
    pages = laid(of, first=head + 4 * row, later=500)
    assert [piece.block for piece in pages[1]] == list(of.rows[-2:])
    alone = laid(table(0, total=True), first=500, later=500)
    assert [len(page) for page in alone] == [2]


def test_signatures_have_their_room_on_the_last_page() -> None:
    assert heights(laid(Text(50), Text(20), first=100, later=100, signing=30)) == [[50, 20]]
    assert heights(laid(Text(50), Text(21), first=100, later=100, signing=30)) == [[50], [21]]


def test_signatures_take_the_last_piece_along_with_its_heading() -> None:
    pages = laid(Text(30), HEADING, Text(30), first=100, later=100, signing=30)
    assert heights(pages) == [[30], [HEADING.height, 30]]


def test_signatures_take_a_tables_last_row_along_under_its_head() -> None:
    of = table(3)
    full = of.head.height + 3 * of.rows[0].height
    pages = laid(of, first=full, later=500, signing=30)
    assert [piece.block for piece in pages[1]] == [of.rows[-1]]
    assert len(pages[0]) == 3


@pytest.mark.parametrize("blocks", [(Text(90),), (Text(5), Text(90))])
def test_signatures_stand_alone_rather_than_over_what_leaves_no_room(blocks: tuple[Text, ...]) -> None:
    pages = laid(*blocks, first=100, later=100, signing=30)
    assert [len(page) for page in pages] == [len(blocks), 0]


def test_what_is_higher_than_a_page_is_refused() -> None:
    with pytest.raises(TooLongError):
        laid(Text(10), Text(101), first=100, later=100)


BLOCKS = st.lists(
    st.one_of(
        st.builds(Text, st.floats(1, 150)),
        st.just(HEADING),
        st.builds(lambda rows, total: table(rows, total=total), st.integers(0, 9), st.booleans()),
    ),
    min_size=1,
    max_size=12,
)


@given(blocks=BLOCKS, first=st.floats(150, 300), more=st.floats(40, 200), signing=st.sampled_from((0.0, 60.0)))
def test_whatever_is_laid_out_nothing_is_lost_covered_or_left_alone(
    blocks: list[Text | SetHeading | SetTable], first: float, more: float, signing: float
) -> None:
    pieces = pieces_of(blocks)
    room = Room(first, first + more, signing)
    pages = break_pages(pieces, room)
    assert [piece for page in pages for piece in page] == pieces
    for at, page in enumerate(pages):
        last = at == len(pages) - 1
        taken = sum(piece.height for piece in page) + (page[0].repeated if page and at else 0.0)
        free = (room.first if at == 0 else room.later) - (signing if last else 0.0)
        assert taken <= free + 1e-9
        assert page or last
        if page and not last and not (at == len(pages) - 2 and not pages[-1]):
            assert not page[-1].leads or _too_high(pieces, page[-1], room)


def _too_high(pieces: list[Piece], piece: Piece, room: Room) -> bool:
    """A chain that no page holds is broken somewhere; so is one that begins the paper and that the first does not."""
    begin = end = next(at for at, one in enumerate(pieces) if one is piece)
    while begin and pieces[begin - 1].leads:
        begin -= 1
    while pieces[end].leads and end + 1 < len(pieces):
        end += 1
    return sum(one.height for one in pieces[begin : end + 1]) + pieces[begin].repeated > (
        room.later if begin else room.first
    )
