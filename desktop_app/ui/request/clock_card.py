"""The clock of a request. Names: `request.clock`, `request.clock.foreseen`, `request.clock.escalated`,
`request.clock.line` for each line of the ledger."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.texts import tr
from desktop_app.ui.request.clock_shown import ClockShown, StretchShown
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import row
from desktop_app.ui.widgets.sections import Card, Facts, holding

WHOSE_WIDTH, TIME_WIDTH = 16, 22
"""Grid units."""


class ClockCard(Card):
    """Hidden before acceptance: there is no clock yet."""

    def __init__(self) -> None:
        escalated, sums, lines = label(tone=Tone.LATE, strong=True, wrap=True), Facts(), QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(space(0.5))
        foreseen = label(wrap=True)
        usual = tr("How long steps usually take is sample data, to be confirmed by the municipality.")
        note = label(usual, Type.SMALL, Tone.MUTED, wrap=True)
        super().__init__(tr("The three working days"), escalated, sums, lines, foreseen, note, gap=1.5)
        self.escalated, self.sums, self.foreseen, self._note, self._lines = escalated, sums, foreseen, note, lines
        self.setObjectName("request.clock")
        self.foreseen.setObjectName("request.clock.foreseen")
        self.escalated.setObjectName("request.clock.escalated")

    def show_clock(self, shown: ClockShown) -> None:
        self.setVisible(bool(shown.sums))
        self.escalated.setText(shown.escalated)
        self.escalated.setVisible(bool(shown.escalated))
        self.sums.show_pairs(*shown.sums)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in shown.stretches:
            self._lines.addWidget(_line(one))
        self.foreseen.setText(shown.foreseen)
        self.foreseen.setVisible(bool(shown.foreseen))
        self._note.setVisible(bool(shown.foreseen))


def _line(one: StretchShown) -> QWidget:
    tone = Tone.MUTED if one.others else Tone.PLAIN
    whose, span, time = label(one.whose, tone=tone), label(one.span, tone=tone), label(one.time, tone=tone)
    whose.setFixedWidth(space(WHOSE_WIDTH))
    time.setMinimumWidth(space(TIME_WIDTH))
    made = holding(row(whose, span, 1, time))
    made.setObjectName("request.clock.line")
    return made
