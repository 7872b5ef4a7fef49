"""The peers that draw a certificate: typst, WeasyPrint, fpdf2 and Qt, each used as its makers mean it for many papers.

That is one compiler, one font configuration; the same fields in the same typefaces, a sheet of A4 for each certificate,
all that are asked for at once in one file.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.metadata import version
from typing import Any

from desktop_app.application.ports.papers import CertificateContent
from desktop_app.documents.fonts import Typeface, font_file
from tests.bench.certificate_pairs import pairs_of

TITLE = "رخصة مهن", "Vocational licence"
MARK = "نموذج"


class Typst:
    name = f"typst {version('typst')}"

    def __init__(self) -> None:
        import typst

        folders = sorted({str(font_file(face).parent) for face in Typeface})
        fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
        self._compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)

    def sheets(self, contents: Sequence[CertificateContent]) -> bytes:
        source = f"""
#set page(paper: "a4", margin: 40pt, background: rotate(-45deg, text(90pt, fill: luma(90%), {_quoted(MARK)})))
#set text(font: "IBM Plex Sans Arabic", lang: "ar", dir: rtl)
"""
        source += "#pagebreak()\n".join([_typst_sheet(content) for content in contents])
        made: Any = self._compiler.compile(source.encode(), format="pdf")
        return bytes(made)


def _typst_sheet(content: CertificateContent) -> str:
    # Values travel as strings of the language, so that nothing in them is taken for mark-up.
    cells = ", ".join(
        f"text(9pt, {_quoted(label)}), text(12pt, {_quoted(value)})" for label, value in pairs_of(content)
    )
    return f"""#rect(width: 100%, height: 100%, inset: 16pt)[
#align(center, text(24pt, font: "Amiri", weight: "bold", {_quoted(TITLE[0])}))
#align(center, text(12pt, {_quoted(TITLE[1])}))
#grid(columns: (2fr, 3fr), row-gutter: 9pt, {cells})
]
"""


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


class WeasyPrint:
    name = f"WeasyPrint {version('weasyprint')}"

    def __init__(self) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        self._fonts = FontConfiguration()
        faces = {
            ("Plex", 400): Typeface.BODY,
            ("Plex", 600): Typeface.BODY_BOLD,
            ("AmiriTitle", 700): Typeface.TITLE,
        }
        declared = "\n".join(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{font_file(face).as_uri()}"); }}'
            for (family, weight), face in faces.items()
        )
        look = """
@page { size: A4; margin: 40pt }
body { font: 12pt Plex; border: 1pt solid black; padding: 16pt }
h1 { font: bold 24pt AmiriTitle; text-align: center; margin: 0 } h2 { font-size: 12pt; text-align: center }
table { width: 100% } td { padding: 3pt } td:first-child { font-size: 9pt; width: 40% }
.sheet { position: relative; break-before: page }
.mark { position: absolute; top: 300pt; left: 150pt; font-size: 90pt; color: #e6e6e6; transform: rotate(-45deg) }
"""
        self._style = CSS(string=declared + look, font_config=self._fonts)

    def sheets(self, contents: Sequence[CertificateContent]) -> bytes:
        from weasyprint import HTML

        source = '<html lang="ar" dir="rtl"><body>' + "".join([_html_sheet(content) for content in contents])
        made: Any = HTML(string=source).write_pdf(stylesheets=[self._style], font_config=self._fonts)
        return bytes(made)


def _html_sheet(content: CertificateContent) -> str:
    rows = "".join(f"<tr><td>{escape(label)}<td>{escape(value)}" for label, value in pairs_of(content))
    return (
        f'<div class="sheet"><div class="mark">{MARK}</div>'
        f"<h1>{TITLE[0]}</h1><h2>{TITLE[1]}</h2><table>{rows}</table></div>"
    )


class Fpdf2:
    name = f"fpdf2 {version('fpdf2')}"

    def sheets(self, contents: Sequence[CertificateContent]) -> bytes:
        from fpdf import FPDF

        pdf: Any = FPDF(format="A4")
        for family, face in (("Plex", Typeface.BODY), ("Amiri", Typeface.TITLE)):
            pdf.add_font(family, fname=str(font_file(face)))
        pdf.set_text_shaping(use_shaping_engine=True, direction="rtl", script="arab", language="ara")
        for content in contents:
            _fpdf2_sheet(pdf, content)
        return bytes(pdf.output())


def _fpdf2_sheet(pdf: Any, content: CertificateContent) -> None:
    pdf.add_page()
    pdf.rect(10, 10, 190, 277)
    pdf.set_font("Plex", size=90)
    pdf.set_text_color(230)
    with pdf.rotation(45, 105, 148):
        pdf.set_xy(15, 130)
        pdf.cell(180, 36, MARK, align="C")
    pdf.set_y(12)
    pdf.set_text_color(0)
    for words, family, size in ((TITLE[0], "Amiri", 24), (TITLE[1], "Plex", 12)):
        pdf.set_font(family, size=size)
        pdf.cell(0, 12, words, align="C", new_x="LMARGIN", new_y="NEXT")
    for label, value in pairs_of(content):
        pdf.set_font("Plex", size=12)
        pdf.cell(114, 8, value, align="R")
        pdf.set_font("Plex", size=9)
        pdf.cell(66, 8, label, align="R", new_x="LMARGIN", new_y="NEXT")


class Qt:
    name = f"Qt {version('PySide6-Essentials')}"

    def __init__(self) -> None:
        from PySide6.QtGui import QFontDatabase
        from PySide6.QtWidgets import QApplication

        # Of the kind that windows need: tests of windows may come after it in the same process.
        self._application = QApplication.instance() or QApplication(["bench", "-platform", "offscreen"])
        for face in (Typeface.BODY, Typeface.BODY_BOLD, Typeface.TITLE):
            QFontDatabase.addApplicationFont(str(font_file(face)))

    def sheets(self, contents: Sequence[CertificateContent]) -> bytes:
        from PySide6.QtCore import QBuffer, QIODevice
        from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setResolution(300)
        painter = QPainter(writer)
        for at, content in enumerate(contents):
            if at:
                writer.newPage()
            _qt_sheet(painter, writer, content)
        painter.end()
        del writer
        return bytes(buffer.data().data())


def _qt_sheet(painter: Any, writer: Any, content: CertificateContent) -> None:
    from PySide6.QtGui import QColor, QFont, QTextDocument

    rows = "".join(
        f'<tr><td width="60%">{escape(value)}</td><td style="font-size:9pt">{escape(label)}</td></tr>'
        for label, value in pairs_of(content)
    )
    document = QTextDocument()
    document.setDefaultFont(QFont("IBM Plex Sans Arabic", 12))
    document.setHtml(
        f'<div dir="rtl"><h1 align="center" style="font-family:Amiri">{TITLE[0]}</h1>'
        f'<p align="center">{TITLE[1]}</p>'
        f'<table dir="rtl" width="100%">{rows}</table></div>'
    )
    painter.drawRect(0, 0, writer.width() - 1, writer.height() - 1)
    painter.save()
    painter.setPen(QColor(230, 230, 230))
    painter.setFont(QFont("IBM Plex Sans Arabic", 90))
    painter.translate(writer.width() / 3, writer.height() * 2 / 3)
    painter.rotate(-45)
    painter.drawText(0, 0, MARK)
    painter.restore()
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(writer.pageLayout().paintRectPixels(writer.resolution()).size().toSizeF())
    document.drawContents(painter)
