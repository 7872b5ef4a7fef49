"""The one modal question: before what cannot be undone. The verb stands on the button, never «yes»."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.texts import tr
from desktop_app.ui.widgets.labels import set_property


def ask(
    parent: QWidget,
    question: str,
    verb: str,
    then: Callable[[], None],
    *,
    consequence: str = "",
    destructive: bool = False,
) -> QMessageBox:
    """Ask; ``then`` runs if the verb was chosen. The safe way out is chosen beforehand. Does not block."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(verb)
    box.setText(question)
    box.setInformativeText(consequence)
    do = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(tr("Go back"), QMessageBox.ButtonRole.RejectRole)
    set_property(do, "kind", "destructive" if destructive else "main")
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.accepted.connect(then)
    box.open()
    return box
