"""A form's field: label above, hint under it, the error beside what was typed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.domain.messages import Message
from desktop_app.texts import describe, tr
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.edits import ValueEdit
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.states import IconView


class Field(QWidget):
    """``about`` is the name the domain calls this field by, so that its messages find their place."""

    def __init__(self, about: str, title: str, edit: QWidget, hint: str = "", *, optional: bool = False) -> None:
        super().__init__()
        from desktop_app.ui.icons import Icon

        self.about, self.edit = about, edit
        self._judged: object = None
        shown = tr("{field} (optional)", field=title) if optional else title
        self.title = label(shown, strong=True)
        self.title.setBuddy(edit)
        edit.setAccessibleName(title)
        edit.setAccessibleDescription(hint)
        self.hint: QLabel | None = label(hint, Type.SMALL, Tone.MUTED, wrap=True) if hint else None
        self._mark = IconView(Icon.WARNING, 2, Tone.LATE)
        self._said = label("", Type.SMALL, Tone.LATE, wrap=True)
        self._error = QWidget()
        self._error.setLayout(row(self._mark, self._said, gap=0.5))
        self._said.setSizePolicy(self._said.sizePolicy().Policy.Expanding, self._said.sizePolicy().Policy.Minimum)
        self._error.hide()
        self.setLayout(column(self.title, self.hint, edit, self._error, gap=0.5))
        if isinstance(edit, ValueEdit):
            edit.editingFinished.connect(self._judge)

    @property
    def problem(self) -> str:
        return self._said.text()

    @staticmethod
    def _draw_icons() -> None:
        # The windows before the frame show no icon until something is wrong; then it is not to be a blank.
        from desktop_app.ui import icons

        if not icons.ready():
            icons.warm()

    def _judge(self) -> None:
        # What was not changed since something was said about it is not judged anew: the cursor's mere leaving
        # must not take away what the rules said.
        if isinstance(self.edit, ValueEdit) and _content(self.edit) != self._judged:
            self.show_problem(self.edit.problem)

    def show_problem(self, sentence: str, tone: Tone = Tone.LATE) -> None:
        """Show a sentence beside the field ("" takes it away); a warning (tone SOON) does not mark it as wrong."""
        self._judged = _content(self.edit)
        self._said.setText(sentence)
        set_property(self._said, "tone", tone.value)
        self._mark.show_icon(self._mark.icon, tone)
        if sentence:
            self._draw_icons()
        self._error.setVisible(bool(sentence))
        set_property(self.edit, "wrong", bool(sentence) and tone is Tone.LATE)
        self.edit.setAccessibleDescription(sentence or (self.hint.text() if self.hint else ""))


def _content(edit: QWidget) -> object:
    """What a line holds, whichever way it is written."""
    if not isinstance(edit, ValueEdit):
        return None
    value = edit.find_value()
    return edit.typed if value is None else value


class Form(QObject):
    """Fields by the names the domain knows them by."""

    def __init__(self, *fields: Field, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields = {field.about: field for field in fields}

    def show_findings(self, refusals: Iterable[Message], warnings: Iterable[Message] = ()) -> tuple[Message, ...]:
        """Put each message beside its field and go to the first refused one.

        Gives back the messages that name no field here: they are told in the message channel.
        """
        said: dict[str, tuple[str, Tone]] = {}
        homeless: list[Message] = []
        for messages, tone in ((tuple(refusals), Tone.LATE), (tuple(warnings), Tone.SOON)):
            for message in messages:
                if message.about not in self.fields:
                    homeless.append(message)
                else:
                    said.setdefault(message.about, (describe(message), tone))
        for about, field in self.fields.items():
            field.show_problem(*said.get(about, ("", Tone.LATE)))
        first = next((about for about in self.fields if said.get(about, ("", Tone.SOON))[1] is Tone.LATE), None)
        if first is not None:
            self.fields[first].edit.setFocus()
        return tuple(homeless)
