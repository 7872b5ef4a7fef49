"""What comes from people, made fit for paper: composed, on one line, in letters and not in shapes of letters."""

from __future__ import annotations

from unicodedata import category, normalize

from desktop_app.documents.fonts import Typeface, faces_of

_JOINERS = "\u200c\u200d"


def plain(text: str) -> str:
    """NFC; presentation forms as the letters they show; direction marks gone; white space as single spaces.

    A presentation form (U+FB50-FDFF, U+FE70-FEFF) shows how a letter once looked; kept, it could not be searched.
    """
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
    faces = faces_of(typeface)
    for char in text:
        if char not in _JOINERS and not any(ord(char) in face.characters for face in faces):
            raise ValueError(f"no glyph for U+{ord(char):04X} on paper")


def _is_presentation_form(char: str) -> bool:
    # U+FD3E and U+FD3F, the ornate parentheses, are punctuation of their own.
    return ("\ufb50" <= char <= "\ufdff" and char not in "\ufd3e\ufd3f") or "\ufe70" <= char <= "\ufefe"
