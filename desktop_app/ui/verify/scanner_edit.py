"""The field that a scanner types into: what ends with Enter or Tab is one code, and it empties for the next."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from desktop_app.application.scanner_text import LONGEST
from desktop_app.texts import tr
from desktop_app.ui.widgets.edits import LineEdit


class ScannerEdit(LineEdit):
    """`scanned` gives what was typed, as it was typed; `pasted` tells of a paste that is no text."""

    scanned = Signal(str)
    pasted = Signal()

    def __init__(self) -> None:
        super().__init__(placeholder=tr("Scan the code of the certificate"))
        self.setAccessibleName(tr("Code of the certificate"))
        self.setMaxLength(LONGEST)
        # Whatever a layout makes of the scanner's keys is read as it came: nothing may compose it first.
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData)
        self.returnPressed.connect(self._end)

    def event(self, event: QEvent) -> bool:
        # Some scanners end with Tab, which would lead out of the field.
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self.text()
        ):
            self._end()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not is_text_on_clipboard():
            self.pasted.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _end(self) -> None:
        typed = self.text()
        self.clear()
        if typed.strip():
            self.scanned.emit(typed)


def copied_now() -> QMimeData | None:
    """What lies on the clipboard. Qt answers None for an empty one, whatever the stubs say."""
    return cast("QMimeData | None", QGuiApplication.clipboard().mimeData())


def is_text_on_clipboard() -> bool:
    """Text alone: a file or a picture that was copied often brings its name as text beside it."""
    copied = copied_now()
    return copied is not None and copied.hasText() and not copied.hasImage() and not copied.hasUrls()
