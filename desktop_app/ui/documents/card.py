"""The card of a request's documents: one line for each paper it refers to, and whatever else was attached.

Names: `documents.add`, `documents.scan`, `documents.requirement`; those of each paper in `requirement_row`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFileDialog, QMenu, QVBoxLayout

from desktop_app.application.ports.page_trial import PageTrial
from desktop_app.application.ports.scanning import Scanner
from desktop_app.domain.attachments import MOST_BYTES, Attachment, Requirement
from desktop_app.texts import name_of, tr
from desktop_app.ui.background import Background
from desktop_app.ui.documents.lines import DocumentsShown
from desktop_app.ui.documents.presenter import DocumentsPresenter
from desktop_app.ui.documents.requirement_row import DropPlace, LineCalls, RequirementRow, document_line
from desktop_app.ui.documents.window import DocumentWindow
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.ask import ask
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import Card, holding


@dataclass(frozen=True, slots=True)
class DocumentsCalls:
    """What the user did among the documents."""

    add: Callable[[tuple[str, ...], Requirement], None] = field(compare=False)
    open: Callable[[str], None] = field(compare=False)
    remove: Callable[[str], None] = field(compare=False)
    scan: Callable[[Requirement], None] = field(compare=False)
    scan_on: Callable[[Scanner, Requirement], None] = field(compare=False)


class DocumentsCard(DropPlace):
    """A file that is dropped onto a paper's line is attached as that paper; elsewhere on the card as what the choice
    at its foot says."""

    def __init__(self) -> None:
        super().__init__(lambda files: self.take(*files), takes=False)
        self.setObjectName("documents")
        self._calls: DocumentsCalls | None = None
        self.window_of: DocumentWindow | None = None
        self.rows: dict[Requirement, RequirementRow] = {}
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.requirement = QComboBox()
        self.requirement.setObjectName("documents.requirement")
        self.requirement.setAccessibleName(tr("What the document is for"))
        for one in Requirement:
            self.requirement.addItem(name_of(one), one.value)
        self.requirement.setCurrentIndex(self.requirement.findData(Requirement.OTHER.value))
        self.add = button(tr("Add a file…"), "plain", Icon.ADD, self._choose)
        self.add.setObjectName("documents.add")
        self.scan = button(tr("Scan a page"), "plain", Icon.SCAN, lambda: self._scan(self._chosen()))
        self.scan.setObjectName("documents.scan")
        self.scanners = QMenu(self)
        hint = tr(
            "Drop files onto their line, or choose them. PDF, JPEG, PNG or TIFF, up to {most} million bytes each.",
            most=MOST_BYTES // (1024 * 1024),
        )
        self._adding = holding(
            column(
                label(hint, Type.SMALL, Tone.MUTED, wrap=True),
                label(tr("Attach another as"), Type.SMALL, strong=True),
                self.requirement,
                row(self.add, self.scan, 1),
                gap=0.5,
            )
        )
        self.problem = label(tone=Tone.LATE, wrap=True)
        self.problem.hide()
        self.setLayout(column(Card(tr("Attached documents"), holding(self._lines), self.problem, self._adding), gap=0))

    def attach(self, calls: DocumentsCalls) -> None:
        self._calls = calls

    def show_documents(self, shown: DocumentsShown) -> None:
        _clear(self._lines)
        self.rows = {}
        calls = LineCalls(self._open, self._ask_remove)
        for one in shown.asked:
            kind = one.requirement
            choose = partial(self._choose, kind) if shown.may_add else None
            scan = partial(self._scan, kind) if shown.may_scan else None
            self.rows[kind] = RequirementRow(one, calls, partial(self._add, kind), choose, scan)
            self._lines.addWidget(self.rows[kind])
        for line in shown.others:
            self._lines.addWidget(document_line(line, calls, line.title))
        for at in range(self._lines.count()):
            if (item := self._lines.itemAt(at)) is not None and (made := item.widget()) is not None:
                made.show()
        self._adding.setVisible(shown.may_add)
        self.scan.setVisible(shown.may_scan)
        self.setAcceptDrops(shown.may_add)

    def show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def show_content(self, document: Attachment, data: bytes, background: Background, trial: PageTrial) -> None:
        self.window_of = DocumentWindow(document, data, background, self, trial)
        self.window_of.show()

    def take(self, *paths: str) -> None:
        """Adds these files as what the choice says."""
        self._add(self._chosen(), paths)

    def offer_scanners(self, scanners: tuple[Scanner, ...], requirement: Requirement) -> None:
        self.scanners.clear()
        names = [one.name for one in scanners]
        for one in scanners:
            text = one.name if names.count(one.name) == 1 else f"{one.name} · {one.id}"
            self.scanners.addAction(text).triggered.connect(partial(self._scan_on, one, requirement))
        self.scanners.popup(QCursor.pos())

    def _chosen(self) -> Requirement:
        return Requirement(str(self.requirement.currentData()))

    def _scan(self, requirement: Requirement) -> None:
        if self._calls is not None:
            self._calls.scan(requirement)

    def _scan_on(self, scanner: Scanner, requirement: Requirement, _checked: bool = False) -> None:
        if self._calls is not None:
            self._calls.scan_on(scanner, requirement)

    def _add(self, requirement: Requirement, paths: tuple[str, ...]) -> None:
        if self._calls is not None:
            self._calls.add(paths, requirement)

    def _choose(self, requirement: Requirement | None = None) -> None:
        wanted = tr("Documents") + " (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Add a file…"), "", wanted)
        if not paths:
            return
        if requirement is None:
            self.take(*paths)
        else:
            self._add(requirement, tuple(paths))

    def _open(self, digest: str) -> None:
        if self._calls is not None:
            self._calls.open(digest)

    def _ask_remove(self, digest: str) -> None:
        calls = self._calls
        if calls is not None:
            ask(
                self,
                tr("Take this document back from the request?"),
                tr("Take back"),
                lambda: calls.remove(digest),
                consequence=tr("The history goes on saying that it was attached."),
                destructive=True,
            )


def calls_of(presenter: DocumentsPresenter) -> DocumentsCalls:
    return DocumentsCalls(presenter.add, presenter.open, presenter.remove, presenter.scan, presenter.scan_on)


def _clear(box: QBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
