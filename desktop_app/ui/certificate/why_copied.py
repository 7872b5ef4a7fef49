"""Why another print is asked for: one of the usual reasons, and what else there is to say of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox

from desktop_app.domain.copies import CopyReason
from desktop_app.texts import name_of, tr
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field


class WhyCopied:
    """Two fields for a form: `reason` and `note`."""

    def __init__(self, screen: str) -> None:
        self._reason = QComboBox()
        self._reason.setObjectName(f"{screen}.copy_reason")
        for one in CopyReason:
            self._reason.addItem(name_of(one), one.value)
        self._note = LineEdit()
        self._note.setObjectName(f"{screen}.copy_note")
        self.fields = (
            Field("reason", tr("Why a copy is made"), self._reason),
            Field("note", tr("Who asked for it, or what else there is to say"), self._note),
        )

    @property
    def chosen(self) -> CopyReason:
        return CopyReason(self._reason.currentData())

    @property
    def note(self) -> str:
        return self._note.text()

    def show(self, reason: CopyReason, note: str) -> None:
        self._reason.setCurrentIndex(self._reason.findData(reason.value))
        self._note.setText(note)

    def edited(self, told: Callable[[], None]) -> None:
        """Calls whenever a person changes one of them."""
        self._reason.activated.connect(lambda _: told())
        self._note.textEdited.connect(lambda _: told())
