"""Saved views as tabs with counts, and the strip of filters under them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QLineEdit, QPushButton

from desktop_app.texts import tr
from desktop_app.texts.quantities import number
from desktop_app.ui.icons import Icon
from desktop_app.ui.theme import Type, current, fonts, space
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.layouts import row

SETTLE_MS = 150


class ViewTabs(QFrame):
    """One view is chosen at any time. ``chosen`` gives its name."""

    chosen = Signal(str)

    def __init__(self, *views: tuple[str, str]) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self._titles = dict(views)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for name, title in views:
            made = button(title, "view")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, n=name: self.chosen.emit(n))
            self._group.addButton(made)
            self.buttons[name] = made
        self.setLayout(row(*self.buttons.values(), 1, gap=0))
        if views:
            self.buttons[views[0][0]].setChecked(True)

    @property
    def current(self) -> str:
        return next(name for name, made in self.buttons.items() if made.isChecked())

    def choose(self, name: str) -> None:
        """Choose a view as if it were clicked."""
        self.buttons[name].click()

    def show_count(self, name: str, count: int | None) -> None:
        title = self._titles[name]
        made = self.buttons[name]
        made.setText(title if count is None else f"{title}  {number(count)}")
        # The chosen view is set in a heavier face: there must be room for it before it is chosen.
        heavy = QFontMetrics(fonts.font(current().metrics, Type.BODY, QFont.Weight.DemiBold))
        made.setMinimumWidth(heavy.horizontalAdvance(made.text()) + space(3.5))


class FilterStrip(QFrame):
    """A line to search in and some choices. ``changed`` comes once typing rests."""

    changed = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText(placeholder or tr("Filter this list"))
        self.search.setClearButtonEnabled(False)
        said = self.search.fontMetrics().horizontalAdvance(self.search.placeholderText())
        self.search.setMinimumWidth(max(space(30), min(said + space(4), space(60))))
        self.clear = button(tr("Clear filters"), "quiet", Icon.CLOSE, self.reset)
        self.clear.hide()
        self.choices: dict[str, QComboBox] = {}
        self._box = row(self.search, self.clear, 1, gap=1)
        self.setLayout(self._box)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE_MS)
        self._rest.timeout.connect(self._settled)
        self.search.textEdited.connect(lambda _: self._rest.start())
        self.search.returnPressed.connect(self._settled)

    def add_choice(self, name: str, everything: str, options: tuple[tuple[str, str], ...]) -> QComboBox:
        """A choice among ``(value, title)``; ``everything`` is the title of choosing none."""
        box = QComboBox()
        box.setAccessibleName(everything)
        box.addItem(everything, "")
        for value, title in options:
            box.addItem(title, value)
        box.activated.connect(lambda _: self._settled())
        self.choices[name] = box
        self._box.insertWidget(self._box.count() - 2, box)
        return box

    def values(self) -> dict[str, str]:
        """What is filtered by: the text under ``text``, each choice under its name; only what is set."""
        found = {name: str(box.currentData() or "") for name, box in self.choices.items()}
        found["text"] = self.search.text().strip()
        return {name: value for name, value in found.items() if value}

    def reset(self) -> None:
        self.search.clear()
        for box in self.choices.values():
            box.setCurrentIndex(0)
        self._settled()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settled(self) -> None:
        self._rest.stop()
        self.clear.setVisible(bool(self.values()))
        self.changed.emit()
