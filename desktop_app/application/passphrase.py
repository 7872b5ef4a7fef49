"""What a passphrase for machine secrets must be like. It is typed once a day and guessed at by machines: length counts,
signs and digits are nobody's duty (NIST SP 800-63B, 3.1.1)."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from itertools import pairwise

SHORTEST = 15
"""Characters; what NIST asks of a secret that stands alone."""
_GOOD = 24
_FEWEST_DIFFERENT = 6


class Strength(StrEnum):
    TOO_SHORT = "too short"
    TOO_PLAIN = "too plain"
    FAIR = "fair"
    GOOD = "good"

    @property
    def will_do(self) -> bool:
        return self in (Strength.FAIR, Strength.GOOD)


def strength(passphrase: str) -> Strength:
    """How hard it is to guess, by its length and by how much of it repeats."""
    said = normal(passphrase)
    if len(said) < SHORTEST:
        return Strength.TOO_SHORT
    if len(set(said.casefold())) < _FEWEST_DIFFERENT or _runs_on(said):
        return Strength.TOO_PLAIN
    return Strength.GOOD if len(said) >= _GOOD else Strength.FAIR


def normal(passphrase: str) -> str:
    """The same whichever keyboard composed it."""
    return unicodedata.normalize("NFC", passphrase)


def _runs_on(said: str) -> bool:
    """123456789…, abcdef…, or one word over and over."""
    steps = {ord(after) - ord(before) for before, after in pairwise(said)}
    repeated = any(said == (said[:part] * len(said))[: len(said)] for part in range(1, len(said) // 3 + 1))
    return len(steps) == 1 or repeated
