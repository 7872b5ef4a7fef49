"""Invisible direction marks for readers that put lines into logical order by rules simpler than UAX #9.

poppler takes a line of a page that runs from right to left apart from the right end: letters of the right-to-left
scripts and neutral characters are reversed; from a Latin letter, a digit or a separator (``، / :``) up to the next
right-to-left letter everything is kept as it stands.  So a space after ``ABC`` or after a comma ends up before it.
A mark at that border (U+200F, where needed U+200E) says what the characters alone do not, as Unicode recommends for
plain text.  Marks are drawn as nothing and take no room; a text without such a border gets none.

All this holds on a page that poppler takes for one from right to left, which it does by counting letters; on a
bilingual page the other letters may prevail, and then marks make up for the difference (`TextPainter.finish_page`).
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import bidirectional

RIGHT, LEFT = "\u200f", "\u200e"
_KEPT = frozenset(("L", "EN", "AN", "ES", "ET", "CS"))


def reading_marks(text: str, levels: Sequence[int], base: int) -> dict[int, tuple[str, str]]:
    """For characters of a right-to-left line that need them: marks to their left and to their right, as drawn."""
    if base != 1:
        return {}
    kinds = [bidirectional(char) for char in text]
    if not _KEPT.intersection(kinds):
        return {}
    marks: dict[int, tuple[str, str]] = {}
    index = 0
    while index < len(text):
        start = index
        if levels[index] % 2 == 0:
            while index + 1 < len(text) and levels[index + 1] % 2 == 0:
                index += 1
            if kinds[index] not in _KEPT:
                marks[index] = ("", LEFT)
        elif kinds[index] not in _KEPT:
            index += 1
            continue
        index += 1
        if index < len(text) and kinds[index] not in ("R", "AL"):
            marks[start] = (RIGHT, marks.get(start, ("", ""))[1])
    return marks


def balance(text: str) -> int:
    """Letters that run from right to left, less those that run from left to right."""
    if text.isascii():
        return -sum(map(str.isalpha, text))
    kinds = [bidirectional(char) for char in text]
    return kinds.count("R") + kinds.count("AL") - kinds.count("L")
