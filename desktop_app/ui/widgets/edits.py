"""Lines of typing that accept the digits people type and give the exact value, or say why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import InputError
from desktop_app.domain.money import Fils
from desktop_app.texts import describe, strip_marks
from desktop_app.texts.clock_words import short_date
from desktop_app.texts.quantities import amount, code, square_metres
from desktop_app.texts.typed import read_area, read_date, read_money
from desktop_app.ui.theme import space

T = TypeVar("T")


def _leading(widget: QWidget) -> Qt.AlignmentFlag:
    # As QStyle.visualAlignment says; but that class takes 4 ms to load, before the first paint.
    mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return (
        Qt.AlignmentFlag.AlignTrailing if mirrored else Qt.AlignmentFlag.AlignLeading
    ) | Qt.AlignmentFlag.AlignAbsolute


class LineEdit(QLineEdit):
    """One line of text. ``edited`` follows every change by the user."""

    edited = Signal()

    def __init__(self, text: str = "", placeholder: str = "") -> None:
        super().__init__(text)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(lambda _: self.edited.emit())
        self._begin_where_one_reads()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._begin_where_one_reads()

    def _begin_where_one_reads(self) -> None:
        """Figures and Latin begin at the leading side as well: Qt would take the side from the text."""
        self.setAlignment(_leading(self) | Qt.AlignmentFlag.AlignVCenter)

    @property
    def typed(self) -> str:
        """What stands here, with ASCII digits and no space around."""
        return ascii_digits(strip_marks(self.text())).strip()


class DigitsEdit(LineEdit):
    """A number that identifies something, read from left to right in either language.

    At rest it is shown in the language's digits. While it is written it stands in ASCII digits: between Eastern
    ones a hyphen would turn the parts around under the hand.
    """

    def __init__(self, text: str = "", placeholder: str = "") -> None:
        super().__init__(code(text), placeholder)

    def show_value(self, text: str) -> None:
        self.setText(code(text))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.text() != self.typed:
            self.setText(self.typed)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setText(code(self.typed))


class ValueEdit(LineEdit, Generic[T]):
    """A typed value. What cannot be read stays as it was typed, with its sentence in ``problem``."""

    def __init__(self, read: Callable[[str], T], show: Callable[[T], str], value: T | None, placeholder: str) -> None:
        super().__init__("", placeholder)
        self._read, self._show = read, show
        self.show_value(value)

    def show_value(self, value: T | None) -> None:
        self.setText("" if value is None else self._show(value))

    def find_value(self) -> T | None:
        """The value, or None while nothing or nothing readable stands here."""
        try:
            return self.get_value() if self.typed else None
        except InputError:
            return None

    def get_value(self) -> T:
        """The value. Raises InputError, also for an empty line."""
        return self._read(self.text())

    @property
    def problem(self) -> str:
        """Why what stands here cannot be read; "" for a readable or an empty line."""
        if not self.typed:
            return ""
        try:
            self.get_value()
        except InputError as error:
            return describe(error.why)
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        value = self.find_value()
        if value is not None:
            self.show_value(value)


class AreaEdit(ValueEdit[Area]):
    """Square metres."""

    def __init__(self, value: Area | None = None, placeholder: str = "") -> None:
        super().__init__(read_area, square_metres, value, placeholder)


class MoneyEdit(ValueEdit[Fils]):
    """Dinars."""

    def __init__(self, value: Fils | None = None, placeholder: str = "") -> None:
        super().__init__(read_money, amount, value, placeholder)


class DateEdit(ValueEdit[date]):
    """A day, typed: faster than any calendar for who has it on paper."""

    def __init__(self, value: date | None = None, placeholder: str = "") -> None:
        super().__init__(read_date, short_date, value, placeholder)


class TextArea(QPlainTextEdit):
    """Several lines of words, beginning where the window's language begins."""

    def __init__(self, text: str = "", placeholder: str = "", lines: int = 3) -> None:
        super().__init__(text)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + space(2.5))
        option = self.document().defaultTextOption()
        option.setTextDirection(self.layoutDirection())
        # A plain text edit, other than a rich one, does not turn its alignment over with the direction.
        option.setAlignment(_leading(self))
        self.document().setDefaultTextOption(option)

    @property
    def typed(self) -> str:
        """What stands here, without space around."""
        return self.toPlainText().strip()
