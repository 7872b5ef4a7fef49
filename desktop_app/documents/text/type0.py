"""Composite fonts in a reportlab document: codes handed out as cells are used, exact ToUnicode."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from desktop_app.documents.text.face import Face
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
        name = PDFName(f"{tag}+{face.name}")

        def scaled(value: float) -> int:
            return round(value * scale)

        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": name,
                "Flags": _FLAG_SYMBOLIC,
                "FontBBox": PDFArray([scaled(value) for value in face.bounds]),
                "ItalicAngle": face.italic_angle,
                "Ascent": scaled(face.ascent),
                "Descent": scaled(face.descent),
                "CapHeight": scaled(face.cap_height),
                "StemV": 140 if face.bold else 85,
                "FontFile2": _stream(document, program, f"program-{self.resource}", Length1=len(program)),
            }
        )
        # As text: reportlab's own formatting of numbers costs more than everything else here.
        widths = " ".join([f"{cell.advance * scale:g}" for cell in cells])
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": name,
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": document.Reference(descriptor, f"descriptor-{self.resource}"),
                "DW": scaled(face.units_per_em // 2),
                "W": f"[ 1 [ {widths} ] ]",
                "CIDToGIDMap": PDFName("Identity"),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": name,
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(descendant, f"descendant-{self.resource}")]),
                "ToUnicode": _stream(document, _to_unicode(cells), f"unicode-{self.resource}"),
            }
        )
        document.idToObject["BasicFonts"].dict[self.resource] = document.Reference(font, f"font-{self.resource}")


def _stream(document: Any, content: bytes, name: str, **entries: int) -> Any:
    packed = zlib.compress(content, 9)
    dictionary = PDFDictionary({"Filter": PDFName("FlateDecode"), **entries})
    return document.Reference(PDFStream(dictionary, packed), name)


def _to_unicode(cells: list[Cell]) -> bytes:
    parts = [_CMAP_HEAD]
    for start in range(0, len(cells), 100):
        block = cells[start : start + 100]
        parts.append(f"{len(block)} beginbfchar\n")
        for code, cell in enumerate(block, start + 1):
            parts.append(f"<{code:04X}> <{cell.text.encode('utf-16-be').hex().upper()}>\n")
        parts.append("endbfchar\n")
    parts.append(_CMAP_TAIL)
    return "".join(parts).encode("ascii")
