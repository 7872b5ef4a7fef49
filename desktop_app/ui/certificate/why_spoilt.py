"""Why a sheet is spoilt: one of the usual reasons, or something else in words."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from desktop_app.domain.tracks import Spoilt
from desktop_app.texts import name_of, tr
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field


class WhySpoilt:
    """Two fields for a form: `spoilt`, and `note`, which is there for what is none of the usual reasons."""

    def __init__(self, screen: str) -> None:
        self._why = QComboBox()
        self._why.setObjectName(f"{screen}.why")
        for one in Spoilt:
            self._why.addItem(name_of(one), one.value)
        self._note = LineEdit()
        self._note.setObjectName(f"{screen}.note")
        self.fields = (
            Field("spoilt", tr("If it is spoilt: what is wrong with it"), self._why),
            Field("note", tr("What is wrong with it"), self._note),
        )
        self._why.currentIndexChanged.connect(lambda _: self._show())
        self._show()

    @property
    def chosen(self) -> Spoilt:
        return Spoilt(self._why.currentData())

    @property
    def note(self) -> str:
        return self._note.text() if self.chosen is Spoilt.OTHER else ""

    def clear(self) -> None:
        self._why.setCurrentIndex(0)
        self._note.setText("")

    def _show(self) -> None:
        self.fields[1].setVisible(self.chosen is Spoilt.OTHER)
