"""Text on screen by size and meaning, never by font or colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.ui.theme import Tone, Type


def label(
    text: str = "",
    kind: Type = Type.BODY,
    tone: Tone = Tone.PLAIN,
    *,
    strong: bool = False,
    wrap: bool = False,
    selectable: bool = False,
) -> QLabel:
    """Plain text, never markup: what people typed is shown as they typed it."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", kind.value)
    made.setProperty("tone", tone.value)
    made.setProperty("strong", strong)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if selectable:
        from PySide6.QtWidgets import QStyle

        # Selectable text would otherwise stand where its own direction begins, not where the window's does.
        leading = QStyle.visualAlignment(QGuiApplication.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        made.setAlignment(leading | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the stylesheet looks at, and have it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
