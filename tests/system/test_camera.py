"""Cameras by Qt: what is loaded late, what is missing, and a frame as it is looked through."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.application.ports.camera import CameraTrouble, Frame
from desktop_app.system import camera
from desktop_app.system.camera import LONGEST_SIDE, QtCamera


def test_without_its_part_of_qt_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    with pytest.raises(OSError, match="QtMultimedia"):
        QtCamera().prepare()
    QtCamera().stop()


def test_nothing_of_it_is_loaded_before_somebody_asks(project: Path) -> None:
    asked = (
        "import sys; import desktop_app.system.camera, desktop_app.ui.verify.screen;"
        " print([one for one in sys.modules if 'Multimedia' in one])"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=project, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_somebody_who_does_not_permit_it_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "_with_permission", lambda then: then(False))
    told: list[CameraTrouble] = []
    QtCamera().start(_unseen, told.append)
    assert told == [CameraTrouble.REFUSED]


def test_an_answer_that_comes_after_it_was_turned_off_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[object] = []
    monkeypatch.setattr(camera, "_with_permission", answers.append)
    told: list[CameraTrouble] = []
    made = QtCamera()
    made.start(_unseen, told.append)
    made.stop()
    (answer,) = answers
    assert callable(answer)
    answer(True)
    assert told == []


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1283, 719), (3840, 2160), (90, 3000)])
def test_a_frame_is_a_grey_picture_without_padding(width: int, height: int) -> None:
    from PySide6.QtGui import QColor, QImage, QPainter

    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(0, 0, width, height // 4, QColor("black"))
    painter.end()

    class AFrame:
        def toImage(self) -> QImage:
            return image

    picture = camera._QtFrame(AFrame()).picture()  # type: ignore[arg-type]
    assert picture is not None
    assert len(picture.dots) == picture.width * picture.height
    assert max(picture.width, picture.height) == min(LONGEST_SIDE, max(width, height))
    assert set(picture.dots[-picture.width :]) == {255}
    assert set(picture.dots[: picture.width]) == {0}


def test_a_frame_that_cannot_be_read_is_none() -> None:
    from PySide6.QtGui import QImage

    class AFrame:
        def toImage(self) -> QImage:
            return QImage()

    assert camera._QtFrame(AFrame()).picture() is None  # type: ignore[arg-type]


@pytest.mark.qt_log_ignore("symbols", "library")  # what Qt's video looks for beside itself, and does without
def test_a_computer_without_a_camera_says_so(qapp: object) -> None:
    pytest.importorskip("PySide6.QtMultimedia", reason="a library of sound is missing here", exc_type=ImportError)
    from PySide6.QtMultimedia import QMediaDevices

    if QMediaDevices.videoInputs():
        pytest.skip("a camera is there, and its light would go on")
    told: list[CameraTrouble] = []
    made = QtCamera()
    made.prepare()
    made.start(_unseen, told.append)
    assert told == [CameraTrouble.NONE]
    made.stop()


def _unseen(_: Frame) -> None:
    raise AssertionError("nothing is to be seen")
