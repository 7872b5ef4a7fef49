"""What comes from people, made fit for paper: composed, on one line, in letters and not in shapes of letters."""

from __future__ import annotations

from functools import cache
from unicodedata import category, normalize

from desktop_app.documents.fonts import Typeface, faces_of

_JOINERS = "\u200c\u200d"


def plain(text: str) -> str:
    """NFC; presentation forms as the letters they show; direction marks gone; white space as single spaces.

    A presentation form (U+FB50-FDFF, U+FE70-FEFF) shows how a letter once looked; kept, it could not be searched.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    letters = "".join([normalize("NFKC", char) if _is_presentation_form(char) else char for char in text])
    shown = "".join(
        [
            " " if char.isspace() else char
            for char in letters
            if char in _JOINERS or char.isspace() or category(char) not in ("Cf", "Cc", "Co", "Cs", "Cn")
        ]
    )
    return normalize("NFC", " ".join(shown.split()))


def require_glyphs(text: str, typeface: Typeface) -> None:
    """Raises ValueError naming the first character that neither face can show."""
    missing = set(text) - _shown_by(typeface)
    for char in text:
        if char in missing:
            raise ValueError(f"no glyph for U+{ord(char):04X} on paper")


@cache
def _shown_by(typeface: Typeface) -> frozenset[str]:
    """What either face has, and what is never drawn."""
    return frozenset(_JOINERS).union(*([chr(code) for code in face.characters] for face in faces_of(typeface)))


def _is_presentation_form(char: str) -> bool:
    # U+FD3E and U+FD3F, the ornate parentheses, are punctuation of their own.
    return ("\ufb50" <= char <= "\ufdff" and char not in "\ufd3e\ufd3f") or "\ufe70" <= char <= "\ufefe"
