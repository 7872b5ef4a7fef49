"""What the keys do, in one list: a window shows it with F1."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from desktop_app.texts import isolate, tr
from desktop_app.ui.widgets.layouts import column
from desktop_app.ui.widgets.sections import Card, Facts


def shortcut_words(keys: str) -> str:
    """A key sequence as the platform writes it, kept left to right in an Arabic line."""
    return isolate(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))


def general_shortcuts() -> tuple[tuple[str, str], ...]:
    return (
        (tr("Search and commands"), "Ctrl+K"),
        (tr("Open what is selected"), "Return"),
        (tr("Back"), "Esc"),
        (tr("Read again"), "F5"),
        (tr("This list"), "F1"),
    )


class ShortcutList(QDialog):
    def __init__(self, shortcuts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        pairs = ((name, shortcut_words(keys)) for name, keys in shortcuts)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.facts = Facts(*pairs)
        self.setLayout(column(Card(tr("Keyboard shortcuts"), self.facts), buttons, gap=2, margin=2))
