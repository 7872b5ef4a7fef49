"""An aid for cash: what the payer handed over, and what is given back. Nothing of it is stored with the payment."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.money import Fils
from desktop_app.texts import tr
from desktop_app.ui.payment.presenter import change_of
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.edits import MoneyEdit
from desktop_app.ui.widgets.forms import Field
from desktop_app.ui.widgets.labels import label, set_property
from desktop_app.ui.widgets.layouts import column, row


class Cash(QWidget):
    """The change stands in a big figure, read from across the counter."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._due = Fils(0)
        self.received = MoneyEdit()
        self.received.setObjectName("payment.received")
        self.change = label("", Type.TITLE, strong=True)
        self.change.setObjectName("payment.change")
        field = Field("received", tr("Amount received (JD)"), self.received, optional=True)
        field.setMaximumWidth(space(28))
        self.setLayout(row(field, column(1, self.change), 1, gap=3))
        self.received.edited.connect(self._typed)

    def show_due(self, due: Fils) -> None:
        self._due = due
        self._reckon()

    def show_typed(self, text: str) -> None:
        self.received.setText(text)
        self._reckon()

    def _typed(self) -> None:
        self._reckon()
        self.edited.emit()

    def _reckon(self) -> None:
        change = change_of(self.received.find_value(), self._due)
        if change is None:
            self.change.setText("")
        elif change < 0:
            self.change.setText(tr("Still short: {amount}", amount=Fils(-change)))
        else:
            self.change.setText(tr("Change: {amount}", amount=change))
        set_property(self.change, "tone", (Tone.LATE if change is not None and change < 0 else Tone.DONE).value)
