"""Arabic names as they are compared and searched: forms that people mix up are folded together."""

from __future__ import annotations

import unicodedata

from desktop_app.domain.digits import ascii_digits

_FOLDED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي", "ـ": None})


def fold(text: str) -> str:
    """`text` for comparing: hamza, taa marbuta, alef maqsura, tatweel, diacritics, case, digits and spaces folded.

    Folding twice is folding once.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_FOLDED))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    folded = unicodedata.normalize("NFKC", bare).translate(_FOLDED)
    return " ".join(ascii_digits(folded).casefold().split())
