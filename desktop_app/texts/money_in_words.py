"""Amounts in Arabic words, as a receipt writes them: «فقط مئة وخمسة وعشرون دينارا وخمسمئة فلس لا غير».

The grammar of the number decides the counted noun by the last two digits: one stands alone with its
adjective, two is the dual, three to ten take the plural, eleven to ninety-nine the accusative singular,
whole hundreds and thousands the genitive singular in construct (where a dual loses its nun). Everything
is in the nominative, masculine, as both dinar and fils are; no vowel signs, so that text can be searched.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """The forms of a masculine noun that a number asks for."""

    one: str
    two: str
    two_construct: str
    few: str
    many: str
    hundred: str


DINAR = Counted("دينار واحد", "ديناران", "دينارا", "دنانير", "دينارا", "دينار")
# «فلوس», as the kingdom's own small coins were lettered.
FILS = Counted("فلس واحد", "فلسان", "فلسا", "فلوس", "فلسا", "فلس")

_SCALES = (
    (1_000_000_000, Counted("مليار", "ملياران", "مليارا", "مليارات", "مليارا", "مليار")),
    (1_000_000, Counted("مليون", "مليونان", "مليونا", "ملايين", "مليونا", "مليون")),
    (1_000, Counted("ألف", "ألفان", "ألفا", "آلاف", "ألفا", "ألف")),
)
_ONES = (
    "", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة",
    "أحد عشر", "اثنا عشر", "ثلاثة عشر", "أربعة عشر", "خمسة عشر", "ستة عشر", "سبعة عشر", "ثمانية عشر", "تسعة عشر",
)  # fmt: skip
_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS = ("", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة")
_AND = " و"


def receipt_words(fils: int) -> str:
    """The amount framed as receipts do, so that nothing can be written before or after it."""
    return f"فقط {amount_words(fils)} لا غير"


def amount_words(fils: int) -> str:
    """Dinars and fils in words. Raises ValueError for a negative amount: a refund is a document of its own kind."""
    if fils < 0:
        raise ValueError("a negative amount has no words on a receipt")
    dinars, rest = divmod(fils, 1000)
    said = [counted(dinars, DINAR)] if dinars else []
    if rest:
        said.append(counted(rest, FILS))
    return _AND.join(said) if said else "صفر دينار"


def counted(n: int, noun: Counted) -> str:
    """``n`` of a masculine noun, in the nominative, ``1 <= n < 10**12``."""
    if not 1 <= n < 10**12:
        raise ValueError(f"{n} is outside what is said in words")
    tail = n % 100
    if tail in (1, 2):
        alone = noun.one if tail == 1 else noun.two
        return alone if n == tail else f"{_number(n - tail, construct=True)} {noun.hundred}{_AND}{alone}"
    if 3 <= tail <= 10:
        return f"{_number(n, construct=False)} {noun.few}"
    if tail >= 11:
        return f"{_number(n, construct=False)} {noun.many}"
    return f"{_number(n, construct=True)} {noun.hundred}"


def _number(n: int, *, construct: bool) -> str:
    """The bare number; ``construct`` where the counted noun follows its last word directly in the genitive."""
    parts: list[str] = []
    for size, scale in _SCALES:
        group, n = divmod(n, size)
        if group:
            parts.append(_group(group, scale, construct=construct and n == 0))
    if n:
        parts.append(_below_thousand(n, construct=construct))
    return _AND.join(parts)


def _group(group: int, scale: Counted, *, construct: bool) -> str:
    tail = group % 100
    dual = scale.two_construct if construct else scale.two
    if tail in (1, 2):
        alone = scale.one if tail == 1 else dual
        if group == tail:
            return alone
        return f"{_below_thousand(group - tail, construct=True)} {scale.hundred}{_AND}{alone}"
    if 3 <= tail <= 10:
        return f"{_below_thousand(group, construct=False)} {scale.few}"
    if tail >= 11:
        # «أحد عشر ألف دينار» but «أحد عشر ألفا وخمسمئة دينار»: in construct the accusative loses its nunation.
        return f"{_below_thousand(group, construct=False)} {scale.hundred if construct else scale.many}"
    return f"{_below_thousand(group, construct=True)} {scale.hundred}"


def _below_thousand(n: int, *, construct: bool) -> str:
    hundreds, tail = divmod(n, 100)
    parts: list[str] = []
    if hundreds:
        parts.append("مئتا" if hundreds == 2 and tail == 0 and construct else _HUNDREDS[hundreds])
    if 0 < tail < 20:
        parts.append(_ONES[tail])
    elif tail:
        tens, ones = divmod(tail, 10)
        parts.append(f"{_ONES[ones]}{_AND}{_TENS[tens]}" if ones else _TENS[tens])
    return _AND.join(parts)
