"""The peers that draw a certificate: typst and WeasyPrint, each used as its makers mean it to be used for many papers
(one compiler, one font configuration), with the same fields in the same typefaces on one sheet of A4."""

from __future__ import annotations

from html import escape
from importlib.metadata import version
from typing import Any

from desktop_app.application.ports.papers import CertificateContent
from desktop_app.documents.fonts import Typeface, font_file
from tests.bench.certificate_content import pairs_of

TITLE = "رخصة مهن", "Vocational licence"
MARK = "نموذج"


class Typst:
    name = f"typst {version('typst')}"

    def __init__(self) -> None:
        import typst

        folders = sorted({str(font_file(face).parent) for face in Typeface})
        fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
        self._compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)

    def certificate(self, content: CertificateContent) -> bytes:
        # Values travel as strings of the language, so that nothing in them is taken for mark-up.
        cells = ", ".join(
            f"text(9pt, {_quoted(label)}), text(12pt, {_quoted(value)})" for label, value in pairs_of(content)
        )
        source = f"""
#set page(paper: "a4", margin: 40pt, background: rotate(-45deg, text(90pt, fill: luma(90%), {_quoted(MARK)})))
#set text(font: "IBM Plex Sans Arabic", lang: "ar", dir: rtl)
#rect(width: 100%, height: 100%, inset: 16pt)[
#align(center, text(24pt, font: "Amiri", weight: "bold", {_quoted(TITLE[0])}))
#align(center, text(12pt, {_quoted(TITLE[1])}))
#grid(columns: (2fr, 3fr), row-gutter: 9pt, {cells})
]
"""
        made: Any = self._compiler.compile(source.encode(), format="pdf")
        return bytes(made)


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
.mark { position: absolute; top: 300pt; left: 150pt; font-size: 90pt; color: #e6e6e6; transform: rotate(-45deg) }
"""
        self._style = CSS(string=declared + look, font_config=self._fonts)

    def certificate(self, content: CertificateContent) -> bytes:
        from weasyprint import HTML

        rows = "".join(f"<tr><td>{escape(label)}<td>{escape(value)}" for label, value in pairs_of(content))
        source = (
            f'<html lang="ar" dir="rtl"><body><div class="mark">{MARK}</div>'
            f"<h1>{TITLE[0]}</h1><h2>{TITLE[1]}</h2><table>{rows}</table>"
        )
        made: Any = HTML(string=source).write_pdf(stylesheets=[self._style], font_config=self._fonts)
        return bytes(made)
