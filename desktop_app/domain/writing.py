"""What can stand on a paper: letters that its typefaces have, and texts that are not without end.

What a person typed is shown on certificates, receipts, letters or the history. What could not be drawn there is refused
when it is given, not when the paper is due and the money was taken.
"""

from __future__ import annotations

import re
import unicodedata

from desktop_app.domain.handover import MOST_INK
from desktop_app.domain.messages import Message, message

LONGEST_NAME = 120
"""Characters of a name of a person, a shop or a street."""
LONGEST_NUMBER = 100
"""Characters of a number that somebody else gave: of a deed, a letter, an identity."""
LONGEST_REGISTERED = 200
"""Characters of what the register of licences says in one place."""
LONGEST_TEXT = 2_000
"""Characters of a reason or a note."""

_NAMES = ("name_ar", "name_en", "trade_name", "signatory_ar", "delivered_to")
_NUMBERS = (
    *("number", "reference", "identity", "title_deed", "construction_certificate", "authority", "authority_reference"),
    *("answer_number", "letter_number", "licence_number", "receipt_number", "payment_reference", "serial", "mobile"),
    *("request_id", "key", "body", "part", "digest", "parent_number", "vocations", "added_vocations", "signs"),
)
_LONGEST = {**dict.fromkeys(_NAMES, LONGEST_NAME), **dict.fromkeys(_NUMBERS, LONGEST_NUMBER), "ink": MOST_INK}

_WRITABLE = (
    "\x00-\u017f"  # Latin, with the letters of Europe's names
    "\u0600-\u06ff\u0750-\u077f"  # Arabic, with Persian's, Kurdish's and Urdu's
    "\u200b-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u2069\ufeff"  # seen by nobody: spaces and marks
    "\u2000-\u200a\u2010-\u2015\u2018-\u2022\u2024\u2026\u2030\u2032\u2033\u2039\u203a"  # spaces, dashes, quotes
    "\u20ac\u2116\u2122\u2212"  # €, №, ™, −
    "\ufb50-\ufbb1\ufbd3-\ufd3f\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdfb\ufe70-\ufe74\ufe76-\ufefc"  # letters' shapes
)
_UNWRITABLE = re.compile(f"[^{_WRITABLE}]")


def find_unwritable(text: str) -> str:
    """The first character that no paper can show; nothing where there is none."""
    if text.isascii() or _UNWRITABLE.search(text) is None:
        return ""
    found = _UNWRITABLE.search(unicodedata.normalize("NFC", text))
    return found[0] if found else ""


def why_not_written(text: str, longest: int, about: str = "") -> tuple[Message, ...]:
    """Why this cannot stand on a paper; `longest` in characters. Empty where it can."""
    return why_too_long(text, longest, about) + why_unwritten(text, about)


def why_too_long(text: str, longest: int, about: str = "") -> tuple[Message, ...]:
    if len(text) <= longest:
        return ()
    return (message("text.too_long", about, longest=longest, length=len(text)),)


def why_unwritten(text: str, about: str = "") -> tuple[Message, ...]:
    sign = find_unwritable(text)
    return (message("text.unwritable", about, sign=sign, text=_around(text, sign)),) if sign else ()


def longest_of(field: str) -> int:
    """Characters that a command's field of this name may have."""
    return _LONGEST.get(field, LONGEST_TEXT)


def _around(text: str, sign: str) -> str:
    """The text, or so much of it as tells which one it is."""
    at = max(0, unicodedata.normalize("NFC", text).find(sign))
    return text[max(0, at - 20) : at + 21]
