"""Rows and columns on the grid. Order is reading order: the first item is at the leading side."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.theme import space

Item = QWidget | QLayout | int | None
"""A widget, a layout, a stretch (an int), or a place left empty (None is skipped)."""


def fill(box: QBoxLayout, items: tuple[Item, ...], gap: float, margin: float) -> QBoxLayout:
    box.setSpacing(space(gap))
    box.setContentsMargins(space(margin), space(margin), space(margin), space(margin))
    for item in items:
        if isinstance(item, QWidget):
            box.addWidget(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        elif isinstance(item, int):
            box.addStretch(item)
    return box


def row(*items: Item, gap: float = 1, margin: float = 0) -> QBoxLayout:
    return fill(QHBoxLayout(), items, gap, margin)


def column(*items: Item, gap: float = 1, margin: float = 0) -> QBoxLayout:
    return fill(QVBoxLayout(), items, gap, margin)


def panel(layout: QLayout, kind: str = "") -> QFrame:
    """A frame that holds a layout; ``kind`` as the stylesheet names it (card, bar, note, popup)."""
    made = QFrame()
    made.setProperty("kind", kind)
    made.setLayout(layout)
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setProperty("kind", "rule")
    made.setFixedHeight(max(1, space(0.125)))
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """The content in an area that scrolls up and down only."""
    from PySide6.QtCore import Qt

    area = QScrollArea()
    content.setProperty("kind", "scrolled")
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
