"""The structure tree of a PDF: what is to be read, in which order and language, apart from how it is drawn.

Glyphs lie on the page in the order of the eye, so each leaf of the tree tells its text in the order of reading
(`/ActualText` of the element, never of a span in the page: poppler turns those around). What is not in the tree is
drawn as an artifact.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import bidirectional

from desktop_app.documents.packing import PackedDocument

LEAF = "P"
_MARKS = 1 << 20
"""More than there are marks on any page."""


class StructureTree:
    """Elements of one document, opened and closed in the order of reading. Roles are those of ISO 32000-1, 14.8.4.

    Element n is what stands at n in `_roles`, `_parents` and `_texts`: a sheet has a hundred, and objects of their own
    keep the garbage collector busy for as long as it takes to draw them.
    """

    def __init__(self) -> None:
        self._roles, self._parents, self._texts = ["Document"], [-1], [""]
        self._open = [0]
        self._leaves: list[list[int]] = [[]]

    def element(self, role: str, text: str | None = None) -> _Within:
        """What is opened or drawn within belongs to it. With `text` it is a leaf, whose lines show that text."""
        return _Within(self._open, self._add(role, text or ""))

    def mark(self, text: str) -> int:
        """The number (MCID) of the next piece of the page, which shows `text` or a part of the open leaf's."""
        element = self._open[-1]
        texts = self._texts
        if not texts[element]:
            self._roles.append(LEAF)
            self._parents.append(element)
            element = len(texts)
            texts.append(text)
        leaves = self._leaves[-1]
        leaves.append(element)
        return len(leaves) - 1

    def next_page(self) -> None:
        """What is marked from here on lies on the next page. An open element goes on there."""
        self._leaves.append([])

    def write(self, document: PackedDocument) -> None:
        """Put the tree into the document, whose pages are all there by now."""
        pages = document.page_numbers()
        root = document.next_number
        marks = self._marks(len(pages))
        number_of = self._numbers(marks, root + 2)
        references = [b"%d 0 R" % number for number in number_of]
        parents = b" ".join(
            [
                b"%d [%b]" % (page, b" ".join([references[leaf] for leaf in leaves]))
                for page, leaves in enumerate(self._leaves[: len(pages)])
            ]
        )
        children = self._children(number_of, references)
        bodies = [
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (root + 2, root + 1, len(pages)),
            b"<</Nums[%b]>>" % parents,
            b"<</S/Document/P %d 0 R/K[%b]>>" % (root, b" ".join(children.get(0, ()))),
        ]
        roles = {role: role.encode() for role in set(self._roles)}
        elements = zip(number_of, self._roles, self._parents, self._texts, strict=True)
        for element, (number, role, parent, text) in enumerate(elements):
            if not number or not element:
                continue
            shown = marks.get(element)
            if shown is None:
                inner = b"/K[%b]" % b" ".join(children.get(element, ()))
            elif len(shown) == 1:
                page, mark = divmod(shown[0], _MARKS)
                inner = b"/Pg %d 0 R/K[%d]%b" % (pages[page], mark, _told(text, 1))
            else:
                inner = _shown(shown, pages, text)
            bodies.append(b"<</S/%b/P %b%b>>" % (roles[role], references[parent], inner))
        document.add_small(bodies)
        document.Catalog.StructTreeRoot = f"{root} 0 R"
        document.Catalog.MarkInfo = "<</Marked true>>"

    def _add(self, role: str, text: str) -> int:
        self._roles.append(role)
        self._parents.append(self._open[-1])
        self._texts.append(text)
        return len(self._roles) - 1

    def _marks(self, pages: int) -> dict[int, list[int]]:
        """By leaf, what shows it: page and mark in one number."""
        found: dict[int, list[int]] = {}
        for page, leaves in enumerate(self._leaves[:pages]):
            for mark, leaf in enumerate(leaves, page * _MARKS):
                if leaf in found:
                    found[leaf].append(mark)
                else:
                    found[leaf] = [mark]
        return found

    def _numbers(self, marks: dict[int, list[int]], first: int) -> list[int]:
        """The number of each element's object; 0 where nothing is drawn under it. The document itself has one."""
        used = [False] * len(self._roles)
        used[0] = True
        for element in range(len(used) - 1, 0, -1):
            if used[element] or element in marks:
                used[element] = used[self._parents[element]] = True
        numbers, number = [], first
        for is_used in used:
            numbers.append(number if is_used else 0)
            number += is_used
        return numbers

    def _children(self, number_of: list[int], references: list[bytes]) -> dict[int, list[bytes]]:
        children: dict[int, list[bytes]] = {}
        for number, reference, parent in zip(number_of, references, self._parents, strict=True):
            if number and parent >= 0:
                if parent in children:
                    children[parent].append(reference)
                else:
                    children[parent] = [reference]
        return children


class _Within:
    """An open element."""

    __slots__ = ("_element", "_open")

    def __init__(self, opened: list[int], element: int) -> None:
        self._open, self._element = opened, element

    def __enter__(self) -> None:
        self._open.append(self._element)

    def __exit__(self, *_: object) -> None:
        self._open.pop()


def _shown(marks: list[int], pages: list[int], text: str) -> bytes:
    """Of a leaf of several lines: the page and the marks that show it, and what it says of its own."""
    page = marks[0] // _MARKS
    kids = []
    for one in marks:
        its_page, mark = divmod(one, _MARKS)
        here = its_page == page
        kids.append(b"%d" % mark if here else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[its_page], mark))
    return b"/Pg %d 0 R/K[%b]%b" % (pages[page], b" ".join(kids), _told(text, len(marks)))


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
