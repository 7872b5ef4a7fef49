"""One sheet of paper: canvas, text and the few shapes the papers are made of. Lengths in points."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFObjectReference, xObjectName
from reportlab.pdfgen.canvas import Canvas

from desktop_app.application.ports.papers import PaperSeal
from desktop_app.documents.archival import About, complete, describe
from desktop_app.documents.fonts import Typeface, faces_of
from desktop_app.documents.municipality import municipality
from desktop_app.documents.packing import PackedDocument
from desktop_app.documents.signing import fill, make_room
from desktop_app.documents.tagging import StructureTree
from desktop_app.documents.text.draw import TextPainter
from desktop_app.documents.text.lines import Line, set_line
from desktop_app.documents.text.objects import put, put_stream
from desktop_app.documents.text.outline import outlines, path_operators
from desktop_app.documents.wording import wording

_SHIFTS = {"right": 1.0, "middle": 0.5, "left": 0.0}
FRAME = 28.0
"""From the sheet's edge to the frame."""


@lru_cache(maxsize=64)
def _operands(colour: str) -> str:
    """``#0F5257`` as the operands of a colour operator."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))


@lru_cache(maxsize=64)
def _square(x: float, y: float, radius: float, turn: int) -> str:
    """The outline of a square that stands on its corner, turned by so many degrees."""
    angles = [math.radians(turn + 90 * corner) for corner in range(4)]
    points = [f"{x + radius * math.cos(angle):.3f} {y + radius * math.sin(angle):.3f}" for angle in angles]
    return f"{points[0]} m {points[1]} l {points[2]} l {points[3]} l s"


@lru_cache(maxsize=256)
def _box(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The outline of a box whose corners are quarters of circles."""
    if not radius:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    right, top, near = x + width, y + height, radius * 0.4477
    points = (
        ((x + radius, y), "m"),
        ((right - radius, y), "l"),
        ((right - near, y, right, y + near, right, y + radius), "c"),
        ((right, top - radius), "l"),
        ((right, top - near, right - near, top, right - radius, top), "c"),
        ((x + radius, top), "l"),
        ((x + near, top, x, top - near, x, top - radius), "c"),
        ((x, y + radius), "l"),
        ((x, y + near, x + near, y, x + radius, y), "c"),
    )
    return " ".join([*(" ".join([f"{one:.2f}" for one in at]) + f" {operator}" for at, operator in points), "h"])


