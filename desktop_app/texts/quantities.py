"""Numbers, money, area and size as shown: exact, in the language's digits."""

from __future__ import annotations

from unicodedata import bidirectional

from desktop_app.domain.area import Area
from desktop_app.domain.money import Fils
from desktop_app.texts.bidi import ALM, LRI, LRM, PDI
from desktop_app.texts.digits import eastern, grouped, scaled
from desktop_app.texts.language import current


def number(value: int) -> str:
    """``١٬٢٥٠``."""
    return grouped(value, arabic=current().arabic)


def digits(text: str) -> str:
    """An identifier or code in the language's digits, ungrouped: ``٢٠٢٦-٠٠١٢``."""
    return eastern(text) if current().arabic else text


def code(text: str) -> str:
    """The number of a paper, or a telephone's, as one run read from left to right: ``R-٢٠٢٦-٠٨-٠٠٠٠٠٤``.

    Between Eastern digits a hyphen or a space would turn the parts around, so marks that nobody sees hold them;
    reading what was typed or copied strips them again.
    """
    shown = digits(text)
    kinds = {bidirectional(char) for char in text}
    if shown == text or kinds & {"R", "AL"} or not (kinds & {"L", "ET", "ES"}):
        return shown
    held = "".join(char if char.isalnum() or char == "+" else f"{LRM}{char}{LRM}" for char in shown)
    return f"{LRI}{held}{PDI}"


def amount(fils: int) -> str:
    """Dinars with their three decimals, without the word: ``١٢٫٥٠٠``. For columns that say it above."""
    return scaled(fils, 3, arabic=current().arabic)


def money(fils: Fils) -> str:
    """``١٢٫٥٠٠ دينار`` or ``JD 12.500``. A decimal figure takes the bare singular in every case."""
    return f"{amount(fils)} دينار" if current().arabic else f"JD {amount(fils)}"


def square_metres(area: int) -> str:
    """Hundredths of a m² as a figure without the unit: ``١٢٠٫٥٠``."""
    return scaled(area, 2, arabic=current().arabic)


def area(size: Area) -> str:
    """``١٢٠٫٥٠ م²`` or ``120.50 m²``."""
    return f"{square_metres(size)} {'م²' if current().arabic else 'm²'}"


def percent(share: int) -> str:
    """Whole percent: ``٢٠٪`` or ``20%``. A mark that nobody sees keeps the sign behind the figure, isolated as well."""
    return f"{grouped(share, arabic=True)}٪{ALM}" if current().arabic else f"{share}%"
