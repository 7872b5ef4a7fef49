"""What a scanner that types like a keyboard has typed, whichever layout the keyboard had meanwhile.

Such a scanner presses the keys of an English keyboard. With the Arabic layout chosen, the same keys give Arabic
letters and signs (Arabic 101 of Windows and `ara` of X11, which agree on the keys that a code needs): each is turned
back into what its key would have given. With the capitals locked, letters come small.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.digits import ascii_digits
from desktop_app.wire.certificate_code import PREFIX

LONGEST = 10_000
"""Characters; the largest QR code holds 4,296, and its Arabic form may have two for one."""
_ALPHABET = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_KEYS = {
    "\u064e": "Q", "\u064b": "W", "\u064f": "E", "\u064c": "R", "\ufef9": "T", "\u0625": "Y", "`": "U", "\u2018": "U",
    "\u00f7": "I", "\u00d7": "O", "\u061b": "P", "\u0650": "A", "\u064d": "S", "]": "D", "[": "F", "\ufef7": "G",
    "\u0623": "H", "\u0640": "J", "\u060c": "K", "/": "L", "~": "Z", "\u0652": "X", "}": "C", "{": "V", "\ufef5": "B",
    "\u0622": "N", "\u2019": "M", "'": "M", "\u0632": ".", "\u0638": "/",
}  # fmt: skip
"""What the Arabic layout gives for a key (capitals: with Shift) → what the English layout gives."""
_PAIRS = {"\u0644\u0625": "\ufef9", "\u0644\u0623": "\ufef7", "\u0644\u0622": "\ufef5"}
"""Windows gives two letters for these keys, X11 the one sign for both."""
_ARABIC = range(0x0600, 0x0700)


@dataclass(frozen=True, slots=True)
class Typed:
    """`text` is the code, None where it is not one; `garbled`: it was typed in a layout that cannot be turned back."""

    text: str | None
    garbled: bool = False


def read_typed(typed: str) -> Typed:
    """The code that a scanner typed."""
    text = typed[: LONGEST + 1].strip("\r\n\t\x00 \ufeff")
    if len(text) > LONGEST:
        return Typed(None)
    if text.startswith(PREFIX):
        return Typed(text)
    turned = _turned_back(text)
    if turned.startswith(PREFIX):
        return Typed(turned, garbled=False) if _ALPHABET.issuperset(turned) else Typed(None, garbled=True)
    return Typed(None, garbled=_looks_arabic(text))


def _turned_back(text: str) -> str:
    if text.upper().startswith(PREFIX):
        return text.upper()
    for pair, one in _PAIRS.items():
        text = text.replace(pair, one)
    return "".join(_KEYS.get(one, one) for one in ascii_digits(text))


def _looks_arabic(text: str) -> bool:
    """More than half of it, and longer than somebody would type by hand."""
    arabic = sum(ord(one) in _ARABIC or one in _KEYS for one in text)
    return len(text) > len(PREFIX) and 2 * arabic > len(text)
