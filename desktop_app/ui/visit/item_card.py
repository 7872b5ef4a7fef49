"""One checklist item as a card: the question, two large answers, and what must be put right where it is not met."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from desktop_app.domain.reference import ChecklistItem
from desktop_app.texts import current, tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.visit.record import Answer
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.edits import LineEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import row
from desktop_app.ui.widgets.sections import Card
from desktop_app.ui.widgets.states import IconView


class ItemCard(Card):
    """Writes straight into its `Answer`; `changed` tells that it did."""

    changed = Signal()

    def __init__(self, item: ChecklistItem, answer: Answer, earlier: str, place: str) -> None:
        self.question = item.text_ar if current().arabic else item.text_en
        self.met = self._choice(tr("Met"), f"visit.{item.code}.met", Icon.DONE)
        self.unmet = self._choice(tr("Not met"), f"visit.{item.code}.unmet", Icon.REFUSED)
        self.rectify, self.note = LineEdit(answer.rectify), LineEdit(answer.note, tr("Note"))
        self.rectify.setObjectName(f"visit.{item.code}.rectify")
        self.note.setObjectName(f"visit.{item.code}.note")
        self.note.setAccessibleName(tr("Note"))
        self._rectify = Field(f"findings.{item.code}", tr("What must be put right?"), self.rectify)
        self._open = label("", Type.SMALL, Tone.LATE, wrap=True)
        self._open.hide()
        self.earlier = label(tr("Unmet at the visit before: {finding}", finding=earlier), tone=Tone.SOON, wrap=True)
        mark = IconView(Icon.WARNING, 2, Tone.SOON)
        for shown in (self.earlier, mark):
            shown.setVisible(bool(earlier))
        before = row(mark, self.earlier, gap=1)
        before.setStretchFactor(self.earlier, 1)
        blocking = label(tr("Must be met"), Type.SMALL, Tone.MUTED) if item.blocking else None
        answers = row(self.met, self.unmet, self.note, gap=2)
        answers.setStretchFactor(self.note, 1)
        super().__init__(
            place,
            label(self.question, Type.HEADING, wrap=True),
            before,
            answers,
            self._open,
            self._rectify,
            aside=blocking,
            gap=1.5,
        )
        self.answer = answer
        self._group = QButtonGroup(self)
        for made in (self.met, self.unmet):
            made.setAccessibleDescription(self.question)
            self._group.addButton(made)
        self.met.setChecked(answer.met is True)
        self.unmet.setChecked(answer.met is False)
        self._group.buttonClicked.connect(lambda _: self._answered())
        self.rectify.edited.connect(self._typed)
        self.note.edited.connect(self._typed)
        self._rectify.setVisible(answer.met is False)

    def show_problem(self, sentence: str) -> None:
        """Beside what is missing: the answer itself, or what must be put right."""
        unmet = self.answer.met is False
        self._rectify.show_problem(sentence if unmet else "")
        self._open.setText("" if unmet else sentence)
        self._open.setVisible(bool(sentence) and not unmet)

    @property
    def problem(self) -> str:
        return self._rectify.problem or self._open.text()

    def begin(self) -> None:
        """Puts the focus where the answer is still wanted."""
        (self.rectify if self.answer.met is False else self.met).setFocus()

    @staticmethod
    def _choice(text: str, name: str, icon: Icon) -> QPushButton:
        made = button(text, "choice", icon)
        made.setCheckable(True)
        made.setObjectName(name)
        return made

    def _answered(self) -> None:
        self.answer.met = self.met.isChecked()
        self.show_problem("")
        self._rectify.setVisible(not self.answer.met)
        if not self.answer.met:
            self.rectify.setFocus()
        self.changed.emit()

    def _typed(self) -> None:
        self.answer.rectify, self.answer.note = self.rectify.text(), self.note.text()
        self.changed.emit()
