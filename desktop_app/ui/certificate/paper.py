"""A stored paper on the screen: QtPdf shows the very bytes that the centre drew."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, Qt, QTimer
from PySide6.QtGui import QColor, QPalette, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.texts import tr
from desktop_app.ui.theme import current
from desktop_app.ui.widgets.layouts import column
from desktop_app.ui.widgets.states import Stateful, refused


class _Page(QPdfView):
    """The ground around the page is the window's: QtPdf would take a grey of its own."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            # Later: the stylesheet is not done yet, and will put back the palette that it found.
            QTimer.singleShot(0, self, self._dress)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._dress()

    def _dress(self) -> None:
        ground, dressed = current().colours.surface, self.palette()
        if dressed.color(QPalette.ColorRole.Dark) != QColor(ground):
            dressed.setColor(QPalette.ColorRole.Dark, QColor(ground))
            self.setPalette(dressed)


class PaperView(QWidget):
    """The first page fitted to the room there is."""

    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self._shown = b""
        self._buffer = QBuffer(self)
        self.view = _Page(self)
        self.view.setDocument(self.document)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setPageMode(QPdfView.PageMode.SinglePage)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        for turn_off in (self.view.setVerticalScrollBarPolicy, self.view.setHorizontalScrollBarPolicy):
            turn_off(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the whole page is in view
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
