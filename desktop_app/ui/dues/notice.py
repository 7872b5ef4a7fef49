"""The card's notice on the screen: each amount the owner owes, the total, and that it is paid electronically."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from desktop_app.domain.money import Fils, total
from desktop_app.domain.tracks import Due
from desktop_app.texts import name_of, tr
from desktop_app.texts.quantities import code, digits, money
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row, rule
from desktop_app.ui.widgets.states import IconView


class DuesNotice(QFrame):
    """Hidden while nothing is owed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        self.setProperty("tone", Tone.SOON.value)
        self.heading = label(tr("The owner owes the municipality"), strong=True)
        self.told = label(
            tr("These amounts are to be paid electronically. The request is not accepted before they are."), wrap=True
        )
        self.total = label(strong=True)
        self.lines: list[tuple[str, str, str]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(2))
        self._grid.setVerticalSpacing(space(0.5))
        self._grid.setColumnStretch(0, 1)
        head = row(IconView(Icon.MONEY, 2.5, Tone.SOON), self.heading, 1)
        sum_line = row(label(tr("Total"), strong=True), 1, self.total)
        self.setLayout(column(head, self._grid, rule(), sum_line, self.told, gap=1, margin=1.5))
        self.setAccessibleName(self.heading.text())
        self.hide()

    def show_dues(self, dues: tuple[Due, ...]) -> None:
        """Each amount with its kind, what it is for, and its reference in the register of dues."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = [(_what(due), _reference(due.reference), money(due.amount)) for due in dues]
        for at, (what, reference, amount) in enumerate(self.lines):
            self._grid.addWidget(label(what, wrap=True), 2 * at, 0)
            figure = label(amount)
            self._grid.addWidget(figure, 2 * at, 1, Qt.AlignmentFlag.AlignTrailing)
            self._grid.addWidget(label(reference, Type.SMALL, Tone.MUTED, selectable=True), 2 * at + 1, 0, 1, 2)
        owed: Fils = total(tuple(due.amount for due in dues))
        self.total.setText(money(owed))
        self.setAccessibleDescription(tr("{told} Total: {total}", told=self.told.text(), total=owed))
        self.setVisible(bool(dues))


def _what(due: Due) -> str:
    kind = name_of(due.kind)
    return tr("{kind}: {about}", kind=kind, about=digits(due.about_ar)) if due.about_ar else kind


def _reference(reference: str) -> str:
    return tr("Reference {reference}", reference=code(reference))