class _PlainCanvas(Canvas):
    """A canvas whose pages name their tags and do not begin with a font of the reader's own, which is not embedded."""

    annotations: list[Any] | None = None
    """Of the next page."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def _setAnnotations(self, page: Any) -> None:
        # The last thing that reportlab asks for a page; it leaves out entries that are not on its list.
        page.Annots, page.Trans = self.annotations, None
        self.annotations = None
        name = f"content-{self._pageNumber}"  # type: ignore[attr-defined]
        put_stream(self._doc, name, page.stream.encode("ascii"))  # type: ignore[attr-defined]
        page.Contents = PDFObjectReference(name)
        page.Resources, page.MediaBox = self._resources(), "[0 0 {:.6g} {:.6g}]".format(*self._pagesize)  # type: ignore[attr-defined]
        page.StructParents, page.Tabs = str(self._pageNumber - 1), "/S"  # type: ignore[attr-defined]
        page.__NoDefault__ = [*type(page).__NoDefault__, "StructParents", "Tabs"]

    def _resources(self) -> PDFObjectReference:
        """What pages with the same shapes draw with: one object for all of them."""
        shapes = [xObjectName(one) for one in self._formsinuse]  # type: ignore[attr-defined]
        name = "resources-" + "-".join(shapes)
        document: Any = self._doc  # type: ignore[attr-defined]
        if name not in document.idToObject:
            number_of = document.idToObjectNumberAndVersion
            used = "".join([f"/{shape} {number_of[shape][0]} 0 R" for shape in shapes])
            put(document, name, f"<</Font {number_of[BasicFonts][0]} 0 R/XObject<<{used}>>>>".encode())
        return PDFObjectReference(name)


class Sheet:
    """Pages of one size being drawn, tagged, fit for an archive. The same calls give the same bytes: no clock.

    Text is read in the order in which it is drawn; shapes are not read at all.
    """

    def __init__(self, width: float, height: float, title: str, drawn_on: date, seal: PaperSeal | None = None) -> None:
        self.width, self.height = width, height
        self._file = BytesIO()
        self._colours = wording().colours
        canvas = _PlainCanvas(
            self._file, pagesize=(width, height), invariant=1, pageCompression=1, pdfVersion=(1, 7), lang="ar"
        )
        self._document: Any = canvas._doc  # type: ignore[attr-defined]
        self._document.__class__ = PackedDocument  # the canvas makes it itself
        town = wording().municipality
        self._about = About(title, f"{town.ar} · {town.en}", drawn_on)
        describe(self._document, self._about)
        # No preference "Direction": given R2L, pdfium turns the words of every Latin line around.
        canvas.setViewerPreference("DisplayDocTitle", "true")
        self._seal = seal
        if seal is not None:
            canvas.annotations = [make_room(self._document, seal)]
        self.canvas = canvas
        self._painter = TextPainter(canvas)
        self._tree = StructureTree()
        self._shapes = False
        self._unread = False
        self._held: set[str] = set()
        self._ink, self._pen = "", ("", 0.0)
        self._write = self._page_writer()

    def element(self, role: str, text: str | None = None) -> AbstractContextManager[None]:
        """What is drawn within belongs together; with `text`, all its lines show this one text."""
        return self._tree.element(role, text)

    @contextmanager
    def unread(self) -> Iterator[None]:
        """Text drawn within is for the eye only: running heads, page numbers, the head of a table that goes on."""
        self._unread = True
        try:
            yield
        finally:
            self._unread = False

    def next_page(self) -> None:
        """End this page; what is drawn from here on stands on the next."""
        self._begin_shapes()
        self._painter.finish_page(FRAME + 8, self.height - FRAME - 7)
        self._end_shapes()
        self.canvas.showPage()
        self._tree.next_page()
        self._ink, self._pen, self._write = "", ("", 0.0), self._page_writer()

    def finish(self) -> bytes:
        """The file's bytes, the last page ended by `next_page`; nothing can be drawn afterwards."""
        self._tree.write(self._document)
        complete(self._document, self._about)
        self.canvas.save()
        content = self._file.getvalue()
        return content if self._seal is None else fill(content, self._seal)

    def ink(self, colour: str) -> None:
        """The colour of text and fills, by its name in the settings."""
        if colour != self._ink:
            self._ink = colour
            self._write(f"{_operands(self._colours[colour])} rg")

    def _page_writer(self) -> Callable[[str], None]:
        # Straight into the canvas' code: its own methods spend most of their time on writing numbers.
        write: Callable[[str], None] = self.canvas._code.append  # type: ignore[attr-defined]
        return write

    def _begin_shapes(self) -> None:
        if not self._shapes:
            self._shapes = True
            self._write("/Artifact BMC")

    def _end_shapes(self) -> None:
        if self._shapes:
            self._shapes = False
            self._write("EMC")

    def _stroke(self, colour: str, width: float) -> None:
        self._begin_shapes()
        if (colour, width) != self._pen:
            self._pen = (colour, width)
            self._write(f"{_operands(self._colours[colour])} RG {width:.2f} w")

    def line(self, line: Line, x: float, y: float, size: float, align: str = "right") -> None:
        """A set line with its right end, middle or left end at `x`."""
        if not line.pieces:
            return
        left = x - line.width * size * _SHIFTS[align]
        if self._unread:
            self._begin_shapes()
            self._painter.draw(line, left, y, size)
            return
        if self._shapes:
            self._end_shapes()
        mark = self._tree.mark(line.text)
        self._write(f"/P<</MCID {mark}>>BDC {self._painter.operators(line, left, y, size)} EMC")

    def text(self, text: str, x: float, y: float, size: float, typeface: Typeface, align: str = "right") -> None:
        """`text` on one line as it is."""
        self.line(set_line(text, faces_of(typeface)), x, y, size, align)

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str = "line", width: float = 0.6) -> None:
        self._stroke(colour, width)
        self._write(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> None:
        """A filled box."""
        self._begin_shapes()
        self.ink(colour)
        self._write(f"{_box(x, y, width, height, radius)} f")

    def outline(
        self, x: float, y: float, width: float, height: float, colour: str, stroke: float = 0.6, radius: float = 0
    ) -> None:
        """An empty box."""
        self._stroke(colour, stroke)
        self._write(f"{_box(x, y, width, height, radius)} S")

    def white(self, x: float, y: float, width: float, height: float) -> None:
        """A box of bare paper, whatever the watermark has drawn there."""
        self._begin_shapes()
        self._ink = ""
        self._write(f"1 1 1 rg {x:.3f} {y:.3f} {width:.3f} {height:.3f} re f")

    def bars(self, boxes: Sequence[tuple[float, float, float, float]]) -> None:
        """Black boxes (x, y, width, height), all filled at once so that no seam shows between them."""
        self._begin_shapes()
        self._ink = ""
        drawn = " ".join(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re" for x, y, width, height in boxes)
        self._write(f"0 0 0 rg {drawn} f")

    def frame(self) -> None:
        """The double frame round the sheet."""
        for inset, stroke in ((FRAME, 1.1), (FRAME + 3.2, 0.4)):
            self.outline(inset, inset, self.width - 2 * inset, self.height - 2 * inset, "accent", stroke)

    def emblem(self, x: float, y: float, radius: float) -> None:
        """The municipality's logo in a square of twice `radius`, or the star where it gave none."""
        logo = municipality().logo
        if logo is None:
            self.star(x, y, radius)
            return
        scale = 2 * radius / max(logo.width, logo.height)
        left, top = x - logo.width * scale / 2, y + logo.height * scale / 2
        self._begin_shapes()
        self.ink("accent")
        for path in logo.paths:
            self._write(path_operators(path, left, top, scale))

    def star(self, x: float, y: float, radius: float) -> None:
        """An eight-pointed star of two squares, the ornament of the head."""
        for turn, reach, stroke in ((0, 1.0, 1.1), (45, 1.0, 1.1), (0, 0.62, 0.5), (45, 0.62, 0.5)):
            self._stroke("accent", stroke)
            self._write(_square(x, y, radius * reach, turn))

    def watermark(self, word: str) -> None:
        """`word` across the sheet in a light colour, as ink only: the text of the page stays what it is."""
        line = set_line(word, faces_of(Typeface.BODY_BOLD))
        size = min(self.width * 0.82, self.height * 0.72) / line.width
        along, up = math.cos(math.radians(38)), math.sin(math.radians(38))
        self._begin_shapes()
        self._show_once(
            "watermark",
            lambda: (
                f"{_operands(self._colours['mark'])} rg {along:.5f} {up:.5f} {-up:.5f} {along:.5f}"
                f" {self.width / 2:.2f} {self.height * 0.45:.2f} cm"
                f" {outlines(line, -line.width * size / 2, -size * 0.1, size)}"
            ),
        )

    def _show_once(self, name: str, drawn: Callable[[], str]) -> None:
        """Shapes that are the same on every page that has them, held once in the file."""
        resource = xObjectName(name)
        if name not in self._held:
            self._held.add(name)
            box = f"/BBox[0 0 {self.width:.2f} {self.height:.2f}]"
            put_stream(self._document, resource, drawn().encode(), f"/Type/XObject/Subtype/Form{box}/Resources<<>>")
        self.canvas._formsinuse.append(name)  # type: ignore[attr-defined]
        self._write(f"/{resource} Do")
