"""What the camera sees, in the grey in which it is looked through."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.application.certificate_verifying import GreyPicture
from desktop_app.texts import tr
from desktop_app.ui.theme import Tone, current, space


class CameraPicture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._held = b""
        self.setFixedHeight(space(30))
        self.setAccessibleName(tr("What the camera sees"))

    @property
    def seen(self) -> bool:
        return self._image is not None

    def sizeHint(self) -> QSize:
        return QSize(space(40), space(30))

    def show_picture(self, picture: GreyPicture) -> None:
        self._held = picture.dots  # a QImage does not hold what it looks at
        self._image = QImage(self._held, picture.width, picture.height, picture.width, QImage.Format.Format_Grayscale8)
        self.update()

    def forget(self) -> None:
        self._image, self._held = None, b""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = current()
        painter.fillRect(self.rect(), theme.neutral)
        if self._image is None:
            painter.setPen(theme.colour(Tone.MUTED))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("The camera is starting…"))
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRect(0, 0, size.width(), size.height())
            box.moveCenter(self.rect().center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._image)
        painter.end()
