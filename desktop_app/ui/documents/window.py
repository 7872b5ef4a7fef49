"""A document in a window of its own: pages of a PDF, or a picture fitted to the room there is."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from desktop_app.domain.attachments import Attachment, ContentType
from desktop_app.texts import tr
from desktop_app.ui.theme import Tone, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column


class DocumentWindow(QDialog):
    """`readable` says whether what came could be drawn."""

    def __init__(self, document: Attachment, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("documents.window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(document.name)
        self.resize(space(100), space(110))
        self.readable = True
        self._picture = QPixmap()
        self._place: QLabel | None = None
        content = self._pdf(data) if document.content_type is ContentType.PDF else self._image(data)
        if not self.readable:
            sentence = tr("This file cannot be drawn here. It is kept as it was attached.")
            content = label(sentence, tone=Tone.LATE, wrap=True)
        self.setLayout(column(content, gap=0))

    def _pdf(self, data: bytes) -> QWidget:
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        paper = QPdfDocument(self)
        paper.load(self._buffer)
        self.readable = paper.status() is QPdfDocument.Status.Ready
        view = QPdfView(self)
        view.setDocument(paper)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        return view

    def _image(self, data: bytes) -> QWidget:
        image = QImage.fromData(data)
        self.readable = not image.isNull()
        self._picture = QPixmap.fromImage(image)
        self._place = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._place.setMinimumSize(1, 1)
        return self._place

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._place is not None and not self._picture.isNull():
            fitted = self._picture.scaled(
                self._place.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._place.setPixmap(fitted)
