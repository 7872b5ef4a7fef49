"""The lines a person adds to the bill: exemption, fine or adjustment, each with an amount and its reason."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from desktop_app.domain.messages import Message
from desktop_app.texts import describe, tr
from desktop_app.ui.fees.typed import AddedKind, AddedLine, Typed
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.edits import LineEdit, MoneyEdit
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, row


def _words(kind: AddedKind) -> str:
    return {
        AddedKind.EXEMPTION: tr("Exemption (taken off)"),
        AddedKind.FINE: tr("Fine (added)"),
        AddedKind.RAISE: tr("Adjustment (added)"),
        AddedKind.LOWER: tr("Adjustment (taken off)"),
    }[kind]


class AdjustmentRow(QWidget):
    """One line; what is wrong with it stands under what it is about."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        for kind in AddedKind:
            self.kind.addItem(_words(kind), kind.value)
        self.amount = MoneyEdit(placeholder=tr("Amount in dinars"))
        self.reason = LineEdit(placeholder=tr("Reason"))
        self.remove = button(tr("Remove the line"), "quiet", Icon.REMOVE, self.removed.emit)
        self.kind.setAccessibleName(tr("Kind of line"))
        self.amount.setAccessibleName(tr("Amount in dinars"))
        self.reason.setAccessibleName(tr("Reason"))
        self.problems = {"amount": self._problem(), "reason": self._problem()}
        amount = column(self.amount, self.problems["amount"], 1, gap=0.5)
        reason = column(self.reason, self.problems["reason"], 1, gap=0.5)
        box = row(column(self.kind, 1), amount, reason, column(self.remove, 1), gap=1)
        box.setStretchFactor(reason, 2)
        box.setStretchFactor(amount, 1)
        self.setLayout(box)
        self.kind.setMinimumWidth(space(24))
        self.kind.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.amount.edited.connect(self.changed.emit)
        self.reason.edited.connect(self.changed.emit)

    def name_after(self, place: int) -> None:
        parts = (("kind", self.kind), ("amount", self.amount), ("reason", self.reason), ("remove", self.remove))
        for name, widget in parts:
            widget.setObjectName(f"fees.adjustment.{place}.{name}")

    @property
    def line(self) -> AddedLine:
        return AddedLine(AddedKind(self.kind.currentData()), self.amount.text(), self.reason.text())

    def show_line(self, line: AddedLine) -> None:
        self.kind.setCurrentIndex(self.kind.findData(line.kind.value))
        self.amount.setText(line.amount)
        self.reason.setText(line.reason)

    def show_problem(self, field: str, sentence: str) -> None:
        """Beside "amount" or "reason"; "" takes it away."""
        edits: dict[str, QLineEdit] = {"amount": self.amount, "reason": self.reason}
        self.problems[field].setText(sentence)
        self.problems[field].setVisible(bool(sentence))
        edits[field].setAccessibleDescription(sentence)
        set_property(edits[field], "wrong", bool(sentence))

    @staticmethod
    def _problem() -> QLabel:
        made = label("", Type.SMALL, Tone.LATE, wrap=True)
        made.hide()
        return made


class Adjusting(QWidget):
    """All added lines, and which units have a contract with a licensed waste hauler."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[AdjustmentRow] = []
        self.contracts: dict[str, QCheckBox] = {}
        self._wanted: set[str] = set()
        self._titles: dict[str, str] = {}
        self._rows = column(gap=1)
        self._contracts = column(gap=0.5)
        self.add = button(tr("Add a line"), "quiet", Icon.ADD, self._add_by_hand)
        self.add.setObjectName("fees.add_line")
        self.setLayout(column(self._contracts, self._rows, row(self.add, 1), gap=1))

    def show_units(self, titles: dict[str, str]) -> None:
        """One box for each unit; what was ticked stays ticked, and the boxes stand while the units are the same."""
        if titles == self._titles:
            return
        self._wanted |= set(self.ticked)
        for box in self.contracts.values():
            box.hide()
            box.deleteLater()
        self.contracts, self._titles = {}, dict(titles)
        for key, title in titles.items():
            box = QCheckBox(tr("{unit} has a contract with a licensed waste hauler", unit=title))
            box.setObjectName(f"fees.contract.{key}")
            box.setChecked(key in self._wanted)
            box.toggled.connect(lambda _: self.changed.emit())
            self.contracts[key] = box
            self._contracts.addWidget(box)
        self._wanted = set()

    def add_row(self, line: AddedLine | None = None) -> AdjustmentRow:
        made = AdjustmentRow()
        if line is not None:
            made.show_line(line)
        made.changed.connect(self.changed.emit)
        made.removed.connect(lambda: self._drop(made))
        made.name_after(len(self.rows))
        self.rows.append(made)
        self._rows.addWidget(made)
        return made

    def show_typed(self, typed: Typed) -> None:
        """Puts back what was kept; says nothing of it as a change."""
        self.blockSignals(True)
        self.clear()
        for line in typed.lines:
            self.add_row(line)
        self._wanted = set(typed.contracts)
        for key, box in self.contracts.items():
            box.setChecked(key in self._wanted)
        self.blockSignals(False)

    def clear(self) -> None:
        for made in self.rows:
            made.hide()
            made.deleteLater()
        self.rows, self._wanted = [], set()
        for box in self.contracts.values():
            box.setChecked(False)

    @property
    def ticked(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.contracts.items() if box.isChecked())

    @property
    def lines(self) -> tuple[AddedLine, ...]:
        return tuple(made.line for made in self.rows)

    def show_refusals(self, refusals: Iterable[Message]) -> tuple[Message, ...]:
        """Puts each refusal at its line and gives back those that belong to none."""
        said: dict[tuple[int, str], str] = {}
        homeless = []
        for refusal in refusals:
            parts = refusal.about.split(".")
            if parts[0] == "adjustments" and len(parts) > 1 and int(parts[1]) < len(self.rows):
                field = parts[2] if len(parts) > 2 else "amount"
                said.setdefault((int(parts[1]), field), describe(refusal))
            else:
                homeless.append(refusal)
        for place, made in enumerate(self.rows):
            for field in made.problems:
                made.show_problem(field, said.get((place, field), ""))
        return tuple(homeless)

    def _add_by_hand(self) -> None:
        self.add_row().amount.setFocus()

    def _drop(self, gone: AdjustmentRow) -> None:
        self.rows.remove(gone)
        gone.hide()
        gone.deleteLater()
        for place, made in enumerate(self.rows):
            made.name_after(place)
        self.add.setFocus()
        self.changed.emit()
