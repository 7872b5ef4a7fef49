"""The card's steps as a task list: done, now, waiting, blocked by what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop_app.texts import tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, rule
from desktop_app.ui.widgets.states import IconView


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    LATER = "later"
    BLOCKED = "blocked"
    NOT_NEEDED = "not_needed"
    DROPPED = "dropped"


_LOOK = {
    StepState.DONE: (Icon.DONE, Tone.DONE),
    StepState.NOW: (Icon.NEXT, Tone.ACCENT),
    StepState.LATER: (Icon.WAITING, Tone.MUTED),
    StepState.BLOCKED: (Icon.BLOCKED, Tone.BLOCKED),
    StepState.NOT_NEEDED: (Icon.WAITING, Tone.MUTED),
    StepState.DROPPED: (Icon.WAITING, Tone.MUTED),
}


def state_word(state: StepState) -> str:
    return {
        StepState.DONE: tr("done"),
        StepState.NOW: tr("now"),
        StepState.LATER: tr("later"),
        StepState.BLOCKED: tr("blocked"),
        StepState.NOT_NEEDED: tr("not needed"),
        StepState.DROPPED: tr("no longer"),
    }[state]


@dataclass(frozen=True, slots=True)
class Step:
    """``detail`` says when it was done, or by what it is blocked."""

    name: str
    title: str
    state: StepState
    detail: str = ""


class TaskList(QFrame):
    """``opened`` tells the step the user went to."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[Step, ...] = ()
        self._rows: dict[str, QWidget] = {}
        self._box = column(gap=0)
        self.setLayout(self._box)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        while (item := self._box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.steps, self._rows = steps, {}
        for at, step in enumerate(steps):
            if at:
                self._box.addWidget(rule())
            self._rows[step.name] = self._row(step)
            self._box.addWidget(self._rows[step.name])

    def row_of(self, name: str) -> QWidget:
        return self._rows[name]

    def _row(self, step: Step) -> QWidget:
        icon, tone = _LOOK[step.state]
        title: QWidget
        if step.state in (StepState.DONE, StepState.NOW):
            title = QPushButton(step.title)
            title.setProperty("kind", "quiet")
            title.setCursor(Qt.CursorShape.PointingHandCursor)
            title.clicked.connect(lambda _=False, name=step.name: self.opened.emit(name))
        else:
            title = label(step.title, tone=Tone.MUTED, wrap=True)
            title.setContentsMargins(space(1), 0, space(1), 0)
        lines = column(row(title, 1, label(state_word(step.state), Type.SMALL, tone)), gap=0)
        if step.detail:
            detail_tone = Tone.BLOCKED if step.state is StepState.BLOCKED else Tone.MUTED
            said = label(step.detail, Type.SMALL, detail_tone, wrap=True)
            said.setContentsMargins(space(1), 0, space(1), 0)
            lines.addWidget(said)
        made = QWidget()
        line = row(IconView(icon, 2.25, tone), lines, gap=1)
        line.setContentsMargins(0, space(0.5), 0, space(0.5))
        made.setLayout(line)
        made.setAccessibleName(f"{step.title}: {state_word(step.state)}")
        return made
