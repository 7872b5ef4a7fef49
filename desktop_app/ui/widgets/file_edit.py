"""A field that holds a file: chosen in the system's own dialog, or dragged here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.texts import isolate, tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import row


class FileEdit(QWidget):
    """`path` is "" while no file is chosen; `chosen` tells that this has changed."""

    chosen = Signal()

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self.path = ""
        self.choose = button(tr("Choose a file…"), "plain", Icon.ADD, self._choose)
        self.clear = button(tr("Without a file"), "quiet", None, lambda: self.take(""))
        self._name = label(tone=Tone.MUTED, wrap=True)
        self.setAcceptDrops(True)
        self.setFocusProxy(self.choose)
        box = row(self.choose, self._name, self.clear, gap=1)
        box.setStretchFactor(self._name, 1)
        box.setContentsMargins(0, 0, 0, 0)
        self.setLayout(box)
        self._show(path)

    def setObjectName(self, name: str) -> None:
        """The buttons within are named after the field."""
        super().setObjectName(name)
        self.choose.setObjectName(f"{name}.choose")
        self.clear.setObjectName(f"{name}.clear")

    def take(self, path: str) -> None:
        """Holds this file from now on."""
        self._show(path)
        self.chosen.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.take(local[0])
            event.acceptProposedAction()

    def _show(self, path: str) -> None:
        self.path = path
        self._name.setText(isolate(Path(path).name) if path else tr("no file"))
        self.clear.setVisible(bool(path))

    def _choose(self) -> None:
        wanted = tr("Documents") + " (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose a file…"), "", wanted)
        if path:
            self.take(path)
