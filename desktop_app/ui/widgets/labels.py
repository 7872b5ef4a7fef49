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
        _laid_out_as_document(made)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    elif wrap:
        # Only what is laid out as a document is broken rightly from right to left: otherwise the space at the end of
        # a broken line is drawn at its beginning, and the line's last letter falls outside the label.
        _laid_out_as_document(made)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


def _laid_out_as_document(made: QLabel) -> None:
    # Such text would otherwise stand where its own direction begins, not where the window's does. QStyle could tell the
    # side, but that class takes 10 ms to load.
    rtl = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    leading = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(leading | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the stylesheet looks at, and have it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
