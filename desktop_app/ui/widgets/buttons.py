"""Buttons, and the bar that ends a view: one main action at the leading side, destructive ones apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QWidget

from desktop_app.texts import tr
from desktop_app.ui.icons import Icon, set_icon
from desktop_app.ui.theme import Tone, Type
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, row

_TONES = {"destructive": Tone.LATE, "quiet": Tone.ACCENT}


def button(
    text: str, kind: str = "plain", icon: Icon | None = None, on_click: Callable[[], None] | None = None
) -> QPushButton:
    """``kind``: main, plain, quiet, destructive or view. The text is a verb: «اقبل الطلب»."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(kind == "main")
    if icon is not None:
        set_icon(made, icon, _TONES.get(kind, Tone.PLAIN))
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user can do here. ``missing`` names, as sentences, what still stands in its way."""

    name: str
    text: str
    run: Callable[[], None] = field(compare=False)
    icon: Icon | None = None
    shortcut: str = ""
    missing: tuple[str, ...] = ()
    destructive: bool = False

    @property
    def possible(self) -> bool:
        return not self.missing


class ActionBar(QFrame):
    """At most one main action; what stands in its way is listed under it, never hidden in a tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self.reasons: list[QLabel] = []
        self._box = column(gap=1)
        self.setLayout(self._box)

    def show_actions(self, main: Action | None, others: tuple[Action, ...] = ()) -> None:
        """Replace the actions. Destructive ones are put at the far end."""
        focused = next((name for name, made in self.buttons.items() if made.hasFocus()), "")
        _empty(self._box)
        self.buttons, self.reasons = {}, []
        plain = [self._make(action, "plain") for action in others if not action.destructive]
        apart = [self._make(action, "destructive") for action in others if action.destructive]
        first = self._make(main, "main") if main else None
        self._box.addLayout(row(first, *plain, 1, *apart))
        for action in filter(None, (main, *others)):
            self._say_missing(action)
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _make(self, action: Action, kind: str) -> QPushButton:
        made = button(action.text, kind, action.icon, action.run)
        made.setObjectName(action.name)
        made.setEnabled(action.possible)
        if action.shortcut:
            made.setShortcut(action.shortcut)
        self.buttons[action.name] = made
        return made

    def _say_missing(self, action: Action) -> None:
        if not action.missing:
            return
        head = label(tr("“{action}” still needs:", action=action.text), Type.SMALL, Tone.MUTED)
        self._box.addWidget(head)
        for reason in action.missing:
            said = label(f"•  {reason}", Type.SMALL, Tone.BLOCKED, wrap=True)
            self.reasons.append(said)
            self._box.addWidget(said)


def _empty(box: QBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        if (inner := item.layout()) is not None and isinstance(inner, QBoxLayout):
            _empty(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
