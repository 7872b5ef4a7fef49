"""Inside one of the tour's workstation processes: takes steps from the stage and does them on the real windows."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.tour.hand import Hand
from desktop_app.tour.protocol import Answer, receive, send

WIDTH, HEIGHT = 1440, 900


@dataclass
class Desk:
    """What a step works with: the hand, the folder of the pictures, and what Qt complained of meanwhile."""

    out: Path
    hand: Hand = field(default_factory=Hand)
    complaints: list[str] = field(default_factory=list)

    @property
    def window(self) -> QWidget:
        """The window in front."""
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]
        return max(shown, key=lambda one: one.width() * one.height())

    def picture(self, name: str) -> None:
        """Writes the window in front as `name`.png, 1440 × 900."""
        window = self.window
        window.resize(WIDTH, HEIGHT)
        self.hand.picture(window, self.out / f"{name}.png")


class _Steps(QObject):
    """Carries each step from the reading thread to the UI thread."""

    asked = Signal(object)
    ended = Signal()


def work(out: Path, desk_steps: dict[str, Any], app: QApplication) -> int:
    """Does steps until the stage closes the stream; the exit status says whether Qt stayed silent."""
    desk = Desk(out)
    steps = _Steps()

    def complain(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg:
            desk.complaints.append(text)

    def perform(message: Answer) -> None:
        answer: dict[str, Any] = {"done": True}
        try:
            answer["result"] = desk_steps[message["step"]](desk, **message["arguments"])
            if desk.complaints:
                raise RuntimeError(f"Qt complained: {desk.complaints}")
        except Exception as why:  # noqa: BLE001 — the stage is told of everything, and ends the journey
            traceback.print_exc(file=sys.stderr)
            desk.hand.picture(desk.window, out / f"failed-{message['step']}.png")
            answer = {"done": False, "why": str(why)}
        send(sys.stdout, answer)

    def listen() -> None:
        while (message := receive(sys.stdin)) is not None:
            steps.asked.emit(message)
        steps.ended.emit()

    previous = qInstallMessageHandler(complain)
    steps.asked.connect(perform, Qt.ConnectionType.QueuedConnection)
    steps.ended.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    threading.Thread(target=listen, daemon=True).start()
    status = app.exec()
    qInstallMessageHandler(previous)
    for complaint in desk.complaints:
        print(f"Qt: {complaint}", file=sys.stderr)
    return status or (1 if desk.complaints else 0)


def offscreen() -> None:
    """Windows of the tour are drawn, never shown."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
