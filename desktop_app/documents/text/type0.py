"""Composite fonts in a reportlab document: codes handed out as cells are used, exact ToUnicode."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObjectReference

from desktop_app.documents.text.face import Face
from desktop_app.documents.text.objects import put, put_stream
from desktop_app.documents.text.shaping import Cell
from desktop_app.documents.text.subset import build_program

_FLAG_SYMBOLIC = 4
_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class DocumentFont:
    """One face in one document. Codes are given in the order of first use, so equal documents are equal bytes."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._codes: dict[Cell, str] = {}
        self._shown: dict[tuple[Cell, ...], str] = {}

    def encode(self, cells: tuple[Cell, ...]) -> str:
        """The hexadecimal string that shows `cells`."""
        found = self._shown.get(cells)
        if found is None:
            codes = self._codes
            for cell in cells:
                if cell not in codes:
                    codes[cell] = f"{len(codes) + 1:04X}"
            found = self._shown[cells] = "".join([codes[cell] for cell in cells])
        return found

    def addObjects(self, document: Any) -> None:
        """Write the font into the document: reportlab calls this, by this name, once, after the last page."""
        cells = list(self._codes)
        face = self.face
        scale = 1000 / face.units_per_em
        program = build_program(face, cells)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
        name = f"{tag}+{face.name}"

        def scaled(value: float) -> int:
            return round(value * scale)

        held = put_stream(document, f"program-{self.resource}", program, f"/Length1 {len(program)}")
        descriptor = put(
            document,
            f"descriptor-{self.resource}",
            f"<</Type/FontDescriptor/FontName/{name}/Flags {_FLAG_SYMBOLIC}"
            f"/FontBBox[{' '.join(str(scaled(value)) for value in face.bounds)}]/ItalicAngle {face.italic_angle:g}"
            f"/Ascent {scaled(face.ascent)}/Descent {scaled(face.descent)}/CapHeight {scaled(face.cap_height)}"
            f"/StemV {140 if face.bold else 85}/FontFile2 {held}>>".encode(),
        )
        widths = " ".join([f"{cell.advance * scale:g}" for cell in cells])
        descendant = put(
            document,
            f"descendant-{self.resource}",
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor}/DW {scaled(face.units_per_em // 2)}/W[1[{widths}]]"
            "/CIDToGIDMap/Identity>>".encode(),
        )
        unicode = put_stream(document, f"unicode-{self.resource}", _to_unicode(cells))
        put(
            document,
            f"font-{self.resource}",
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant}]"
            f"/ToUnicode {unicode}>>".encode(),
        )
        document.idToObject["BasicFonts"].dict[self.resource] = PDFObjectReference(f"font-{self.resource}")


@lru_cache(maxsize=4096)
def _hexadecimal(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _to_unicode(cells: list[Cell]) -> bytes:
    parts = [_CMAP_HEAD]
    for start in range(0, len(cells), 100):
        block = cells[start : start + 100]
        parts.append(f"{len(block)} beginbfchar\n")
        parts += [f"<{code:04X}> <{_hexadecimal(cell.text)}>\n" for code, cell in enumerate(block, start + 1)]
        parts.append("endbfchar\n")
    parts.append(_CMAP_TAIL)
    return "".join(parts).encode("ascii")
