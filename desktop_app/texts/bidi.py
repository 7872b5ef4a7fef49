"""Isolating runs of another direction, so that neighbours do not reorder them (UAX #9)."""

from __future__ import annotations

import unicodedata

LRI = "\u2066"
FSI = "\u2068"
PDI = "\u2069"
LRM = "\u200e"
RLM = "\u200f"
ALM = "\u061c"

_MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))


def isolate(text: str) -> str:
    """Wrap ``text`` in first-strong isolate marks; an empty text stays empty."""
    return f"{FSI}{text}{PDI}" if text else text


def isolate_foreign(text: str, *, rtl: bool) -> str:
    """Isolate ``text`` only where it holds letters of the other direction or number-like runs.

    Plain Arabic words in an Arabic sentence get no marks: marks cost characters in an SMS
    and show up when text is copied.
    """
    own = {"R", "AL", "AN"} if rtl else {"L"}
    strong = {"L", "R", "AL", "EN", "AN"}
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in strong and kind not in own:
            return isolate(text)
    return text


def from_leading(text: str, *, rtl: bool) -> str:
    """A line without Arabic letters begins at the leading side as well: labels take the side from the text."""
    arabic = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return f"{RLM}{text}" if rtl and text and not arabic else text


def strip_marks(text: str) -> str:
    """Remove direction marks, for channels that pay by the character (SMS) or compare text."""
    return text.translate(_MARKS)
