"""Drawn at 600 dpi, a sheet is the sheet: to the eye, and to who reads its code back."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktop_app.application.ports.printing import PrintingFailedError
from desktop_app.documents.certificate import draw_certificate, draw_certificates
from desktop_app.system import printing
from desktop_app.system.drawn_printing import DOTS_PER_INCH, DrawnPrinting, draw
from tests.documents.samples import certificate

BLUR = ImageFilter.GaussianBlur(3)
CODE = "TJZ1:" + "NCF-+Q OW6*N" * 30


@pytest.fixture
def printer(qapp: QApplication, tmp_path: Path) -> QPrinter:
    """Its sheets lie in `sheets.pdf`."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "sheets.pdf"))
    return made


def seen(pdf: Path, folder: Path, dots: int) -> Image.Image:
    subprocess.run(["pdftoppm", "-r", str(dots), "-gray", "-singlefile", pdf, folder / pdf.stem], check=True)
    return Image.open(folder / f"{pdf.stem}.pgm")


def test_a_drawn_sheet_is_the_stored_one_to_the_eye_and_its_code_is_read(printer: QPrinter, tmp_path: Path) -> None:
    import zxingcpp

    content = replace(certificate(), code=CODE)
    stored = tmp_path / "stored.pdf"
    stored.write_bytes(draw_certificate(content))
    draw(stored.read_bytes(), printer)
    drawn = tmp_path / "sheets.pdf"
    with pikepdf.open(drawn) as sheets:
        (picture,) = sheets.pages[0].get_images().values()
        assert abs(int(picture.Width) - 210 / 25.4 * DOTS_PER_INCH) <= 2
    one, other = (seen(pdf, tmp_path, 75).resize((620, 877)).filter(BLUR) for pdf in (stored, drawn))
    differing = ImageChops.difference(one, other).histogram()
    assert not any(differing[48:]), "not a line of it is missing, not a band is moved"
    assert [found.text for found in zxingcpp.read_barcodes(seen(drawn, tmp_path, 150))] == [CODE]


def test_every_page_is_a_sheet(printer: QPrinter, tmp_path: Path) -> None:
    draw(draw_certificates([certificate(), certificate(name="ليلى حداد")]), printer)
    with pikepdf.open(tmp_path / "sheets.pdf") as sheets:
        assert len(sheets.pages) == 2


def test_what_is_no_file_and_what_is_no_printer_is_said(printer: QPrinter) -> None:
    with pytest.raises(PrintingFailedError):
        draw(b"no file", printer)
    with pytest.raises(PrintingFailedError):
        DrawnPrinting().print_file(b"%PDF-1.7", "title", "there is none")


@pytest.mark.parametrize(("platform", "kind"), [("win32", "RememberedPrinting"), ("linux", "NoPrinters")])
def test_it_is_for_platforms_that_take_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, kind: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    found = printing.find_printing(tmp_path / "printer")
    assert type(found).__name__ == kind
    assert found.printers() == ()
