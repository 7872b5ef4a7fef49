"""The bill as a table: label, article, base, rate, amount, and the reason under each line that has one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.domain.fees.calculation import FeeLine
from desktop_app.domain.money import Fils, total
from desktop_app.texts import current, tr
from desktop_app.texts.bill import figure
from desktop_app.texts.quantities import amount, digits
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import rule

_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
"""Digits run from left to right in either language, so their columns end at the right."""


class Bill(QWidget):
    """Lines and their sum, in dinars."""

    def __init__(self, name: str, *, short: bool = False) -> None:
        """`name` is the total's; a short bill leaves out article, base and rate."""
        super().__init__()
        self._name, self._short = name, short
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(3))
        self._grid.setVerticalSpacing(space(0.75))
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)
        self.sum: QLabel = label()
        self._shown: tuple[tuple[FeeLine, ...], dict[str, str]] | None = None

    def show_lines(self, lines: tuple[FeeLine, ...], titles: dict[str, str]) -> None:
        """Replaces the bill. `titles` names the units that lines are about; the same bill again changes nothing."""
        if self._shown == (lines, titles):
            return
        self._shown = lines, dict(titles)
        self._clear()
        heads = self._heads()
        for place, head in enumerate(heads):
            self._put(label(head, Type.SMALL, Tone.MUTED), 0, place)
        at = self._put_rule(1)
        about = ""
        for line in lines:
            if line.about != about and line.about in titles:
                self._grid.addWidget(label(titles[line.about], strong=True), at, 0, 1, len(heads))
                at += 1
            about = line.about
            at = self._put_line(line, at)
        at = self._put_rule(at)
        self.sum = label(amount(total(tuple(line.amount for line in lines))), Type.HEADING, strong=True)
        self.sum.setObjectName(self._name)
        self._put(label(tr("Total"), strong=True), at, 0)
        self._put(self.sum, at, len(heads) - 1)

    def _heads(self) -> tuple[str, ...]:
        if self._short:
            return tr("Fee"), tr("Amount (JD)")
        return tr("Fee"), tr("Article"), tr("Base"), tr("Rate"), tr("Amount (JD)")

    def _put_line(self, line: FeeLine, at: int) -> int:
        name = line.label_ar if current().arabic else line.label_en
        between = () if self._short else (digits(line.article), figure(line.base), figure(line.rate))
        cells = (digits(name), *between, amount(line.amount))
        for place, text in enumerate(cells):
            tone = Tone.MUTED if 0 < place < len(cells) - 1 else Tone.PLAIN
            self._put(label(text, tone=tone, wrap=place < 2), at, place)
        if line.reason:
            said = tr("{reason} — {by}", reason=line.reason, by=line.by)
            self._grid.addWidget(label(said, Type.SMALL, Tone.MUTED, wrap=True), at + 1, 0, 1, len(cells))
            at += 1
        return at + 1

    def _put(self, shown: QLabel, at: int, place: int) -> None:
        if place > (0 if self._short else 1):
            shown.setAlignment(_FIGURES)
        self._grid.addWidget(shown, at, place)

    def _put_rule(self, at: int) -> int:
        self._grid.addWidget(rule(), at, 0, 1, len(self._heads()))
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
    return tr("The yearly fees fall by {amount} after the split.", amount=Fils(-difference))
