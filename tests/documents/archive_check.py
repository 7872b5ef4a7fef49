"""What ISO 19005-2 (PDF/A-2, level u) asks of such files as ours, clause by clause, read with pikepdf and fontTools.

It stands in for veraPDF where that cannot be had, and knows only the clauses that a drawn file without attachments and
transparency can break, whose one form field and annotation may be a signature without ink. `complaints` names the
clause; an empty list is a pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
from fontTools.ttLib import TTFont

_OPERATORS = frozenset(
    (*"bBcdfFgGhijJkKlmMnqQsSvwWy'", '"', *re.findall(r"\S+", "b* B* BDC BI BMC BT BX cm cs CS DP d0 d1 Do"))
)
_OPERATORS |= frozenset(
    re.findall(r"\S+", "EI EMC ET EX f* gs ID MP re RG rg ri sc SC scn SCN sh T* Tc Td TD Tf Tj TJ TL")
)
_OPERATORS |= frozenset(("Tm", "Tr", "Ts", "Tw", "Tz", "W*"))
_PAINTED_IN_OTHER_COLOURS = frozenset(("K", "k", "CS", "cs", "SC", "sc", "SCN", "scn"))
_XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}


def complaints(pdf: bytes) -> list[str]:
    """Each breach with its clause."""
    found = list(_of_the_file(pdf))
    with pikepdf.open(BytesIO(pdf)) as document:
        found += [f"qpdf: {problem}" for problem in document.check_pdf_syntax()]
        found += _of_all_objects(document)
        found += _of_the_catalogue(document)
        found += _of_metadata(document)
        for page in document.pages:
            found += _of_page(page)
    return found


def _of_the_file(pdf: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", pdf):
        yield "6.1.2 header and four bytes beyond ASCII"
    if not pdf.rstrip(b"\r\n").endswith(b"%%EOF") or pdf.endswith(b"\n\n"):
        yield "6.1.3 nothing after the end"


def _of_all_objects(document: pikepdf.Pdf) -> Iterator[str]:
    if "/ID" not in document.trailer:
        yield "6.1.3 no file identifier"
    if "/Encrypt" in document.trailer:
        yield "6.1.3 encrypted"
    for one in document.objects:
        if isinstance(one, pikepdf.Stream):
            filters = str(one.get("/Filter", ""))
            if "LZW" in filters or "Crypt" in filters or "/F" in one:
                yield "6.1.7 a filter or an outside file that is not allowed"
        if isinstance(one, pikepdf.Dictionary):
            if str(one.get("/Type", "")) in ("/Filespec", "/OCG", "/Annot", "/Action") and not _is_seal(one):
                yield f"6.3, 6.5, 6.8, 6.9 {one.Type}"
            if "/PS" in one or "/JS" in one:
                yield "6.2.9, 6.5 PostScript or JavaScript"
            if any(isinstance(value, pikepdf.String) and len(bytes(value)) > 32767 for value in one.values()):
                yield "6.1.13 a string too long"
    if len(document.objects) > 8388607:
        yield "6.1.13 too many objects"


def _of_the_catalogue(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    for entry in ("/AA", "/OpenAction", "/OCProperties", "/Names", "/Perms", "/Requirements"):
        if entry in root:
            yield f"6.4, 6.5, 6.9, 6.11 {entry} in the catalogue"
    form = root.get("/AcroForm")
    if form is not None and (set(form.keys()) != {"/Fields", "/SigFlags"} or not all(map(_is_seal, form.Fields))):
        yield "6.4 a form beside the signature"
    intents = list(root.get("/OutputIntents", []))
    if len(intents) != 1 or str(intents[0].S) != "/GTS_PDFA1":
        yield "6.2.3 no output intent"
        return
    profile = intents[0].DestOutputProfile.read_bytes()
    if (
        intents[0].DestOutputProfile.N != 3
        or profile[36:40] != b"acsp"
        or profile[12:20] != b"mntrRGB "
        or profile[8] > 4
    ):
        yield "6.2.3 the output profile is not an RGB one"
    if int.from_bytes(profile[:4], "big") != len(profile):
        yield "6.2.3 the output profile is cut"
    # Beyond level u: what makes the tree worth having (6.7 of level a).
    if "/StructTreeRoot" not in root or "/MarkInfo" not in root or not root.MarkInfo.Marked or "/Lang" not in root:
        yield "6.7 not tagged, or no language"


def _of_metadata(document: pikepdf.Pdf) -> Iterator[str]:
    stream = document.Root.get("/Metadata")
    if stream is None:
        yield "6.6.2.1 no metadata"
        return
    packet = stream.read_bytes()
    if b"bytes=" in packet.split(b"?>")[0] or b"encoding=" in packet.split(b"?>")[0]:
        yield "6.6.2.1 a packet header with bytes or encoding"
    tree = ElementTree.fromstring(packet)
    said = {
        name: (tree.findtext(f".//{name}", "", _XMP) or tree.findtext(f".//{name}//rdf:li", "", _XMP)).strip()
        for name in ("pdfaid:part", "pdfaid:conformance", "dc:title", "dc:creator", "xmp:CreateDate", "pdf:Producer")
    }
    if (said["pdfaid:part"], said["pdfaid:conformance"]) != ("2", "U"):
        yield "6.6.4 not said to be PDF/A-2u"
    info = document.docinfo
    for entry, name in (("/Title", "dc:title"), ("/Author", "dc:creator"), ("/Producer", "pdf:Producer")):
        if str(info.get(entry, "")) != said[name] or not said[name]:
            yield f"6.6.3 {entry} and {name} differ"
    if re.sub(r"[^0-9+]", "", str(info.CreationDate)) != re.sub(r"[^0-9+]", "", said["xmp:CreateDate"]):
        yield "6.6.3 dates differ"


def _is_seal(one: pikepdf.Object) -> bool:
    """A signature field with nothing to be seen: printed, not hidden (6.3.2), no appearance needed (6.3.3), no action
    (6.4.1), and a signature over the whole file in one container (6.4.3)."""
    if set(one.keys()) != {"/Type", "/Subtype", "/FT", "/T", "/Rect", "/F", "/V"} or str(one.FT) != "/Sig":
        return False
    flags, value = int(one.F), one.V
    return (
        flags & 0b100 != 0
        and flags & 0b100011 == 0
        and [int(side) for side in one.Rect] == [0, 0, 0, 0]
        and str(value.SubFilter) == "/ETSI.CAdES.detached"
        and len(value.ByteRange) == 4
    )


def _of_page(page: pikepdf.Page) -> Iterator[str]:
    if not all(_is_seal(one) for one in page.get("/Annots", [])):
        yield "6.3 an annotation beside the signature"
    for entry in ("/AA", "/PresSteps"):
        if entry in page:
            yield f"6.3, 6.5, 6.10 {entry} of a page"
    if "/Resources" not in page:
        yield "6.2.2 resources are inherited"
    if str(page.get("/Tabs", "")) != "/S" or "/StructParents" not in page:
        yield "6.7 a page without its place in the structure tree"
    fonts = {str(name): font for name, font in page.Resources.get("/Font", {}).items()}
    shown: dict[str, set[int]] = {}
    current, depth = "", 0
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator not in _OPERATORS:
            yield f"6.2.2 operator {operator}"
        if operator in _PAINTED_IN_OTHER_COLOURS:
            yield f"6.2.4 {operator}: a colour that the output intent does not explain"
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        if depth > 28:
            yield "6.1.13 states nested too deeply"
        if operator == "Tf":
            current = str(operands[0])
            if current not in fonts:
                yield f"6.2.2 font {current} is no resource"
        elif operator == "Tj":
            codes = bytes(operands[0])
            pairs = {int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)}
            shown.setdefault(current, set()).update(pairs)
        elif operator == "Do":
            yield from _of_shapes(page.Resources.XObject[str(operands[0])])
        elif operator in ("TJ", "'", '"', "gs", "sh"):
            yield f"{operator} is not looked into by this check"
    for name, codes_shown in shown.items():
        yield from _of_font(fonts[name], codes_shown)


def _of_shapes(form: pikepdf.Object) -> Iterator[str]:
    """Filled outlines in a form, which may show nothing that this check does not look into."""
    if str(form.Subtype) != "/Form" or form.keys() - {"/Type", "/Subtype", "/BBox", "/Resources", "/Filter", "/Length"}:
        yield "6.2.9 an XObject that is no plain form"
    for instruction in pikepdf.parse_content_stream(form):
        if str(instruction.operator) not in ("q", "Q", "cm", "rg", "m", "l", "c", "h", "f"):
            yield f"{instruction.operator} in a form is not looked into by this check"


def _of_font(font: pikepdf.Object, shown: set[int]) -> Iterator[str]:
    below = font.DescendantFonts[0]
    if str(font.Subtype) != "/Type0" or str(font.Encoding) != "/Identity-H" or str(below.Subtype) != "/CIDFontType2":
        yield "6.2.11.3 a font of a kind that is not looked into by this check"
        return
    if str(below.get("/CIDToGIDMap", "")) != "/Identity":
        yield "6.2.11.3.2 no CIDToGIDMap"
    if "/FontFile2" not in below.FontDescriptor:
        yield "6.2.11.4.1 not embedded"
        return
    if not re.match(r"/[A-Z]{6}\+", str(font.BaseFont)) or font.BaseFont != below.BaseFont:
        yield "6.2.11.4 a subset without a tag"
    program = TTFont(BytesIO(below.FontDescriptor.FontFile2.read_bytes()))
    order, metrics, unit = program.getGlyphOrder(), program["hmtx"], program["head"].unitsPerEm
    widths = {int(below.W[0]) + at: float(width) for at, width in enumerate(below.W[1])}
    texts = dict(re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", font.ToUnicode.read_bytes().decode(), re.MULTILINE))
    for code in sorted(shown):
        if code == 0:
            yield "6.2.11.8 .notdef is shown"
        elif code >= len(order):
            yield f"6.2.11.4.1 no glyph for code {code}"
        elif abs(widths.get(code, float(below.get("/DW", 1000))) - metrics[order[code]][0] * 1000 / unit) > 1:
            yield f"6.2.11.5 code {code} has another width in the program"
        text = texts.get(f"{code:04X}", "")
        if text in ("", "0000", "FEFF", "FFFE"):
            yield f"6.2.11.7.2 no character for code {code}"
