"""Lines stretched to a width: by kashida where the script and the face have it, the rest between the words.

A kashida is ink of the letter that it follows, not a character: the text of a stretched line is what was given, and
a reader finds no tatweel in it that nobody typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from unicodedata import combining

from desktop_app.documents.text.face import Face
from desktop_app.documents.text.lines import Line, set_line
from desktop_app.documents.text.shaping import Cell, Ink, cell

TATWEEL = "\u0640"
_MOST_OF_WORD = 0.5
"""Kashida lengthens a word by no more than this part of its own width; above that, spaces give."""

_SEEN = frozenset("سشصض")
_JOINING = frozenset("بتثجحخسشصضطظعغفقكلمنهيئپچڤگی") | _SEEN
_ALEF = frozenset("اأإآ")
_APART = frozenset(("ء", TATWEEL))
"""A free hamza joins to no letter before it, though that one joins to others."""
_BEFORE_LAST = (frozenset("ةهدذ"), frozenset("اأإآلكطظ"), frozenset("رزويى"))


def kashida_places(word: str) -> list[int]:
    """Where a kashida may go in `word` (before the character of that index), the best place first.

    The order is the calligraphers': after what is stretched already, after seen and sad, before a last ta marbuta, ha
    or dal, before a last alef, lam, kaf or ta, before a last ra, waw or ya, then anywhere letters join, nearest the
    end first. Never between lam and alef, which are one shape, and not in a word of two letters.
    """
    letters = [at for at, char in enumerate(word) if not combining(char)]
    if len(letters) < 3:
        return []
    ranked: list[tuple[int, int, int]] = []
    for order, (here, following) in enumerate(pairwise(letters)):
        char, after = word[here], word[following]
        if char == TATWEEL:
            ranked.append((0, -order, following))
            continue
        if char not in _JOINING or not after.isalpha() or after in _APART or (char == "ل" and after in _ALEF):
            continue
        last = order + 2 == len(letters)
        rank = 1 if char in _SEEN else 5
        if last:
            rank = min(rank, next((at for at, group in enumerate(_BEFORE_LAST, 2) if after in group), 5))
        ranked.append((rank, -order, following))
    return [place for _, _, place in sorted(ranked)]


def stretch(line: Line, faces: tuple[Face, ...], base: int, width: float, kashida: bool = True) -> Line:
    """`line`, set with `faces` at direction `base`, as wide as `width` (for a size of 1 point); never made narrower.

    Without `kashida`, or where no word takes it, the spaces alone give; a line of one such word stays as it is.
    """
    missing = width - line.width
    if missing <= 1e-4:
        return line
    stretched = _with_kashida(line, faces, base, missing) if kashida and base % 2 else line
    return _with_wide_spaces(stretched, width - stretched.width)


def _with_kashida(line: Line, faces: tuple[Face, ...], base: int, missing: float) -> Line:
    """As many kashidas as go into `missing`, one in each word before any gets its second."""
    unit = set_line(TATWEEL, faces, base).width if ord(TATWEEL) in faces[0].characters else 0.0
    places = _places_of_line(line.text)
    if not places or not unit:
        return line
    most = [max(1, int(_MOST_OF_WORD * set_line(word, faces, base).width / unit)) for word, _ in places]
    turns = [at for turn in range(max(most)) for (_, at), limit in zip(places, most, strict=True) if turn < limit]
    # Letters beside a kashida may take other shapes and widths: one more is tried than the sum says, then fewer.
    for count in range(min(len(turns), int(missing / unit) + 1), 0, -1):
        longer = _lengthened(line, faces, base, Counter(turns[:count]))
        if longer.width <= line.width + missing + 1e-6:
            return longer
    return line


def _lengthened(line: Line, faces: tuple[Face, ...], base: int, counts: Mapping[int, int]) -> Line:
    """`line` with so many kashidas before the characters of those places."""
    text, inserted = "", set()
    for index, char in enumerate(line.text):
        for _ in range(counts.get(index, 0)):
            inserted.add(len(text))
            text += TATWEEL
        text += char
    return _absorbed(set_line(text, faces, base), line, inserted, text)


def _places_of_line(text: str) -> list[tuple[str, int]]:
    """Words that take a kashida and its place in the line, from the line's end, where scribes begin."""
    found, start = [], 0
    for word in text.split(" "):
        if places := kashida_places(word):
            found.append((word, start + places[0]))
        start += len(word) + 1
    return found[::-1]


def _absorbed(longer: Line, line: Line, inserted: set[int], text: str) -> Line:
    """`longer` with the ink of the inserted tatweels given to the letters that they lengthen.

    Tatweels that were typed stay characters. A kashida at the edge of a run has no letter to its right there; such a
    line is left as it was.
    """
    pieces, width = [], 0.0
    # Pieces run from left to right, so the tatweels of a line from right to left come last first.
    order = iter([at for at in range(len(text) - 1, -1, -1) if text[at] == TATWEEL])
    for face, cells in longer.pieces:
        done: list[Cell] = []
        waiting: Ink = ()
        room = 0
        for one in cells:
            if one.text == TATWEEL and next(order) in inserted:
                waiting += tuple((glyph, x + room, y) for glyph, x, y in one.ink)
                room += one.advance
            elif room and not combining(one.text):
                ink = waiting + tuple((glyph, x + room, y) for glyph, x, y in one.ink)
                done.append(cell(one.text, ink, one.advance + room))
                waiting, room = (), 0
            elif room:
                # A vowel sign between the kashida and its letter: carried over the kashida.
                done.append(cell(one.text, tuple((glyph, x + room, y) for glyph, x, y in one.ink), one.advance))
            else:
                done.append(one)
        if room:
            return line
        pieces.append((face, tuple(done)))
        width += sum(one.advance for one in done) / face.units_per_em
    return Line(line.text, tuple(pieces), width, line.balance, line.marked)


def _with_wide_spaces(line: Line, missing: float) -> Line:
    spaces = sum(one.text == " " for _, cells in line.pieces for one in cells)
    if not spaces or missing <= 1e-4:
        return line
    pieces, width, given, count = [], 0.0, 0.0, 0
    for face, cells in line.pieces:
        done = []
        for one in cells:
            if one.text == " ":
                # Whole units of the font; what rounding leaves goes to the spaces that follow.
                count += 1
                more = round((missing * count / spaces - given) * face.units_per_em)
                given += more / face.units_per_em
                done.append(cell(" ", one.ink, one.advance + more))
            else:
                done.append(one)
        pieces.append((face, tuple(done)))
        width += sum(one.advance for one in done) / face.units_per_em
    return Line(line.text, tuple(pieces), width, line.balance, line.marked)
