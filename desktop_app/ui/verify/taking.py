"""What was dropped or copied, as the presenter takes it: files by their paths, a picture as what gives its bytes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt
from PySide6.QtGui import QImage

from desktop_app.ui.verify.presenter import VerifyPresenter


def may_take(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls()) or data.hasImage() or data.hasText()


def take(data: QMimeData, presenter: VerifyPresenter) -> bool:
    """Whether there was anything to be checked. Files go before a picture of them, pictures before their text."""
    local = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if local:
        presenter.check_files(local)
        return True
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            presenter.check_picture(bytes_of(image))
            return True
    if data.hasText() and data.text().strip():
        presenter.check_typed(data.text())
        return True
    return False


_LONGEST_SIDE = 6_000
"""Dots: what is on the clipboard may be as large as memory is, and a code is read in fewer."""


def bytes_of(image: QImage) -> Callable[[], bytes]:
    """What writes the picture as PNG when it is called, on whatever thread."""

    def written() -> bytes:
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        small = image
        if max(image.width(), image.height()) > _LONGEST_SIDE:
            small = image.scaled(_LONGEST_SIDE, _LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        if not small.hasAlphaChannel():  # without it, what nothing is drawn on would be black
            small = small.convertToFormat(QImage.Format.Format_Grayscale8)
        # Fast rather than small: it is read again at once.
        small.save(held, "PNG", 100)  # type: ignore[call-overload]
        return bytes(held.data().data())

    return written
