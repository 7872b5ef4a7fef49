"""Digits as Jordan writes them: ٠١٢٣٤٥٦٧٨٩ with ٫ for the decimals and ٬ for the thousands."""

from __future__ import annotations

DECIMAL = "\u066b"
GROUP = "\u066c"
MINUS = "\u2212"

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def eastern(text: str) -> str:
    """Give the text with each ASCII digit as an Eastern Arabic digit."""
    return text.translate(_EASTERN)


def grouped(whole: int, *, arabic: bool) -> str:
    """Give an integer with its thousands grouped: ``١٬٢٥٠`` or ``1,250``."""
    text = f"{abs(whole):,}"
    sign = MINUS if whole < 0 else ""
    return sign + (eastern(text).replace(",", GROUP) if arabic else text)


def scaled(value: int, places: int, *, arabic: bool) -> str:
    """Give an integer of ``10**-places`` units as a decimal number, exactly.

    ``scaled(12500, 3, arabic=True)`` is ``١٢٫٥٠٠``. No float is ever involved.
    """
    whole, part = divmod(abs(value), 10**places)
    sign = MINUS if value < 0 else ""
    fraction = f"{part:0{places}d}"
    if arabic:
        return f"{sign}{grouped(whole, arabic=True)}{DECIMAL}{eastern(fraction)}"
    return f"{sign}{grouped(whole, arabic=False)}.{fraction}"
