"""The camera through QtMultimedia, which is loaded when somebody first asks for it and may be missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.application.certificate_verifying import GreyPicture
from desktop_app.application.ports.camera import CameraTrouble, Frame

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QVideoFrame, QVideoSink

LONGEST_SIDE = 1920
"""Dots of what is looked through: a code that fills an eighth of the picture is read, in three milliseconds."""


class QtCamera:
    """`application.ports.camera.Camera`. All but `prepare` belongs to the UI thread."""

    def __init__(self) -> None:
        self._running: tuple[QCamera, QMediaCaptureSession, QVideoSink] | None = None
        self._asked = 0

    def prepare(self) -> None:
        try:
            import PySide6.QtMultimedia  # noqa: F401
        except ImportError as error:
            raise OSError("QtMultimedia is not here") from error

    def start(self, seen: Callable[[Frame], None], failed: Callable[[CameraTrouble], None]) -> None:
        self.stop()
        self._asked += 1
        asked = self._asked
        _with_permission(
            lambda granted: self._permitted(seen, failed, granted=granted) if asked == self._asked else None
        )

    def stop(self) -> None:
        self._asked += 1
        if self._running is not None:
            camera, session, sink = self._running
            self._running = None
            camera.blockSignals(True)
            sink.blockSignals(True)
            camera.stop()
            for one in (sink, session, camera):
                one.deleteLater()

    def _permitted(
        self, seen: Callable[[Frame], None], failed: Callable[[CameraTrouble], None], *, granted: bool
    ) -> None:
        if not granted:
            failed(CameraTrouble.REFUSED)
            return
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoSink

        device = QMediaDevices.defaultVideoInput()
        if device.isNull():
            failed(CameraTrouble.NONE)
            return
        camera, session, sink = QCamera(device), QMediaCaptureSession(), QVideoSink()
        self._running = camera, session, sink
        session.setCamera(camera)
        session.setVideoSink(sink)
        sink.videoFrameChanged.connect(lambda frame: seen(_QtFrame(frame)))
        camera.errorOccurred.connect(lambda *_: self._failed(failed))
        if camera.isFocusModeSupported(QCamera.FocusMode.FocusModeAutoNear):
            camera.setFocusMode(QCamera.FocusMode.FocusModeAutoNear)
        camera.start()

    def _failed(self, failed: Callable[[CameraTrouble], None]) -> None:
        if self._running is not None:
            self.stop()
            failed(CameraTrouble.FAILED)


def _with_permission(then: Callable[[bool], None]) -> None:
    """Asks the person where the system has them asked; elsewhere it is granted at once."""
    from PySide6.QtCore import QCameraPermission, QCoreApplication, Qt

    app, wanted = QCoreApplication.instance(), QCameraPermission()
    if app is None:
        then(False)
        return
    status = app.checkPermission(wanted)
    if status is Qt.PermissionStatus.Undetermined:
        app.requestPermission(wanted, app, lambda answer: then(answer.status() is Qt.PermissionStatus.Granted))
    else:
        then(status is Qt.PermissionStatus.Granted)


class _QtFrame:
    def __init__(self, frame: QVideoFrame) -> None:
        self._frame = frame

    def picture(self) -> GreyPicture | None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QImage

        image = self._frame.toImage()
        if image.isNull():
            return None
        if max(image.width(), image.height()) > LONGEST_SIDE:
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(LONGEST_SIDE, LONGEST_SIDE, kept, smooth)
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        across, line = grey.width(), grey.bytesPerLine()
        dots = bytes(grey.constBits())
        if line != across:  # rows are padded to four bytes
            dots = b"".join(dots[row * line : row * line + across] for row in range(grey.height()))
        return GreyPicture(across, grey.height(), dots)
