"""The structure tree of a PDF: what is to be read, in which order and language, apart from how it is drawn.

Glyphs lie on the page in the order of the eye, so each leaf of the tree tells its text in the order of reading
(`/ActualText` of the element, never of a span in the page: poppler turns those around). What is not in the tree is
drawn as an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unicodedata import bidirectional

LEAF = "P"


@dataclass(slots=True)
class _Element:
    role: str
    parent: int
    text: str = ""
    children: list[int] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)


class StructureTree:
    """Elements of one document, opened and closed in the order of reading. Roles are those of ISO 32000-1, 14.8.4."""

    def __init__(self) -> None:
        self._elements = [_Element("Document", -1)]
        self._open = [0]
        self._leaves: list[list[int]] = [[]]

    @contextmanager
    def element(self, role: str, text: str | None = None) -> Iterator[None]:
        """What is opened or drawn within belongs to it. With `text` it is a leaf, whose lines show that text."""
        self._open.append(self._add(role, text or ""))
        try:
            yield
        finally:
            self._open.pop()

    def mark(self, text: str) -> int:
        """The number (MCID) of the next piece of the page, which shows `text` or a part of the open leaf's."""
        element = self._open[-1]
        if not self._elements[element].text:
            element = self._add(LEAF, text)
        leaves = self._leaves[-1]
        self._elements[element].marks.append((len(self._leaves) - 1, len(leaves)))
        leaves.append(element)
        return len(leaves) - 1

    def next_page(self) -> None:
        """What is marked from here on lies on the next page. An open element goes on there."""
        self._leaves.append([])

    def write(self, document: Any) -> None:
        """Put the tree into reportlab's document, whose pages are all there by now."""
        numbers = document.idToObjectNumberAndVersion
        pages = [numbers[f"Page{at}"][0] for at in range(1, document.pageCounter)]
        root = document.objectcounter + 1
        first = root + 2
        used = self._used()
        kept = sorted(used)
        number_of = {element: first + at for at, element in enumerate(kept)}
        parents = " ".join(
            f"{page} [{' '.join([f'{number_of[leaf]} 0 R' for leaf in leaves])}]"
            for page, leaves in enumerate(self._leaves[: len(pages)])
        )
        bodies = [
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (first, root + 1, len(pages)),
            b"<</Nums[%b]>>" % parents.encode(),
        ]
        for index in kept:
            one = self._elements[index]
            parent = number_of[one.parent] if index else root
            body = b"<</S/%b/P %d 0 R" % (one.role.encode(), parent)
            if one.marks:
                page = one.marks[0][0]
                kids = b" ".join(
                    [
                        b"%d" % mark if at == page else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[at], mark)
                        for at, mark in one.marks
                    ]
                )
                body += b"/Pg %d 0 R/K[%b]%b" % (pages[page], kids, _told(one.text, len(one.marks)))
            else:
                body += b"/K[%b]" % b" ".join([b"%d 0 R" % number_of[child] for child in one.children if child in used])
            bodies.append(body + b">>")
        for at, body in enumerate(bodies):
            document.Reference(body, f"structure-{at}")
        document.Catalog.StructTreeRoot = f"{root} 0 R"
        document.Catalog.MarkInfo = "<</Marked true>>"

    def _add(self, role: str, text: str) -> int:
        index, parent = len(self._elements), self._open[-1]
        self._elements.append(_Element(role, parent, text))
        self._elements[parent].children.append(index)
        return index

    def _used(self) -> set[int]:
        """Elements under which something is drawn; the document itself always."""
        used = {0}
        for index in range(len(self._elements) - 1, 0, -1):
            one = self._elements[index]
            if one.marks or index in used:
                used |= {index, one.parent}
        return used


def text_string(text: str) -> bytes:
    """`text` as a string object."""
    raw = text.encode() if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be")
    for special, escaped in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r")):
        raw = raw.replace(special, escaped)
    return b"(" + raw + b")"


@lru_cache(maxsize=16384)
def _told(text: str, lines: int) -> bytes:
    """What an element says of its own: its text, where the order of the page is not that of reading, and its language.

    The document is Arabic; a leaf with letters from left to right only is English. On one line it needs no text.
    """
    kinds = {bidirectional(char) for char in text}
    if kinds & {"R", "AL", "AN", "RLE", "RLO", "RLI"}:
        return b"/ActualText" + text_string(text)
    language = b"/Lang(en)" if "L" in kinds else b""
    return language if lines == 1 else language + b"/ActualText" + text_string(text)
