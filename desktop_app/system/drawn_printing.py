"""Printing where the platform takes no PDF: the stored file is drawn at 600 dpi and the dots go to the printer.

What was signed is then not what is printed to the byte, but to the dot; the code on the sheet proves it as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop_app.application.ports.printing import PrintingFailedError

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

DOTS_PER_INCH = 600
_POINTS_PER_INCH = 72
_BAND = 512
"""Rows of dots that are drawn at a time: a sheet takes 104 MB, and would take 140 more beside it."""


class DrawnPrinting:
    """`application.ports.printing.Printing` over Qt's printers. Needs an application object, not its thread."""

    def printers(self) -> tuple[str, ...]:
        from PySide6.QtPrintSupport import QPrinterInfo

        preferred = QPrinterInfo.defaultPrinterName()
        return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: name != preferred))

    def print_file(self, pdf: bytes, title: str, printer: str) -> None:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        found = QPrinterInfo.printerInfo(printer)
        if found.isNull():
            raise PrintingFailedError(f"no printer {printer}")
        made = QPrinter(found, QPrinter.PrinterMode.HighResolution)
        made.setDocName(title)
        draw(pdf, made)


def draw(pdf: bytes, printer: QPrinter) -> None:
    """Every page of the file on a sheet of its own size. Raises PrintingFailedError."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QPainter
    from PySide6.QtPdf import QPdfDocument

    held = QBuffer()
    held.setData(QByteArray(pdf))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(held)
    if document.status() is not QPdfDocument.Status.Ready:
        raise PrintingFailedError("the file cannot be read")
    printer.setFullPage(True)
    printer.setResolution(DOTS_PER_INCH)
    _fit(document, 0, printer)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintingFailedError("the printer did not take the page")
    try:
        for page in range(document.pageCount()):
            if page:
                _fit(document, page, printer)
                if not printer.newPage():
                    raise PrintingFailedError("the printer did not take the next page")
            _draw_page(document, page, painter)
    finally:
        painter.end()


def _fit(document: QPdfDocument, page: int, printer: QPrinter) -> None:
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize

    points = document.pagePointSize(page)
    upright = points.width() <= points.height()
    size = QPageSize(
        QSizeF(min(points.width(), points.height()), max(points.width(), points.height())),
        QPageSize.Unit.Point,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    turned = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF()))


def _draw_page(document: QPdfDocument, page: int, painter: QPainter) -> None:
    """As one picture: at the seams of several a printer's driver that scales would lose rows of dots."""
    from PySide6.QtCore import QRect, QSize, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtPdf import QPdfDocumentRenderOptions

    points = document.pagePointSize(page)
    scale = DOTS_PER_INCH / _POINTS_PER_INCH
    whole = QSize(round(points.width() * scale), round(points.height() * scale))
    # White where nothing is drawn: what is transparent a printer takes for black at the edges.
    paper = QImage(whole, QImage.Format.Format_RGB888)
    if paper.isNull():
        raise PrintingFailedError("there is not enough memory for a page")
    paper.fill(Qt.GlobalColor.white)
    drawing = QPainter(paper)
    try:
        for top, rows in _bands(whole.height()):
            options = QPdfDocumentRenderOptions()
            options.setScaledSize(whole)
            options.setScaledClipRect(QRect(0, top, whole.width(), rows))
            band = document.render(page, QSize(whole.width(), rows), options)
            if band.isNull():
                raise PrintingFailedError("the page cannot be drawn")
            drawing.drawImage(0, top, band)
    finally:
        drawing.end()
    painter.drawImage(0, 0, paper)


def _bands(height: int) -> Iterator[tuple[int, int]]:
    for top in range(0, height, _BAND):
        yield top, min(_BAND, height - top)
