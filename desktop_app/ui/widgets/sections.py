"""Cards and pairs: the containers most screens are made of."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QWidget

from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import Item, column, row


class Card(QFrame):
    """A raised box with a heading; ``aside`` stands at the heading's far end."""

    def __init__(self, title: str, *items: Item, aside: QWidget | None = None, gap: float = 1) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.heading = label(title, Type.BODY, strong=True)
        self.body = column(*items, gap=gap)
        head = row(self.heading, 1, aside) if title or aside else None
        self.setLayout(column(head, self.body, gap=1, margin=2))


class Facts(QWidget):
    """Names with their values, aligned: what is known and not typed here."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(2))
        self._grid.setVerticalSpacing(space(0.5))
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)
        self.values: dict[str, QLabel] = {}
        self.show_pairs(*pairs)

    def show_pairs(self, *pairs: tuple[str, str]) -> None:
        """Replace the facts; an empty value is left out."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.values = {}
        for at, (name, value) in enumerate(pair for pair in pairs if pair[1]):
            self._grid.addWidget(label(name, Type.SMALL, Tone.MUTED), at, 0)
            self.values[name] = label(value, wrap=True, selectable=True)
            self._grid.addWidget(self.values[name], at, 1)


def page(*items: Item, gap: float = 2, margin: float = 2) -> QWidget:
    """A plain widget that holds a column."""
    made = QWidget()
    made.setLayout(column(*items, gap=gap, margin=margin))
    return made


def holding(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made
