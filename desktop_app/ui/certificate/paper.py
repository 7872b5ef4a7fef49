"""A stored paper on the screen: QtPdf shows the very bytes that the centre drew."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.texts import tr
from desktop_app.ui.widgets.layouts import column
from desktop_app.ui.widgets.states import Stateful, refused


class PaperView(QWidget):
    """The first page fitted to the room there is."""

    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self._shown = b""
        self._buffer = QBuffer(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setPageMode(QPdfView.PageMode.SinglePage)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName(tr("The page as it will be printed"))
        self.stage = Stateful(self.view)
        self.setLayout(column(self.stage, gap=0))
        self.document.statusChanged.connect(self._judge)

    @property
    def shown(self) -> bytes:
        """The bytes that are shown."""
        return self._shown

    @property
    def readable(self) -> bool:
        return self.document.status() is QPdfDocument.Status.Ready

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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._dress()  # not before: the stylesheet puts back the palette of what it has not seen yet

    def _judge(self, status: QPdfDocument.Status) -> None:
        if status is QPdfDocument.Status.Error:
            self.stage.show_state(
                refused(
                    tr("This paper cannot be shown."),
                    tr("The file did not arrive whole. Synchronise; if it stays so, tell the system administrator."),
                )
            )
        elif status is QPdfDocument.Status.Ready:
            self.stage.show_content()

    def _dress(self) -> None:
        """The ground around the page is the window's: QtPdf would take a grey of its own."""
        ground = self.palette().color(QPalette.ColorRole.Window)
        dressed = self.view.palette()
        if dressed.color(QPalette.ColorRole.Dark) != ground:
            dressed.setColor(QPalette.ColorRole.Dark, ground)
            self.view.setPalette(dressed)
