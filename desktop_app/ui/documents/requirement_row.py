"""One paper that a request refers to: what is attached of it, and a place to drop more.

Names: `documents.add.<requirement>`, `documents.scan.<requirement>`, `documents.open.<digest>`,
`documents.remove.<digest>`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop_app.domain.attachments import Requirement
from desktop_app.texts import tr
from desktop_app.ui.documents.lines import DocumentLine, RequirementShown
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import holding
from desktop_app.ui.widgets.states import IconView


class DropPlace(QFrame):
    """Files that are dropped here go to ``dropped``; the frame shows that it would take them."""

    def __init__(self, dropped: Callable[[tuple[str, ...]], None], *, takes: bool = True) -> None:
        super().__init__()
        self._dropped = dropped
        self.setAcceptDrops(takes)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            set_property(self, "drop", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_property(self, "drop", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_property(self, "drop", False)
        if files := files_of(event.mimeData()):
            self._dropped(files)
            event.acceptProposedAction()


@dataclass(frozen=True, slots=True)
class LineCalls:
    """What a click on a document's line does, by its digest."""

    open: Callable[[str], None] = field(compare=False)
    remove: Callable[[str], None] = field(compare=False)


class RequirementRow(DropPlace):
    def __init__(
        self,
        shown: RequirementShown,
        calls: LineCalls,
        dropped: Callable[[tuple[str, ...]], None],
        choose: Callable[[], None] | None,
        scan: Callable[[], None] | None,
    ) -> None:
        """`choose` asks for files, `scan` for a page; None where nothing may be added, or nothing scanned."""
        super().__init__(dropped, takes=choose is not None)
        self.requirement: Requirement = shown.requirement
        self.setProperty("kind", "drop")
        self.setObjectName(f"documents.requirement.{shown.requirement.value}")
        icon = IconView(Icon.DONE if shown.lines else Icon.WAITING, 2, shown.tone)
        head = row(
            icon,
            label(shown.title, Type.SMALL, strong=True, wrap=True),
            self._scan(shown, scan),
            self._add(shown, choose),
        )
        head.setStretch(1, 1)
        lacking = label(shown.lacking, Type.SMALL, shown.tone, wrap=True) if shown.lacking else None
        lines = [document_line(line, calls) for line in shown.lines]
        self.setLayout(column(head, lacking, *lines, gap=0.25, margin=0.5))

    def _scan(self, shown: RequirementShown, scan: Callable[[], None] | None) -> QPushButton | None:
        if scan is None:
            return None
        made = button("", "quiet", Icon.SCAN, scan)
        made.setObjectName(f"documents.scan.{shown.requirement.value}")
        made.setAccessibleName(tr("Scan a page: {what}", what=shown.title))
        made.setToolTip(tr("Scan the page that lies on the scanner"))
        return made

    def _add(self, shown: RequirementShown, choose: Callable[[], None] | None) -> QPushButton | None:
        if choose is None:
            return None
        made = button("", "quiet", Icon.ATTACH, choose)
        made.setObjectName(f"documents.add.{shown.requirement.value}")
        made.setAccessibleName(tr("Attach a file: {what}", what=shown.title))
        made.setToolTip(tr("Choose files, or drop them here"))
        return made


def document_line(line: DocumentLine, calls: LineCalls, title: str = "") -> QWidget:
    """A document's name, which opens it, and how far it is; `title` says what it is for where nothing above does."""
    name = button(line.name, "quiet", Icon.DOCUMENT, partial(calls.open, line.digest))
    name.setObjectName(f"documents.open.{line.digest}")
    name.setToolTip(tr("Look at it"))
    what = label(title, Type.SMALL, strong=True) if title else None
    remove = None
    if line.may_remove:
        remove = button("", "quiet", Icon.REMOVE, partial(calls.remove, line.digest))
        remove.setObjectName(f"documents.remove.{line.digest}")
        remove.setAccessibleName(tr("Take back: {what}", what=line.name))
        remove.setToolTip(tr("Take it back: it was attached by mistake"))
    return holding(column(what, row(name, 1, remove), label(line.state, Type.SMALL, line.tone, wrap=True), gap=0))


def files_of(dragged: QMimeData) -> tuple[str, ...]:
    """The files of this computer that are dragged."""
    return tuple(url.toLocalFile() for url in dragged.urls() if url.isLocalFile())
