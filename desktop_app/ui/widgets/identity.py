"""The identity bar: whose case this is, at the head of everything done to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row
from desktop_app.ui.widgets.time_left import TimeLeft


class IdentityBar(QFrame):
    """Number and status first, then who, what and until when. ``facts`` are name and value, few."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.number = label(kind=Type.TITLE, selectable=True)
        self.who = label(kind=Type.HEADING, selectable=True)
        self.status = Chip()
        self.mark = Chip()
        self.mark.hide()
        self.time_left = TimeLeft()
        self.facts: dict[str, QLabel] = {}
        self._facts = row(gap=4)
        middle = Qt.AlignmentFlag.AlignVCenter
        head = row(self.number, self.status, self.mark, 1, self.time_left, gap=2)
        head.setAlignment(self.status, middle)
        head.setAlignment(self.mark, middle)
        self.setLayout(column(head, self.who, self._facts, gap=0.75, margin=2))

    def show_case(self, number: str, who: str, status: tuple[str, Tone], *facts: tuple[str, str]) -> None:
        self.number.setText(number)
        self.who.setText(who)
        self.status.show_status(*status)
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.facts = {}
        for name, value in facts:
            self.facts[name] = label(value, selectable=True)
            pair = QWidget()
            pair.setLayout(column(label(name, Type.SMALL, Tone.MUTED), self.facts[name], gap=0))
            self._facts.addWidget(pair)
        self._facts.addStretch(1)
        self.time_left.setVisible(bool(self.time_left.words))

    def show_time(self, words: str, used: float, tone: Tone) -> None:
        self.time_left.show_time(words, used, tone)
        self.time_left.setVisible(bool(words))

    def show_mark(self, text: str, tone: Tone = Tone.SOON, icon: Icon | None = None) -> None:
        """A second chip beside the status, such as what the centre has not confirmed; "" takes it away."""
        self.mark.show_status(text, tone, icon)
        self.mark.setVisible(bool(text))
