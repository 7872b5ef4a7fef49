"""The lines a person adds to the bill: exemption, fine or adjustment, each with an amount and its reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop_app.domain.fees.adjustment import Adjustment
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.messages import Message
from desktop_app.domain.money import Fils
from desktop_app.texts import describe, name_of, tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.edits import LineEdit, MoneyEdit
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row

_KINDS = (LineKind.EXEMPTION, LineKind.FINE, LineKind.ADJUSTMENT)


class AdjustmentRow(QWidget):
    """One line. An exemption is typed as a positive amount and taken off."""

    changed = Signal()

    def __init__(self, place: int) -> None:
        super().__init__()
        self.kind = QComboBox()
        for kind in _KINDS:
            self.kind.addItem(name_of(kind), kind.value)
        self.amount = MoneyEdit(placeholder=tr("Amount in dinars"))
        self.reason = LineEdit(placeholder=tr("Reason"))
        self.problem = label("", Type.SMALL, Tone.LATE, wrap=True)
        self.problem.hide()
        for name, widget in (("kind", self.kind), ("amount", self.amount), ("reason", self.reason)):
            widget.setObjectName(f"fees.adjustment.{place}.{name}")
        self.kind.setAccessibleName(tr("Kind of line"))
        self.amount.setAccessibleName(tr("Amount in dinars"))
        self.reason.setAccessibleName(tr("Reason"))
        self.setLayout(column(row(self.kind, self.amount, self.reason), self.problem, gap=0.5))
        self.kind.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.amount.editingFinished.connect(self.changed.emit)
        self.reason.editingFinished.connect(self.changed.emit)

    def adjustment(self) -> Adjustment | None:
        """What is typed, or None while the line is empty."""
        typed = self.amount.find_value()
        if typed is None and not self.reason.typed:
            return None
        kind = LineKind(self.kind.currentData())
        size = typed or Fils(0)
        return Adjustment(kind, -size if kind is LineKind.EXEMPTION else size, self.reason.text())

    def show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


class Adjusting(QWidget):
    """All added lines, and which units have a contract with a licensed waste hauler."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[AdjustmentRow] = []
        self.contracts: dict[str, QCheckBox] = {}
        self._rows = column(gap=1)
        self._contracts = column(gap=0.5)
        self.add = button(tr("Add a line"), "quiet", Icon.ADD, self.add_row)
        self.add.setObjectName("fees.add_line")
        self.setLayout(column(self._contracts, self._rows, row(self.add, 1), gap=1))

    def show_units(self, titles: dict[str, str]) -> None:
        """One box for each unit; what was ticked stays ticked."""
        ticked = set(self.ticked())
        while (item := self._contracts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.contracts = {}
        for key, title in titles.items():
            box = QCheckBox(tr("{unit} has a contract with a licensed waste hauler", unit=title))
            box.setObjectName(f"fees.contract.{key}")
            box.setChecked(key in ticked)
            box.toggled.connect(lambda _: self.changed.emit())
            self.contracts[key] = box
            self._contracts.addWidget(box)

    def add_row(self) -> None:
        made = AdjustmentRow(len(self.rows))
        made.changed.connect(self.changed.emit)
        self.rows.append(made)
        self._rows.addWidget(made)
        made.amount.setFocus()

    def clear(self) -> None:
        for made in self.rows:
            made.hide()
            made.deleteLater()
        self.rows = []
        for box in self.contracts.values():
            box.setChecked(False)

    def ticked(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.contracts.items() if box.isChecked())

    def adjustments(self) -> tuple[Adjustment, ...]:
        return tuple(one for made in self.rows if (one := made.adjustment()) is not None)

    def show_refusals(self, refusals: tuple[Message, ...]) -> tuple[Message, ...]:
        """Puts each refusal at its line and gives back those that belong to none."""
        typed = [made for made in self.rows if made.adjustment() is not None]
        said: dict[int, list[str]] = {}
        homeless = []
        for refusal in refusals:
            parts = refusal.about.split(".")
            if parts[0] == "adjustments" and len(parts) > 1 and int(parts[1]) < len(typed):
                said.setdefault(int(parts[1]), []).append(describe(refusal))
            else:
                homeless.append(refusal)
        for at, made in enumerate(typed):
            made.show_problem(" ".join(said.get(at, [])))
        return tuple(homeless)
