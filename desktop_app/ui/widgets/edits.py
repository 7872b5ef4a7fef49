"""Lines of typing that accept the digits people type and give the exact value, or say why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import InputError
from desktop_app.domain.money import Fils
from desktop_app.texts import describe
from desktop_app.texts.clock_words import short_date
from desktop_app.texts.quantities import amount, digits, square_metres
from desktop_app.texts.typed import read_area, read_date, read_money

T = TypeVar("T")


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
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    @property
    def typed(self) -> str:
        """What stands here, with ASCII digits and no space around."""
        return ascii_digits(self.text()).strip()


class DigitsEdit(LineEdit):
    """A number that identifies something: shown in the language's digits, kept in ASCII, left to right."""

    def __init__(self, text: str = "", placeholder: str = "", length: int = 32) -> None:
        super().__init__(digits(text), placeholder)
        self.setMaxLength(length)

    def show_value(self, text: str) -> None:
        self.setText(digits(text))


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
