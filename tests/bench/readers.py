"""`dev.py bench --readers FILE`: what readers make of the golden cases, set by us and by others, as a page of docs/.

A case is counted where it comes back whole, as a field of its own: on one line, or broken at spaces over following
ones. Direction marks are ignored, texts are compared in NFC.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.reader_programs import PROGRAMS, pdfium, pypdf
from tests.documents import golden
from tests.documents.reading import fields, has_field, pdftotext, structure

ON_A_PAGE = 17

READERS: dict[str, Callable[[bytes], str]] = {
    "structure tree": lambda pdf: "\n".join(leaf.text for leaf in structure(pdf)),
    "pdftotext": pdftotext,
    "pdftotext -layout": lambda pdf: pdftotext(pdf, "-layout"),
    "pdfium": pdfium,
    "pypdf": pypdf,
}
REASONS = (
    ("brackets or quotation marks, which the reader mirrors once more", r"[()\[\]{}«»‹›]"),
    ("Latin in an Arabic line: its words, or what stands beside them, change places", r"[A-Za-z]"),
    ("digits in an Arabic line: they, or the sign beside them, change places", r"[0-9٠-٩½]"),
    ("vowel signs: they come before their letter, or apart from it", r"[\u064b-\u0652\u0670]"),
    ("punctuation between words: the space goes to its other side", r"[/،؛:.\-–&+]"),
)


@dataclass(frozen=True, slots=True)
class Score:
    """What one reader missed of one program's cases."""

    program: str
    reader: str
    missed: tuple[str, ...]

    @property
    def exact(self) -> int:
        return len(golden.CASES) - len(self.missed)


def why(case: str) -> str:
    """The first thing in a case that readers are known to stumble over."""
    return next((reason for reason, pattern in REASONS if re.search(pattern, case)), "the letters themselves")


def scores() -> list[Score]:
    """Every program by every reader; the structure tree of ours alone."""
    found = []
    for program, draw in PROGRAMS.items():
        batches = [golden.CASES[at : at + ON_A_PAGE] for at in range(0, len(golden.CASES), ON_A_PAGE)]
        drawn = [(batch, draw(batch)) for batch in batches]
        for reader, read in READERS.items():
            if reader == "structure tree" and program != "ours":
                continue
            missed = [case for batch, pdf in drawn for case in _missed(batch, read(pdf))]
            found.append(Score(program, reader, tuple(missed)))
    return found


def _missed(batch: tuple[str, ...], text: str) -> list[str]:
    found = fields(text)
    return [case for case in batch if not has_field(found, case)]


def page(found: list[Score]) -> str:
    """The page of docs/."""
    programs, readers = list(PROGRAMS), list(READERS)
    by = {(one.program, one.reader): one for one in found}
    cells = [["read by", *programs]]
    for reader in readers:
        cells.append([reader, *(str(by[p, reader].exact) if (p, reader) in by else "–" for p in programs)])
    lines = [
        "# What readers make of our papers",
        "",
        "Written by `python3 dev.py bench --readers docs/readers.md`; do not edit. "
        f"{len(golden.CASES)} golden cases (`tests/documents/golden.py`: {len(golden.NAMES)} names, "
        f"{len(golden.VOCATIONS)} vocations, {len(golden.ADDRESSES)} addresses; vocalised, ligatures, brackets, long, "
        "mixed with Latin, both kinds of digits), one on each line, in the same typefaces; counted is what comes back "
        "whole as a field of its own, direction marks ignored, NFC.",
        "",
        *("| " + " | ".join(row) + " |" for row in cells[:1]),
        "|" + "---|" * len(cells[0]),
        *("| " + " | ".join(row) + " |" for row in cells[1:]),
        "",
        "## What is missed of ours, and why",
        "",
        "The cause is the first of the list that the case has. It lies in the reader: the file says each character "
        "by a code of its own, in the order of the eye, as every PDF does; the structure tree says the order of "
        "reading.",
    ]
    for reader in readers:
        missed = by["ours", reader].missed
        if not missed:
            continue
        lines += ["", f"### {reader}: {len(missed)}", ""]
        for reason in dict.fromkeys([*(reason for reason, _ in REASONS), "the letters themselves"]):
            cases = [case for case in missed if why(case) == reason]
            if cases:
                lines.append(f"- {len(cases)}: {reason}: " + " · ".join(f"`{case}`" for case in cases))
    return "\n".join(lines) + "\n"


def write(path: Path) -> None:
    """Measure and write the page."""
    path.write_text(page(scores()), encoding="utf-8")
