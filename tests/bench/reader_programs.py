"""The programs that set the golden cases on paper: each as its makers mean it to be used, one case on each line, in the
same typefaces. A case that begins with Latin is set from right to left like the others, as a form's line would be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from importlib.metadata import version
from io import BytesIO
from typing import Any

from desktop_app.documents.flow import Paper, draw_paper
from desktop_app.documents.fonts import Typeface, font_file
from desktop_app.documents.table import Column, Table
from desktop_app.documents.wording import Label

Program = Callable[[Sequence[str]], bytes]
_PLEX, _AMIRI = font_file(Typeface.BODY), font_file(Typeface.TITLE_REGULAR)


def ours(cases: Sequence[str]) -> bytes:
    label = Label("الحالات", "Cases")
    table = Table((Column(label),), tuple((case,) for case in cases), size=11)
    return draw_paper(Paper(label, "1", date(2026, 11, 22), (table,), sample=False))


def typst(cases: Sequence[str]) -> bytes:
    import typst as typst_compiler

    fonts = typst_compiler.Fonts(include_system_fonts=False, font_paths=sorted({str(_PLEX.parent), str(_AMIRI.parent)}))
    compiler = typst_compiler.Compiler(font_paths=fonts, ignore_system_fonts=True)
    # Values travel as strings of the language, so that nothing in them is taken for mark-up.
    quoted = [case.replace("\\", "\\\\").replace('"', '\\"') for case in cases]
    source = '#set page(paper: "a4")\n#set text(font: ("IBM Plex Sans Arabic", "Amiri"), lang: "ar", dir: rtl)\n'
    source += "\n\n".join(f'#text("{case}")' for case in quoted)
    made: Any = compiler.compile(source.encode(), format="pdf")
    return bytes(made)


def weasyprint(cases: Sequence[str]) -> bytes:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{name}"; src: url("{file.as_uri()}"); }}'
        for name, file in (("Plex", _PLEX), ("Amiri", _AMIRI))
    )
    style = CSS(string=f"{faces} body {{ font: 11pt Plex, Amiri }}", font_config=fonts)
    body = "".join(f"<p>{escape(case)}</p>" for case in cases)
    page = HTML(string=f'<html lang="ar" dir="rtl"><body>{body}')
    made: Any = page.write_pdf(stylesheets=[style], font_config=fonts)
    return bytes(made)


def fpdf2(cases: Sequence[str]) -> bytes:
    from fpdf import FPDF

    pdf: Any = FPDF(format="A4")
    pdf.add_font("Plex", fname=str(_PLEX))
    pdf.add_font("Amiri", fname=str(_AMIRI))
    pdf.set_fallback_fonts(["Amiri"])
    pdf.set_text_shaping(use_shaping_engine=True, direction="rtl", script="arab", language="ara")
    pdf.add_page()
    pdf.set_font("Plex", size=11)
    for case in cases:
        pdf.multi_cell(0, 8, case, align="R", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def qt(cases: Sequence[str]) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPageSize, QPdfWriter, QTextDocument, QTextOption

    application = QGuiApplication.instance() or QGuiApplication(["readers"])
    assert application is not None
    for file in (_PLEX, _AMIRI):
        QFontDatabase.addApplicationFont(str(file))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document = QTextDocument()
    font = QFont("IBM Plex Sans Arabic", 11)
    font.setFamilies(["IBM Plex Sans Arabic", "Amiri"])
    document.setDefaultFont(font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    document.setDefaultTextOption(option)
    document.setPlainText("\n".join(cases))
    document.print_(writer)
    del writer
    return bytes(buffer.data().data())


PROGRAMS: dict[str, Program] = {
    "ours": ours,
    f"typst {version('typst')}": typst,
    f"fpdf2 {version('fpdf2')}": fpdf2,
    f"WeasyPrint {version('weasyprint')}": weasyprint,
    f"Qt {version('PySide6-Essentials')}": qt,
}


def _pages(pdf: bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def pdfium(pdf: bytes) -> str:
    return "\n".join(str(page.get_textpage().get_text_bounded()) for page in _pages(pdf))


def pypdf(pdf: bytes) -> str:
    import pypdf as reader

    return "\n".join(page.extract_text() for page in reader.PdfReader(BytesIO(pdf)).pages)
