"""One checklist item as a card: the question, two large answers, and what must be put right where it is not met."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from desktop_app.domain.reference import ChecklistItem
from desktop_app.texts import current, tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.visit.record import Answer
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import row
from desktop_app.ui.widgets.sections import Card


class ItemCard(Card):
    """Writes straight into its `Answer`; `changed` tells that it did."""

    changed = Signal()

    def __init__(self, item: ChecklistItem, answer: Answer, earlier: str, place: str) -> None:
        text = item.text_ar if current().code == "ar" else item.text_en
        self.met = self._choice(tr("Met"), f"visit.{item.code}.met", Icon.DONE)
        self.unmet = self._choice(tr("Not met"), f"visit.{item.code}.unmet", Icon.REFUSED)
        self.rectify, self.note = LineEdit(answer.rectify), LineEdit(answer.note)
        self.rectify.setObjectName(f"visit.{item.code}.rectify")
        self.note.setObjectName(f"visit.{item.code}.note")
        self._rectify = Field(f"findings.{item.code}", tr("What must be put right?"), self.rectify)
        note = Field(f"note.{item.code}", tr("Note"), self.note, optional=True)
        before = label(tr("Unmet at the visit before: {finding}", finding=earlier), tone=Tone.SOON, wrap=True)
        before.setVisible(bool(earlier))
        blocking = label(tr("Must be met"), Type.SMALL, Tone.MUTED) if item.blocking else None
        super().__init__(
            place,
            label(text, Type.HEADING, wrap=True),
            before,
            row(self.met, self.unmet, blocking, 1, gap=2),
            self._rectify,
            note,
            gap=1.5,
        )
        self.answer = answer
        self._group = QButtonGroup(self)
        for made in (self.met, self.unmet):
            self._group.addButton(made)
        self.met.setChecked(answer.met is True)
        self.unmet.setChecked(answer.met is False)
        self._group.buttonClicked.connect(lambda _: self._answered())
        self.rectify.edited.connect(self._typed)
        self.note.edited.connect(self._typed)
        self._rectify.setVisible(answer.met is False)

    def show_problem(self, sentence: str) -> None:
        self._rectify.setVisible(self._rectify.isVisible() or bool(sentence))
        self._rectify.show_problem(sentence)

    @staticmethod
    def _choice(text: str, name: str, icon: Icon) -> QPushButton:
        made = button(text, "choice", icon)
        made.setCheckable(True)
        made.setObjectName(name)
        made.setMinimumHeight(space(6))
        made.setMinimumWidth(space(16))
        return made

    def _answered(self) -> None:
        self.answer.met = self.met.isChecked()
        self._rectify.setVisible(not self.answer.met)
        self.changed.emit()

    def _typed(self) -> None:
        self.answer.rectify, self.answer.note = self.rectify.text(), self.note.text()
        self.changed.emit()
