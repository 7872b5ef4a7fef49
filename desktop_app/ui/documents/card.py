"""The card of a request's documents. Names: `documents.add`, `documents.requirement`, `documents.open.<digest>`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFileDialog, QVBoxLayout, QWidget

from desktop_app.domain.attachments import MOST_BYTES, Attachment, Requirement
from desktop_app.texts import name_of, tr
from desktop_app.ui.documents.presenter import DocumentLine
from desktop_app.ui.documents.window import DocumentWindow
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import Card, holding


@dataclass(frozen=True, slots=True)
class DocumentsCalls:
    add: Callable[[str, Requirement], None] = field(compare=False)
    open: Callable[[str], None] = field(compare=False)


class DocumentsCard(QWidget):
    """A list, and what is needed to add to it; files may be dragged onto it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("documents")
        self._calls: DocumentsCalls | None = None
        self.window_of: DocumentWindow | None = None
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.requirement = QComboBox()
        self.requirement.setObjectName("documents.requirement")
        self.requirement.setAccessibleName(tr("What the document is for"))
        for one in Requirement:
            self.requirement.addItem(name_of(one), one.value)
        self.add = button(tr("Add a file…"), "plain", Icon.ADD, self._choose)
        self.add.setObjectName("documents.add")
        hint = tr("PDF, JPEG, PNG or TIFF, up to {most} million bytes.", most=MOST_BYTES // (1024 * 1024))
        self._adding = holding(
            column(self.requirement, row(self.add, 1), label(hint, Type.SMALL, Tone.MUTED, wrap=True), gap=0.5)
        )
        self.problem = label(tone=Tone.LATE, wrap=True)
        self.problem.hide()
        self.setLayout(column(Card(tr("Documents"), holding(self._lines), self.problem, self._adding), gap=0))

    def attach(self, calls: DocumentsCalls) -> None:
        self._calls = calls

    def show_documents(self, lines: tuple[DocumentLine, ...], *, may_add: bool) -> None:
        _clear(self._lines)
        for line in lines:
            name = button(line.name, "quiet", Icon.DOCUMENT, partial(self._open, line.digest))
            name.setObjectName(f"documents.open.{line.digest}")
            state = label(line.state, Type.SMALL, line.tone, wrap=True)
            self._lines.addWidget(
                holding(column(label(line.title, Type.SMALL, strong=True), row(name, 1), state, gap=0))
            )
        if not lines:
            self._lines.addWidget(label(tr("No document is attached."), Type.SMALL, Tone.MUTED))
        for at in range(self._lines.count()):
            if (item := self._lines.itemAt(at)) is not None and (made := item.widget()) is not None:
                made.show()
        self._adding.setVisible(may_add)
        self.setAcceptDrops(may_add)

    def show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def show_content(self, document: Attachment, data: bytes) -> None:
        self.window_of = DocumentWindow(document, data, self)
        self.window_of.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.take(url.toLocalFile())
        event.acceptProposedAction()

    def take(self, path: str) -> None:
        """Adds this file as what the choice above says."""
        if self._calls is not None:
            self._calls.add(path, Requirement(str(self.requirement.currentData())))

    def _choose(self) -> None:
        wanted = tr("Documents") + " (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
        path, _ = QFileDialog.getOpenFileName(self, tr("Add a file…"), "", wanted)
        if path:
            self.take(path)

    def _open(self, digest: str) -> None:
        if self._calls is not None:
            self._calls.open(digest)


def _clear(box: QBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
