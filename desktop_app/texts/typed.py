"""Reading what people type: Eastern, Persian or ASCII digits, either decimal mark, dates in the day's order.

Every function gives the exact value or raises ``InputError`` with the sentence to show beside the field.
"""

from __future__ import annotations

import re
from datetime import date

from desktop_app.domain.area import Area
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.messages import InputError, message
from desktop_app.domain.money import Fils
from desktop_app.texts.bidi import strip_marks

# Compiled (and kept by `re`) with the first value that is typed, not before the first window stands.
_DECIMAL = r"(\d{1,9})(?:\.(\d+))?"
_DATE = r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})"
_TWO_WAYS = r"[1-9]\d{0,2}[,،]\d{3}"
_GROUPED = r"\d{1,3}(?:[,٬]\d{3})+(?=\D|$)"


def read_area(text: str, about: str = "") -> Area:
    """Square metres with at most two decimals, as hundredths: ``١٢٠٫٥`` is ``Area(12050)``."""
    value = _scaled(text, 2)
    if value is None:
        raise InputError(message("typed.not_an_area", about))
    return Area(value)


def read_money(text: str, about: str = "") -> Fils:
    """Dinars with at most three decimals, as fils: ``12.5`` is ``Fils(12500)``.

    ``12,500`` is refused: some write twelve and a half dinars so, others twelve thousand five hundred.
    """
    if re.fullmatch(_TWO_WAYS, _plain(text)):
        raise InputError(message("typed.amount_two_ways", about))
    value = _scaled(text, 3)
    if value is None:
        raise InputError(message("typed.not_an_amount", about))
    return Fils(value)


def read_count(text: str, about: str = "") -> int:
    """A whole number, not negative."""
    value = _scaled(text, 0)
    if value is None:
        raise InputError(message("typed.not_a_number", about))
    return value


def read_date(text: str, about: str = "") -> date:
    """Day, month, year with strokes, points, hyphens or spaces between; or year-month-day with hyphens.

    A day that does not exist (31 April) is told apart from a text that is no date at all.
    """
    found = re.fullmatch(_DATE, _plain(text))
    if found is None:
        raise InputError(message("typed.not_a_date", about))
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    try:
        return date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
    except ValueError as error:
        raise InputError(message("typed.no_such_day", about)) from error


def _plain(text: str) -> str:
    return ascii_digits(strip_marks(text)).strip()


def _scaled(text: str, places: int) -> int | None:
    plain = _plain(text)
    if re.match(_GROUPED, plain):
        plain = plain.replace(",", "").replace("٬", "")
    found = re.fullmatch(_DECIMAL, plain.replace("٫", ".").replace(",", ".").replace("،", "."))
    if found is None:
        return None
    whole, part = found.group(1), (found.group(2) or "").rstrip("0")
    if len(part) > places:
        return None
    return int(whole + part.ljust(places, "0"))
