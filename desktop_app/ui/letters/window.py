"""A letter in a window of its own, to be read, printed and saved.

Names: `letters.window`, `letters.printer`, `letters.print`, `letters.save`; those of the pages as of any document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from desktop_app.application.ports.page_trial import NoTrial
from desktop_app.domain.attachments import Attachment, ContentType, Requirement
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.documents.window import DocumentWindow
from desktop_app.ui.icons import Icon
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.layouts import row
from desktop_app.ui.widgets.sections import holding


@dataclass(frozen=True, slots=True)
class PrintCalls:
    """The name of the printer; the file to be written."""

    print: Callable[[str], None] = field(compare=False)
    save: Callable[[Path], None] = field(compare=False)


class Prints(Protocol):
    """Prints and saves what a window shows."""

    def print(self, title: str, pdf: bytes, printer: str) -> None: ...

    def save(self, pdf: bytes, path: Path) -> None: ...


def open_letter(
    title: str, pdf: bytes, printers: tuple[str, ...], background: Background, prints: Prints, parent: QWidget
) -> LetterWindow:
    """A window with the paper, shown."""
    calls = PrintCalls(lambda printer: prints.print(title, pdf, printer), lambda path: prints.save(pdf, path))
    window = LetterWindow(title, pdf, printers, background, calls, parent)
    window.show()
    return window


class LetterWindow(DocumentWindow):
    """The pages with what prints them. Without a printer the letter is saved, to be printed elsewhere."""

    def __init__(
        self,
        title: str,
        pdf: bytes,
        printers: tuple[str, ...],
        background: Background,
        calls: PrintCalls,
        parent: QWidget,
    ) -> None:
        digest = hashlib.sha256(pdf).hexdigest()
        paper = Attachment(digest, Requirement.OTHER, title, ContentType.PDF, len(pdf))
        super().__init__(paper, pdf, background, parent, NoTrial())  # it was drawn in this program
        self.setObjectName("letters.window")
        self.setWindowTitle(title)
        self._calls = calls
        self.printer = QComboBox()
        self.printer.setObjectName("letters.printer")
        self.printer.setAccessibleName(tr("Printer"))
        self.printer.addItems(list(printers))
        self.print = button(tr("Print"), "main", Icon.PRINT, lambda: calls.print(self.printer.currentText()))
        self.print.setObjectName("letters.print")
        self.save = button(tr("Save a copy"), "plain" if printers else "main", Icon.DOCUMENT, self._save)
        self.save.setObjectName("letters.save")
        for shown in (self.printer, self.print):
            shown.setVisible(bool(printers))
        for made in (self.print, self.save):
            made.setAutoDefault(False)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(holding(row(self.print, self.printer, self.save, 1, gap=1, margin=1)))

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), "letter.pdf", "PDF (*.pdf)")
        if chosen:
            self._calls.save(Path(chosen))
