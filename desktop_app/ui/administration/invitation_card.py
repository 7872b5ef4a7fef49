"""A code as it is shown once. Names: `administration.code`, `administration.line`, `administration.copy`,
`administration.print`, `administration.save`, `administration.shown`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.texts import tr
from desktop_app.ui.administration.presenter import InvitationMade
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.sections import Facts


class InvitationCard(QWidget):
    """What was made now, to be copied, printed or saved; it is nowhere else, and gone when this closes."""

    def __init__(
        self,
        made: InvitationMade,
        to_print: Callable[[InvitationMade], None],
        save: Callable[[InvitationMade, str], None],
        close: Callable[[], None],
    ) -> None:
        super().__init__()
        self._made = made
        self.code = QLineEdit(made.code)
        self.code.setObjectName("administration.code")
        self.line = QPlainTextEdit(made.invitation)
        self.line.setObjectName("administration.line")
        self.line.setFixedHeight(space(18))
        for edit in (self.code, self.line):
            edit.setReadOnly(True)
            edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        copy = button(tr("Copy the invitation"), "main", on_click=self._copy)
        copy.setObjectName("administration.copy")
        paper = button(tr("Print"), "plain", Icon.PRINT, lambda: to_print(made))
        paper.setObjectName("administration.print")
        file = button(tr("Save to a file"), "plain", on_click=lambda: self._save(save))
        file.setObjectName("administration.save")
        done = button(tr("I have it"), "plain", on_click=close)
        done.setObjectName("administration.shown")
        todo = tr("On the new computer, start the program and put the invitation in.")
        self._copied = label("", Type.SMALL, Tone.DONE)
        self.setLayout(
            column(
                label(tr("Invitation for device {device}", device=made.device), Type.HEADING),
                label(tr("It is shown this once and kept nowhere."), tone=Tone.SOON, wrap=True),
                Facts((tr("Good once, until"), made.until)),
                label(tr("Code"), strong=True),
                self.code,
                label(tr("Invitation"), strong=True),
                self.line,
                label(todo, Type.SMALL, Tone.MUTED, wrap=True),
                row(copy, paper, file, 1),
                self._copied,
                row(done, 1),
                1,
                gap=1.25,
                margin=2,
            )
        )

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._made.invitation)
        self._copied.setText(tr("The invitation is on the clipboard."))

    def _save(self, save: Callable[[InvitationMade, str], None]) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save to a file"), "invitation.txt")
        if name:
            save(self._made, name)
