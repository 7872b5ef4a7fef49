"""Inside one of the tour's workstation processes: takes steps from the stage and does them on the real windows."""

from __future__ import annotations

import faulthandler
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
_OF_THE_PLATFORM = "This plugin does not support "
"""How the offscreen platform begins what it says of itself, such as that it raises no windows; it is not about ours."""


@dataclass
class Desk:
    """What a step works with: the hand, the folder of the pictures, and what Qt complained of meanwhile."""

    out: Path
    crashes: Path
    hand: Hand = field(default_factory=Hand)
    complaints: list[str] = field(default_factory=list)

    @property
    def window(self) -> QWidget:
        """The window in front."""
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]
        return max(shown, key=lambda one: one.width() * one.height())

    def check(self) -> None:
        """Raises RuntimeError when Qt complained or the program wrote a crash report."""
        if self.complaints:
            raise RuntimeError(f"Qt complained: {self.complaints}")
        for report in self.crashes.glob("*"):
            raise RuntimeError(report.read_text(encoding="utf-8"))

    def unfold(self) -> None:
        """Gives the window in front the size of the pictures."""
        self.window.resize(WIDTH, HEIGHT)

    def picture(self, name: str) -> None:
        """Writes the window in front as `name`.png, 1440 × 900."""
        self.unfold()
        self.hand.picture(self.window, self.out / f"{name}.png")


class _Steps(QObject):
    """Carries each step from the reading thread to the UI thread."""

    asked = Signal(object)
    ended = Signal()


def work(out: Path, crashes: Path, desk_steps: dict[str, Any], app: QApplication) -> int:
    """Does steps until the stage closes the stream; the exit status says whether Qt stayed silent."""
    # A caret that blinks never looks the same for as long as a picture waits for.
    app.setCursorFlashTime(0)
    desk = Desk(out, crashes)
    steps = _Steps()

    def complain(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        harmless = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) or text.startswith(_OF_THE_PLATFORM)
        if not harmless:
            desk.complaints.append(text)

    def perform(message: Answer) -> None:
        answer: dict[str, Any] = {"done": True}
        try:
            answer["result"] = desk_steps[message["step"]](desk, **message["arguments"])
            desk.check()
        except Exception as why:  # noqa: BLE001 — the stage is told of everything, and ends the journey
            traceback.print_exc(file=sys.stderr)
            faulthandler.dump_traceback(sys.stderr, all_threads=True)
            desk.hand.picture(desk.window, out / f"failed-{message['step']}.png")
            reports = "\n".join(report.read_text(encoding="utf-8") for report in crashes.glob("*"))
            answer = {"done": False, "why": f"{why}\n{reports}".strip()}
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
