"""Pages of a document as pictures, drawn where it does not hold up the window: nothing here touches a widget.

PDF by QtPdf; JPEG, PNG and TIFF, of which one may hold many pages, by Qt's own readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtPdf import QPdfDocument

from desktop_app.domain.attachments import ContentType

WIDEST = 6000
"""Nobody looks closer than so many points across; a page of that width is a hundred million bytes."""


def count_pages(kind: ContentType, data: bytes) -> int:
    """How many pages can be drawn; 0 for what is damaged or locked by a password."""
    if kind is ContentType.PDF:
        with _paper(data) as paper:
            return paper.pageCount() if paper.status() is QPdfDocument.Status.Ready else 0
    with _picture(data) as reader:
        return max(reader.imageCount(), 1) if reader.canRead() else 0


def draw_page(kind: ContentType, data: bytes, page: int, width: int) -> QImage:
    """Page `page` (from 0), `width` points wide, on white; a null image for what cannot be drawn."""
    wide = max(1, min(width, WIDEST))
    return _draw_paper(data, page, wide) if kind is ContentType.PDF else _draw_picture(data, page, wide)


def _draw_paper(data: bytes, page: int, width: int) -> QImage:
    with _paper(data) as paper:
        if not 0 <= page < paper.pageCount():
            return QImage()
        size = paper.pagePointSize(page)
        height = round(width * size.height() / max(size.width(), 1.0))
        return _on_white(paper.render(page, QSize(width, max(1, min(height, 4 * WIDEST)))))


def _draw_picture(data: bytes, page: int, width: int) -> QImage:
    with _picture(data) as reader:
        if page and not reader.jumpToImage(page):
            return QImage()
        image = reader.read()
    if image.isNull() or image.width() == width:
        return _on_white(image)
    return _on_white(image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))


def _on_white(drawn: QImage) -> QImage:
    """Transparent paper is white, on a dark screen too."""
    if drawn.isNull():
        return drawn
    whole = QImage(drawn.size(), QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.white)
    painter = QPainter(whole)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return whole


@contextmanager
def _paper(data: bytes) -> Iterator[QPdfDocument]:
    buffer = _opened(data)
    paper = QPdfDocument()
    paper.load(buffer)
    try:
        yield paper
    finally:
        paper.close()
        buffer.close()


@contextmanager
def _picture(data: bytes) -> Iterator[QImageReader]:
    buffer = _opened(data)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)  # a telephone's photograph says which way is up
    try:
        yield reader
    finally:
        reader.setDevice(None)  # type: ignore[arg-type]
        buffer.close()


def _opened(data: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
