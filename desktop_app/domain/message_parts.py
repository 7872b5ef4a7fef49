"""How many parts a text message has: what the telephone network charges by.

A text of the GSM alphabet has 160 places in one message and 153 in each of several, and some signs take two places;
any other text is UCS-2: 70 in one, 67 in each of several (3GPP TS 23.038 and 23.040; domain.md, Notices). No sign is
torn apart between two parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("\f^{}\\[~]|€")


class Alphabet(StrEnum):
    GSM_7 = "gsm7"
    UCS_2 = "ucs2"


@dataclass(frozen=True, slots=True)
class Parts:
    """`places` of the alphabet that the text takes, and how many are `left` in its last part."""

    alphabet: Alphabet
    places: int
    count: int
    left: int


_ROOM = {Alphabet.GSM_7: (160, 153), Alphabet.UCS_2: (70, 67)}


def alphabet_of(text: str) -> Alphabet:
    return Alphabet.GSM_7 if all(sign in _GSM or sign in _GSM_TWICE for sign in text) else Alphabet.UCS_2


def parts_of(text: str) -> Parts:
    """An empty text is one empty part."""
    alphabet = alphabet_of(text)
    twice = [sign in _GSM_TWICE if alphabet is Alphabet.GSM_7 else ord(sign) > 0xFFFF for sign in text]
    places = [2 if one else 1 for one in twice]
    alone, each = _ROOM[alphabet]
    if sum(places) <= alone:
        return Parts(alphabet, sum(places), 1, alone - sum(places))
    count, left = _filled(places, each)
    return Parts(alphabet, sum(places), count, left)


def _filled(places: Sequence[int], room: int) -> tuple[int, int]:
    count, left = 1, room
    for needed in places:
        if needed > left:
            count, left = count + 1, room
        left -= needed
    return count, left
