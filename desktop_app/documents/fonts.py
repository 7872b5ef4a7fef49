"""Typefaces of the papers, taken from the installed font packages (Open Font Licence; none in the repository)."""

from __future__ import annotations

from enum import Enum
from functools import cache

from desktop_app.documents.text.face import Face, load_face


class Typeface(Enum):
    """A family and weight; the value is what the font package calls it."""

    BODY = ("IBM Plex Sans Arabic", 400)
    BODY_MEDIUM = ("IBM Plex Sans Arabic", 500)
    BODY_BOLD = ("IBM Plex Sans Arabic", 600)
    TITLE = ("Amiri", 700)
    TITLE_REGULAR = ("Amiri", 400)


_INSTEAD = {
    Typeface.BODY: Typeface.TITLE_REGULAR,
    Typeface.BODY_MEDIUM: Typeface.TITLE_REGULAR,
    Typeface.BODY_BOLD: Typeface.TITLE,
    Typeface.TITLE: Typeface.BODY_BOLD,
    Typeface.TITLE_REGULAR: Typeface.BODY,
}


@cache
def faces_of(typeface: Typeface) -> tuple[Face, ...]:
    """The face, then the one that stands in for characters it does not have."""
    return _face(typeface), _face(_INSTEAD[typeface])


@cache
def _face(typeface: Typeface) -> Face:
    import fontpkg  # type: ignore[import-untyped]

    family, weight = typeface.value
    return load_face(str(fontpkg.path(family, weight)))
