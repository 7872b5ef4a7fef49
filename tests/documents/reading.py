"""Readers of a drawn paper: pdftotext as fields, and our own of the codes and their ToUnicode."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from io import BytesIO
from unicodedata import normalize

import pikepdf

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\f"))


def pdftotext(pdf: bytes, *options: str) -> str:
    """What poppler's reader says, unchanged."""
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()


def fields(text: str) -> list[str]:
    """The lines of a page, those that `-layout` puts side by side taken apart, without direction marks, in NFC."""
    lines = (line.translate(_MARKS) for line in text.splitlines())
    return [normalize("NFC", part) for line in lines for part in re.split(r" {3,}", line.strip()) if part]


def has_field(found: list[str], value: str) -> bool:
    """Whether `value` stands as a field of its own, on one line or broken at spaces over following lines."""
    wanted = normalize("NFC", value)
    for start, line in enumerate(found):
        joined, following = line, start + 1
        while len(joined) < len(wanted) and following < len(found) and wanted.startswith(joined):
            joined = f"{joined} {found[following]}"
            following += 1
        if joined == wanted:
            return True
    return False


def unreadable(text: str) -> list[str]:
    """Presentation forms, private-use and replacement characters."""
    pattern = "[\ufb50-\ufdff\ufe70-\ufeff\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]"
    return [f"U+{ord(char):04X}" for char in re.findall(pattern, text)]


def shown_lines(pdf: bytes) -> list[str]:
    """Each text object of the first page from left to right, its codes read by the fonts' own ToUnicode."""
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[0]
        tables = {name: _to_unicode(font) for name, font in page.Resources.Font.items() if "/ToUnicode" in font}
        lines: list[str] = []
        table: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            if str(operator) == "BT":
                lines.append("")
            elif str(operator) == "Tf":
                table = tables.get(str(operands[0]), {})
            elif str(operator) == "Tj":
                codes = bytes(operands[0])
                lines[-1] += "".join(table[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))
        return lines


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    stream = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", stream, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs if code != "0000" or text}


@dataclass(frozen=True, slots=True)
class Told:
    """A leaf of the structure tree: `text` in the order of reading, `shown` as its codes lie on the page."""

    role: str
    text: str
    shown: str
    language: str


def structure(pdf: bytes) -> list[Told]:
    """The leaves of the structure tree in the order of reading."""
    with pikepdf.open(BytesIO(pdf)) as document:
        shown: dict[object, dict[int, str]] = {page.objgen: _marked(page) for page in document.pages}
        found: list[Told] = []

        def walk(element: pikepdf.Object) -> None:
            kids = (
                [] if "/K" not in element else list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]
            )
            marks: list[tuple[object, int]] = []
            for kid in kids:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    walk(kid)
                elif isinstance(kid, pikepdf.Dictionary):
                    marks.append((kid.Pg.objgen, int(kid.MCID)))
                else:
                    marks.append((element.Pg.objgen, int(kid)))
            if marks:
                drawn = " ".join(shown[page][mark] for page, mark in marks)
                text = str(element.ActualText) if "/ActualText" in element else drawn
                found.append(Told(str(element.S), text, drawn, str(element.get("/Lang", "ar"))))

        walk(document.Root.StructTreeRoot.K)
        return found


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The characters of each marked piece of a page, from left to right."""
    tables = {name: _to_unicode(font) for name, font in page.Resources.Font.items() if "/ToUnicode" in font}
    pieces: dict[int, str] = {}
    table: dict[int, str] = {}
    inside: list[int | None] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "BDC":
            inside.append(int(operands[1].MCID))
            pieces[int(operands[1].MCID)] = ""
        elif operator == "BMC":
            inside.append(None)
        elif operator == "EMC":
            inside.pop()
        elif operator == "Tf":
            table = tables.get(str(operands[0]), {})
        elif operator == "Tj" and inside[-1] is not None:
            codes = bytes(operands[0])
            pieces[inside[-1]] += "".join(
                table[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2)
            )
    assert not inside
    return pieces
