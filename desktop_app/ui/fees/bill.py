"""The bill as a table: label, article, base, rate, amount, and the reason under each line that has one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.domain.fees.calculation import FeeLine
from desktop_app.domain.money import Fils, total
from desktop_app.texts import current, tr
from desktop_app.texts.bill import figure
from desktop_app.texts.quantities import amount, money
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import rule

_NUMBERS = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class Bill(QWidget):
    """Lines and their sum. `titles` names the units that lines are about."""

    def __init__(self, *, short: bool = False) -> None:
        super().__init__()
        self._short = short
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(2))
        self._grid.setVerticalSpacing(space(0.75))
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)
        self.sum: QLabel = label()

    def show_lines(self, lines: tuple[FeeLine, ...], titles: dict[str, str]) -> None:
        """Replaces the bill."""
        self._clear()
        heads = (tr("Fee"), tr("Amount (JD)")) if self._short else self._heads()
        for at, head in enumerate(heads):
            shown = label(head, Type.SMALL, Tone.MUTED)
            self._put(shown, 0, at, number=at == len(heads) - 1)
        at = self._put_rule(1)
        about = ""
        for line in lines:
            if line.about != about and line.about in titles:
                self._grid.addWidget(label(titles[line.about], strong=True), at, 0, 1, len(heads))
                at += 1
            about = line.about
            at = self._put_line(line, at)
        at = self._put_rule(at)
        self.sum = label(money(total(tuple(line.amount for line in lines))), Type.HEADING, strong=True)
        self.sum.setObjectName("fees.total")
        self._put(label(tr("Total"), strong=True), at, 0)
        self._grid.addWidget(self.sum, at, 1, 1, len(heads) - 1, _NUMBERS)

    @staticmethod
    def _heads() -> tuple[str, ...]:
        return tr("Fee"), tr("Article"), tr("Base"), tr("Rate"), tr("Amount (JD)")

    def _put_line(self, line: FeeLine, at: int) -> int:
        name = line.label_ar if current().code == "ar" else line.label_en
        between = () if self._short else (line.article, figure(line.base), figure(line.rate))
        cells = (name, *between, amount(line.amount))
        for place, text in enumerate(cells):
            shown = label(text, tone=Tone.MUTED if 0 < place < len(cells) - 1 else Tone.PLAIN, wrap=place < 2)
            self._put(shown, at, place, number=place == len(cells) - 1)
        if line.reason:
            said = tr("{reason} — {by}", reason=line.reason, by=line.by)
            self._grid.addWidget(label(said, Type.SMALL, Tone.MUTED, wrap=True), at + 1, 0, 1, len(cells))
            at += 1
        return at + 1

    def _put(self, shown: QLabel, at: int, place: int, *, number: bool = False) -> None:
        if number:
            self._grid.addWidget(shown, at, place, _NUMBERS)
        else:
            self._grid.addWidget(shown, at, place)

    def _put_rule(self, at: int) -> int:
        self._grid.addWidget(rule(), at, 0, 1, 2 if self._short else 5)
        return at + 1

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def difference_in_words(difference: Fils) -> str:
    """What a year costs more or less after the split."""
    if difference == 0:
        return tr("The yearly fees are the same after the split.")
    if difference > 0:
        return tr("The yearly fees rise by {amount} after the split.", amount=difference)
    return tr("The yearly fees fall by {amount} after the split.", amount=-difference)
