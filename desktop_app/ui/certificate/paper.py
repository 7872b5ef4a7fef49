"""A stored paper on the screen: QtPdf shows the very bytes that the centre drew."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.widgets.layouts import column


class PaperView(QWidget):
    """The first page fitted to the room there is."""

    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self._shown = b""
        self._buffer = QBuffer(self)
        view = QPdfView(self)
        view.setDocument(self.document)
        view.setZoomMode(QPdfView.ZoomMode.FitInView)
        view.setPageMode(QPdfView.PageMode.SinglePage)
        view.setAccessibleName(tr("The page as it will be printed"))
        self.setLayout(column(view, gap=0))

    def show_pdf(self, pdf: bytes) -> None:
        """Shows these bytes; the same bytes again change nothing."""
        if pdf == self._shown:
            return
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._shown = pdf
